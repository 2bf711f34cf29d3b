import { type Answered, differences } from '../property/weekly/compare-tables.js';
import { ALL_TABLES } from '../property/weekly/plain-groups.js';
import { readLedger } from '../property/weekly/plain-ledger.js';
import { periodNamed } from '../property/weekly/plain-periods.js';
import { PlainRecount } from '../property/weekly/plain-weekly.js';
import type { Stage } from './stage.js';

/** Asks as the office. @returns the bytes of the answer. @throws Error on anything but 200 */
export type Reads = (path: string) => Promise<string>;

/**
 * I6: every table of the week, of cases and problems and however it is cut, equals a recount from the events in every
 * cell, and asking again for the same moment gives the same bytes.
 * @param meanwhile what happens between the two questions
 */
export async function brokenWeek(
  stage: Stage,
  read: Reads,
  week: string,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  const { asOf }: Answered = JSON.parse(await read(`/statistics/weekly/${week}`));
  const first = await allTables(read, week, asOf);
  const recount = new PlainRecount(await readLedger((sql) => stage.world.query(sql)), Date.parse(asOf));
  const faults = first.flatMap(({ subject, by, text }) =>
    differences(subject, JSON.parse(text), recount.table(subject, by, periodNamed(week))).map(
      (difference) => `${week} ${subject} ${by} ${difference}`,
    ),
  );
  const again = await allTables(read, week, asOf);
  await meanwhile();
  const later = await allTables(read, week, asOf);
  for (const [place, { subject, by, text }] of first.entries()) {
    if (again[place]?.text !== text) faults.push(`${week} ${subject} ${by}: the same asOf gave other bytes`);
    if (later[place]?.text !== text)
      faults.push(`${week} ${subject} ${by}: the same asOf gave other bytes after more had happened`);
  }
  return faults;
}

async function allTables(
  read: Reads,
  week: string,
  asOf: string,
): Promise<Array<(typeof ALL_TABLES)[number] & { text: string }>> {
  const tables = [];
  for (const table of ALL_TABLES) {
    const { subject, by } = table;
    const path = `/statistics/weekly/${week}?subject=${subject}&by=${by}&asOf=${encodeURIComponent(asOf)}`;
    tables.push({ ...table, text: await read(path) });
  }
  return tables;
}
