import { type By, BYS, OF_PROBLEMS_ALONE } from '../table/groupings.js';
import { MEASURES } from '../table/sums.js';
import type { Beginning } from './tally-line.js';

// The only place where lines are counted: what of them adds to which measure.

/** The column of `tally_lines` that each way of cutting groups by. */
export const COLUMN: Record<By, string> = {
  reportingUnit: 'reporting_unit_id',
  leadDepartment: 'lead_department_id',
  distressType: 'distress_type',
  category: 'category',
  cause: 'cause',
  size: 'size_class',
  industry: 'industry_code',
  official: 'official_id',
};

const IS_STANDING = `what = 'standing'`;
const began = (how: Beginning): string => `${IS_STANDING} AND began = '${how}'`;
const BEGAN_RESOLVED = began('resolved');

/** Of what lasts: it adds when it begins, and takes away again when it ends. */
export const STOCK_CONDITIONS = {
  everOnBooks: IS_STANDING,
  onBooks: `${IS_STANDING} AND state NOT IN ('resolved', 'terminated')`,
  onHold: `${IS_STANDING} AND state = 'on_hold'`,
  overdue: `what = 'overdue'`,
  closed: `${IS_STANDING} AND state = 'resolved'`,
  closedOnTime: `${IS_STANDING} AND state = 'resolved' AND is_good`,
  gone: `${IS_STANDING} AND state = 'terminated'`,
  rated: `what = 'rated'`,
  satisfied: `what = 'rated' AND is_good`,
};

/** Of what happens: it adds when it begins. */
export const FLOW_CONDITIONS = {
  assigned: began('assigned'),
  reopened: began('reopened'),
  transferredIn: `what = 'moved_in'`,
  transferredOut: `what = 'moved_out'`,
  resolved: BEGAN_RESOLVED,
  recovered: `${BEGAN_RESOLVED} AND outcome = 'recovered'`,
  solved: `${BEGAN_RESOLVED} AND outcome = 'solved'`,
  explained: `${BEGAN_RESOLVED} AND outcome = 'explained'`,
  unstated: `${BEGAN_RESOLVED} AND outcome = 'unstated'`,
  terminated: began('terminated'),
  handlingDays: BEGAN_RESOLVED,
  signFors: `what = 'sign_for'`,
  signedInTime: `what = 'sign_for' AND is_good`,
  sentBack: `what = 'sent_back'`,
  extended: `what = 'extended'`,
};

/**
 * The condition that a closure was reopened before a moment. Of one instant, what was recorded later comes later.
 * @param closure name of its row of lines @param known condition of lines under their own names
 */
export const isUndone = (closure: string, end: string, known: string): string => `EXISTS (
  SELECT 1 FROM (SELECT * FROM tally_lines WHERE ${known} AND ${began('reopened')}) later
    JOIN case_events reopening ON reopening.id = later.source_id
    JOIN case_events closing ON closing.id = ${closure}.source_id
   WHERE later.chain_id = ${closure}.chain_id AND later.subject_id = ${closure}.subject_id
     AND later.from_at < ${end}
     AND (later.from_at, reopening.sequence) > (${closure}.from_at, closing.sequence))`;

/**
 * By group, closures of a stretch that were reopened in it: the group is that which closed. Read from the reopenings,
 * for they are few.
 */
export const undoneClosures = (by: By, known: string): string => `
SELECT coalesce(${COLUMN[by]}::text, '') AS grp, count(*)::int AS undone
  FROM (SELECT * FROM tally_lines
         WHERE ${known} AND subject_kind = $1 AND ${BEGAN_RESOLVED} AND from_at >= $3 AND from_at < $4
           AND chain_id IN (SELECT chain_id FROM tally_lines
                             WHERE ${known} AND subject_kind = $1 AND began = 'reopened'
                               AND from_at >= $3 AND from_at < $4)) closure
 WHERE ${isUndone('closure', '$4', known)}
 GROUP BY ${COLUMN[by]}`;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** Columns of `tally_cells`. */
export const MEASURE_COLUMNS = MEASURES.map((measure) => [measure, snake(measure)] as const);

/** Counts of lines that are alike, added up to measures. */
const MEASURE_SUMS = [
  ...Object.entries(STOCK_CONDITIONS).map(
    ([measure, condition]) =>
      `coalesce(sum(n * sign) FILTER (WHERE ${condition}), 0)::int AS ${snake(measure)}`,
  ),
  ...Object.entries(FLOW_CONDITIONS).map(([measure, condition]) => {
    const count = measure === 'handlingDays' ? 'days' : 'n';
    return `coalesce(sum(${count}) FILTER (WHERE sign > 0 AND ${condition}), 0)::int AS ${snake(measure)}`;
  }),
].join(', ');

