import { OfficeTime } from '../../src/calendar/office-time.js';
import type { Stage } from './stage.js';
import type { WriteBurst } from './write-burst.js';

const office = new OfficeTime('Asia/Shanghai');

/** The counts of a row that these cases can move; all others must be 0. */
const COUNTS = [
  'opening',
  'assigned',
  'resolved',
  'explained',
  'closing',
  'cumulativeAssigned',
  'cumulativeResolved',
] as const;
const NOUGHTS = [
  'reopened',
  'transferredIn',
  'transferredOut',
  'recovered',
  'unstated',
  'terminated',
  'onHold',
  'overdue',
] as const;
type Count = (typeof COUNTS)[number];
type Row = Record<Count | (typeof NOUGHTS)[number], number> & { key: string };

interface Weekly {
  asOf: string;
  rows: Row[];
  total: Row;
}

/** When a case came on the books and when it left them, by its events alone; in milliseconds. */
interface Span {
  unit: string;
  onAt: number | null;
  offAt: number | null;
}

/** A week by the Monday on which it begins. */
export interface NamedWeek {
  name: string;
  monday: string;
  nextMonday: string;
}

/**
 * I6: the weekly table equals a recount from the events, and asking again for the same moment gives the same bytes.
 * @param meanwhile what happens between the two questions
 */
export async function brokenWeek(
  stage: Stage,
  burst: WriteBurst,
  url: string,
  week: NamedWeek,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  const first = await burst.read(url, pathOf(week, null));
  const table: Weekly = JSON.parse(first);
  const faults = compared(table, await spans(stage, new Date(table.asOf)), week);
  const again = await burst.read(url, pathOf(week, table.asOf));
  await meanwhile();
  const later = await burst.read(url, pathOf(week, table.asOf));
  if (again !== first) faults.push(`${week.name}: the same asOf gave other bytes`);
  if (later !== first) faults.push(`${week.name}: the same asOf gave other bytes after more had happened`);
  return faults;
}

const pathOf = ({ name }: NamedWeek, asOf: string | null): string =>
  `/statistics/weekly/${name}?subject=case&by=reportingUnit${asOf === null ? '' : `&asOf=${encodeURIComponent(asOf)}`}`;

function spans(stage: Stage, asOf: Date): Promise<Span[]> {
  return stage.world.query<Span>(
    `SELECT u.code AS unit,
            (extract(epoch FROM min(e.effective_at) FILTER (WHERE e.type = 'assigned')) * 1000)::float8 AS "onAt",
            (extract(epoch FROM min(e.effective_at) FILTER (WHERE e.type = 'resolved')) * 1000)::float8 AS "offAt"
       FROM case_events e
       JOIN case_events first ON first.chain_id = e.chain_id AND first.sequence = 1
       JOIN reporting_units u ON u.id = (first.payload ->> 'reportingUnitId')::uuid
      WHERE e.recorded_at < $1
      GROUP BY e.chain_id, u.code`,
    [asOf],
  );
}

function compared(table: Weekly, all: readonly Span[], week: NamedWeek): string[] {
  const rows = [...table.rows, { ...table.total, key: 'total' }];
  return rows.flatMap((row) => {
    const expected = counted(
      all.filter(({ unit }) => row.key === 'total' || unit === row.key),
      week,
    );
    return [
      ...COUNTS.filter((name) => row[name] !== expected[name]).map(
        (name) => `${week.name} ${row.key} ${name}: ${row[name]}, ${expected[name]} by recount`,
      ),
      ...NOUGHTS.filter((name) => row[name] !== 0).map(
        (name) => `${week.name} ${row.key} ${name}: ${row[name]}`,
      ),
    ];
  });
}

function counted(all: readonly Span[], { monday, nextMonday }: NamedWeek): Record<Count, number> {
  const [start, end] = [office.at(monday, '00:00').getTime(), office.at(nextMonday, '00:00').getTime()];
  const before = (at: number | null, moment: number): boolean => at !== null && at < moment;
  const number = (condition: (span: Span) => boolean): number => all.filter(condition).length;
  const resolved = number(({ offAt }) => before(offAt, end) && !before(offAt, start));
  return {
    opening: number(({ onAt, offAt }) => before(onAt, start) && !before(offAt, start)),
    assigned: number(({ onAt }) => before(onAt, end) && !before(onAt, start)),
    resolved,
    explained: resolved,
    closing: number(({ onAt, offAt }) => before(onAt, end) && !before(offAt, end)),
    cumulativeAssigned: number(({ onAt }) => before(onAt, end)),
    cumulativeResolved: number(({ offAt }) => before(offAt, end)),
  };
}
