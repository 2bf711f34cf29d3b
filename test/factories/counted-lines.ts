import type { WorkingDays } from '../../src/statistics/tally/derive-lines.js';
import type { TallyLine } from '../../src/statistics/tally/tally-line.js';
import type { Stretch } from '../../src/statistics/period.js';
import { groupOf } from '../../src/statistics/table/dimensions.js';
import { type By, BYS } from '../../src/statistics/table/groupings.js';
import type { RawCounts } from '../../src/statistics/table/raw-counts.js';
import { type AtTheEnd, plusSums, rawCountsOf, type Sums } from '../../src/statistics/table/sums.js';

// What the product's statements count of the lines, for tests without a database.

const OFF_BOOKS = new Set<string | null>(['resolved', 'terminated']);

/** A line with its subject, and the place of its event in the chain. */
export type CountedLine = TallyLine & { subjectId: string; sequence: number };

/** Raw counts by group of a stretch, as known at a moment. */
export function countLines(
  lines: readonly CountedLine[],
  by: By,
  stretch: Stretch,
  asOf: number,
  days: WorkingDays,
): Map<string, RawCounts> {
  const known = lines
    .filter((line) => line.recordedFrom < asOf && asOf <= line.recordedUntil)
    .map((line) => (line.endRecordedAt < asOf ? line : { ...line, to: Infinity }))
    .filter(({ moved }) => moved === 0 || (moved & (1 << BYS.indexOf(by))) !== 0);
  const groups = new Set(known.map(({ dimensions }) => groupOf(dimensions, by)));
  return new Map(
    [...groups].map((group) => {
      const own = known.filter(({ dimensions }) => groupOf(dimensions, by) === group);
      return [
        group,
        rawCountsOf(sumsAt(own, stretch.startsAt), sumsAt(own, stretch.until), {
          ...atTheEnd(own, stretch, days),
          undone: own.filter((line) => isUndone(line, known, stretch)).length,
        }),
      ];
    }),
  );
}

/** A closure of the stretch that was reopened in it. */
const isUndone = (
  closure: CountedLine,
  lines: readonly CountedLine[],
  { startsAt, until }: Stretch,
): boolean =>
  closure.began === 'resolved' &&
  closure.from >= startsAt &&
  closure.from < until &&
  lines.some(
    ({ began, subjectId, from, sequence }) =>
      began === 'reopened' &&
      subjectId === closure.subjectId &&
      from < until &&
      (from > closure.from || (from === closure.from && sequence > closure.sequence)),
  );

const holds = (line: TallyLine, moment: number): boolean => line.from < moment && moment <= line.to;

function sumsAt(lines: readonly TallyLine[], moment: number): Sums {
  const holding = lines.filter((line) => holds(line, moment));
  const happened = lines.filter(({ from }) => from < moment);
  const standing = holding.filter(({ what }) => what === 'standing');
  const resolved = standing.filter(({ state }) => state === 'resolved');
  const rated = holding.filter(({ what }) => what === 'rated');
  const began = (how: string): TallyLine[] => happened.filter((line) => line.began === how);
  const marked = (what: string): TallyLine[] => happened.filter((line) => line.what === what);
  const closedAs = (outcome: string): number =>
    began('resolved').filter((line) => line.outcome === outcome).length;
  const good = (some: TallyLine[]): number => some.filter(({ isGood }) => isGood === true).length;
  return plusSums(undefined, {
    everOnBooks: standing.length,
    onBooks: standing.filter(({ state }) => !OFF_BOOKS.has(state)).length,
    onHold: standing.filter(({ state }) => state === 'on_hold').length,
    overdue: holding.filter(({ what }) => what === 'overdue').length,
    closed: resolved.length,
    closedOnTime: good(resolved),
    gone: standing.filter(({ state }) => state === 'terminated').length,
    rated: rated.length,
    satisfied: good(rated),
    assigned: began('assigned').length,
    reopened: began('reopened').length,
    transferredIn: marked('moved_in').length,
    transferredOut: marked('moved_out').length,
    resolved: began('resolved').length,
    recovered: closedAs('recovered'),
    solved: closedAs('solved'),
    explained: closedAs('explained'),
    unstated: closedAs('unstated'),
    terminated: began('terminated').length,
    handlingDays: began('resolved').reduce((sum, { days }) => sum + (days ?? 0), 0),
    signFors: marked('sign_for').length,
    signedInTime: good(marked('sign_for')),
    sentBack: marked('sent_back').length,
    extended: marked('extended').length,
  });
}

function atTheEnd(
  lines: readonly TallyLine[],
  { startsAt, until, lastOn }: Stretch,
  { calendar, office }: WorkingDays,
): Omit<AtTheEnd, 'undone'> {
  const holding = lines.filter((line) => holds(line, until));
  const rated = holding.filter(({ what, from }) => what === 'rated' && from >= startsAt);
  const firstOverdueDueAt = Math.min(...holding.map(({ dueAt }) => dueAt ?? Infinity));
  return {
    rated: rated.length,
    satisfied: rated.filter(({ isGood }) => isGood === true).length,
    firstOverdueDueAt,
    longestOverdueWorkingDays:
      firstOverdueDueAt === Infinity
        ? 0
        : calendar.between(office.dateOf(new Date(firstOverdueDueAt)), lastOn),
  };
}
