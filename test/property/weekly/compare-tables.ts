import type { PlainRow, PlainWeekly } from './plain-weekly.js';

/** A table as the product answers it. */
export interface Answered {
  asOf: string;
  rows: Array<AnsweredRow & { key: string; name: string }>;
  total: AnsweredRow;
}

type AnsweredRow = Readonly<Record<string, number | string | null>>;

/** Columns under the names of the domain page; those of them that count only towards others are not shown. */
export const COLUMNS = [
  'opening',
  'assigned',
  'reopened',
  'transferredIn',
  'transferredOut',
  'resolved',
  'explained',
  'unstated',
  'netResolved',
  'terminated',
  'closing',
  'onHold',
  'overdue',
  'longestOverdueWorkingDays',
  'cumulativeAssigned',
  'cumulativeResolved',
  'cumulativeClosures',
  'closureRate',
  'onTimeRate',
  'meanHandlingWorkingDays',
  'acknowledgedInTimeRate',
  'sentBack',
  'extended',
  'satisfactionRate',
  'score',
  'rank',
  'rankChange',
] as const satisfies ReadonlyArray<keyof PlainRow>;

const IN_OUT: ReadonlySet<string> = new Set(['transferredIn', 'transferredOut']);

/** The figures of a total that do not depend on how the table is cut. */
export const commonTotal = ({ total }: Answered): Record<string, unknown> =>
  Object.fromEntries(Object.entries(total).filter(([name]) => !IN_OUT.has(name)));

/** What a row of nothing has none of; all else is 0 in it. */
const OF_NOTHING: ReadonlySet<string> = new Set([
  'closureRate',
  'onTimeRate',
  'meanHandlingWorkingDays',
  'acknowledgedInTimeRate',
  'satisfactionRate',
  'score',
  'rank',
  'rankChange',
]);

/** @returns what differs, cell by cell; a row that is not there is one of nothing */
export function differences(
  subject: 'case' | 'problem',
  answered: Answered,
  recounted: PlainWeekly,
): string[] {
  const rows = new Map(answered.rows.map((row) => [row.key, row]));
  const solved = subject === 'case' ? 'recovered' : 'solved';
  const compared = (key: string, row: AnsweredRow | undefined, plain: PlainRow | undefined): string[] =>
    [...COLUMNS.map((name) => [name, name] as const), [solved, 'recovered'] as const].flatMap(
      ([shown, name]) => {
        const nothing = OF_NOTHING.has(name) ? null : 0;
        const shownAs = row === undefined ? nothing : row[shown];
        const counted = plain?.[name] ?? nothing;
        return shownAs === counted ? [] : [`${key}.${shown}: ${shownAs}, by recount ${counted}`];
      },
    );
  const keys = new Set([...rows.keys(), ...recounted.rows.keys()]);
  return [
    ...[...keys].flatMap((key) => compared(key, rows.get(key), recounted.rows.get(key))),
    ...answered.rows.flatMap(({ key, name }) => {
      const expected = recounted.rows.get(key)?.name ?? name;
      return name === expected ? [] : [`${key} is called ${name}, by recount ${expected}`];
    }),
    ...compared('total', answered.total, recounted.total),
    ...answered.rows.flatMap((row) => broken(row.key, row)),
    ...broken('total', answered.total),
  ];
}

/** The identity that every row must satisfy; the other one is over a column that is not shown. */
function broken(key: string, row: AnsweredRow): string[] {
  const of = (name: string): number => Number(row[name]);
  const closing =
    of('opening') +
    of('assigned') +
    of('reopened') +
    of('transferredIn') -
    of('resolved') -
    of('terminated') -
    of('transferredOut');
  return closing === of('closing') ? [] : [`${key}: ${closing} remain, ${row['closing']} are on the books`];
}
