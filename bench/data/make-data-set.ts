import type { Client } from 'pg';
import type { WorkingCalendar } from '../../src/calendar/working-calendar.js';
import { bulkLoad } from './bulk-load.js';
import { draftCases, MAKE_DRAFTS } from './draft-statements.js';
import { MAKE_CHAIN_ENDS } from './event-statements.js';
import { LEDGER } from './ledger-statements.js';
import { enterprises, ORGANIZATION } from './organization-statements.js';
import { INSERT_REMINDERS } from './reminder-statements.js';
import { type DataSetPlan, PROBLEMS_A_CASE } from './size.js';
import { DROP_FUNCTIONS, makeFunctions } from './sql-functions.js';

/** Small enough to sort in memory, large enough that statements cost nothing. */
const CASES_A_SLICE = 25_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Fills a migrated, seeded and otherwise empty database. The same plan gives the same rows. */
export async function makeDataSet(
  owner: Client,
  plan: DataSetPlan,
  calendar: WorkingCalendar,
  onCases: (cases: number) => void,
): Promise<void> {
  // One failure and the whole database is thrown away: nothing has to be on disk before the end.
  await owner.query(
    `SET synchronous_commit = off; SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'`,
  );
  await owner.query(makeFunctions(plan));
  await writeWorkingDays(owner, calendar);
  // What is made here was decided long ago, by people without accounts.
  await owner.query('ALTER TABLE closure_requests DISABLE TRIGGER closure_requests_made_undecided');
  await bulkLoad(owner, async () => {
    for (const statement of [...ORGANIZATION, ...enterprises(plan), MAKE_DRAFTS, MAKE_CHAIN_ENDS])
      await owner.query(statement);
    for (let from = 1; from <= plan.cases; from += CASES_A_SLICE) {
      const through = Math.min(from + CASES_A_SLICE - 1, plan.cases);
      await owner.query('TRUNCATE bench.drafts, bench.chain_ends');
      await owner.query(draftCases(plan), [from, through]);
      await owner.query('ANALYZE bench.drafts');
      for (const statement of [...LEDGER, INSERT_REMINDERS]) await owner.query(statement);
      onCases(through);
    }
  });
  await owner.query('ALTER TABLE closure_requests ENABLE TRIGGER closure_requests_made_undecided');
  await owner.query(DROP_FUNCTIONS);
  await owner.query(`SELECT setval('case_numbers', $1), setval('problem_numbers', $2)`, [
    plan.cases,
    plan.cases * PROBLEMS_A_CASE,
  ]);
  await owner.query('VACUUM (ANALYZE)');
}

async function writeWorkingDays(owner: Client, calendar: WorkingCalendar): Promise<void> {
  const days: string[] = [];
  for (let at = Date.parse('2023-01-01'); at < Date.parse('2028-01-01'); at += DAY_MS)
    days.push(new Date(at).toISOString().slice(0, 10));
  const working = days.filter((day) => calendar.isWorkingDay(day));
  await owner.query(
    `WITH working AS (
       INSERT INTO bench.working SELECT place, on_day FROM unnest($1::date[]) WITH ORDINALITY AS w(on_day, place)
       RETURNING place, on_day
     )
     INSERT INTO bench.days
     SELECT day, (SELECT min(place) FROM working WHERE on_day >= day) FROM unnest($2::date[]) AS day
      WHERE day <= (SELECT max(on_day) FROM working)`,
    [working, days],
  );
}