/** Lines that count in a way of cutting: moves only where they lead from one group to another. */
export const countsIn = (by: By): string => `(moved = 0 OR moved & ${1 << BYS.indexOf(by)} <> 0)`;

/** What the sums of lines are made of. */
interface SumsFrom {
  /** A source of lines, with `weight` where it is to be minded. */
  from: string;
  /** Which lines. */
  where: string;
  /** Which of their beginnings and ends; `at` is the moment, `known_at` when it was known, `sign` -1 of an end. */
  when: string;
  /** Names and expressions to group by beside the group. */
  keys: Record<string, string>;
  weight?: string;
}

/** Sums by group. Lines that are alike are counted first, for there are few kinds of them, however many lines. */
export function sumsOf(by: By, { from, where, when, keys, weight = '1' }: SumsFrom): string {
  const names = Object.keys(keys).join(', ');
  const expressions = Object.entries(keys).map(([name, expression]) => `${expression} AS ${name}`);
  const KIND = 'sign, what, began, state, outcome, is_good';
  const moments = (at: string, knownAt: string, sign: number): string => `
    SELECT ${COLUMN[by]} AS grp, subject_kind, ${at} AS at, ${knownAt} AS known_at, ${sign} AS sign,
           what, began, state, outcome, is_good, days, ${weight} AS weight
      FROM ${from} WHERE ${where} AND ${countsIn(by)}`;
  return `
SELECT ${names}, coalesce(grp::text, '') AS grp, ${MEASURE_SUMS}
  FROM (SELECT grp, ${expressions.join(', ')}, ${KIND}, sum(weight) AS n, sum(days * weight) AS days
          FROM (${moments('from_at', 'recorded_from', 1)}
                UNION ALL ${moments('to_at', 'end_recorded_at', -1)} AND to_at < 'infinity') moments
         WHERE ${when}
         GROUP BY grp, ${Object.values(keys).join(', ')}, ${KIND}) alike
 GROUP BY ${names}, grp`;
}

/** What lines that are believed now add to the sums of each day. @param from a source of lines, with `weight` */
const sumsByDay = (by: By, from: string, weight: string, zone: string): string =>
  sumsOf(by, {
    from,
    where: `recorded_until = 'infinity'${OF_PROBLEMS_ALONE.has(by) ? ` AND subject_kind = 'problem'` : ''}`,
    when: 'true',
    keys: {
      subject_kind: 'subject_kind',
      at: `CASE WHEN at <= known_at THEN date_trunc('day', at, ${zone}) ELSE at END`,
    },
    weight,
  });

const COLUMNS = MEASURE_COLUMNS.map(([, column]) => column);
const KEYS = 'subject_kind, cut_by, grain, at, grp';

/**
 * Adds lines to the cells of one way of cutting; those that are to go by a negative weight. What has happened stands at
 * the start of its day, as no period begins or ends within one; what is only expected at its own moment, as a running
 * period may end before it.
 */
export const addToCells = (by: By, from: string, weight: string, zone: string): string => `
WITH days AS (${sumsByDay(by, from, weight, zone)})
INSERT INTO tally_cells AS cells (${KEYS}, ${COLUMNS.join(', ')})
SELECT subject_kind, '${by}', 'day', at, grp, ${COLUMNS.join(', ')} FROM days
UNION ALL
SELECT subject_kind, '${by}', 'month', date_trunc('month', at, ${zone}), grp,
       ${COLUMNS.map((column) => `sum(${column})::int`).join(', ')}
  FROM days GROUP BY subject_kind, date_trunc('month', at, ${zone}), grp
ON CONFLICT (${KEYS}) DO UPDATE
   SET ${COLUMNS.map((column) => `${column} = cells.${column} + excluded.${column}`).join(', ')}`;

/** The first cell of one way of cutting that is not the sum of its lines, or of its days; the zone is `$1`. */
export const wrongCell = (by: By): string => `
WITH days AS (${sumsByDay(by, 'tally_lines', '1', '$1')}), wanted AS (
  SELECT subject_kind, 'day' AS grain, at, grp, ${COLUMNS.join(', ')} FROM days
  UNION ALL
  SELECT subject_kind, 'month', date_trunc('month', at, $1), grp, ${COLUMNS.map((column) => `sum(${column})::int`).join(', ')}
    FROM days GROUP BY subject_kind, date_trunc('month', at, $1), grp)
SELECT subject_kind || ' by ${by}, ' || grain || ' ' || at || ', ' || grp AS cell
  FROM wanted FULL JOIN (SELECT * FROM tally_cells WHERE cut_by = '${by}') cells USING (subject_kind, grain, at, grp)
 WHERE ${COLUMNS.map((column) => `coalesce(wanted.${column}, 0) <> coalesce(cells.${column}, 0)`).join(' OR ')}
 ORDER BY subject_kind, grain, at, grp LIMIT 1`;
