import { noCounts, type RawCounts } from './raw-counts.js';

/** How many stand so at a moment. */
export const STOCKS = [
  'everOnBooks',
  'onBooks',
  'onHold',
  'overdue',
  'closed',
  'closedOnTime',
  'gone',
  'rated',
  'satisfied',
] as const;
/** How often it has happened before a moment; `handlingDays` are those of closures. */
export const FLOWS = [
  'assigned',
  'reopened',
  'transferredIn',
  'transferredOut',
  'resolved',
  'recovered',
  'solved',
  'explained',
  'unstated',
  'terminated',
  'handlingDays',
  'signFors',
  'signedInTime',
  'sentBack',
  'extended',
] as const;
export const MEASURES = [...STOCKS, ...FLOWS] as const;
export type Stock = (typeof STOCKS)[number];
export type Flow = (typeof FLOWS)[number];

/** What is counted of one group up to a moment: each figure of every table comes from these at two moments. */
export type Sums = Record<Stock | Flow, number>;

const noSums = (): Sums => Object.fromEntries(MEASURES.map((measure) => [measure, 0])) as Sums;

export function plusSums(one: Sums | undefined, other: Partial<Sums> | undefined): Sums {
  const sum = { ...(one ?? noSums()) };
  for (const measure of MEASURES) sum[measure] += other?.[measure] ?? 0;
  return sum;
}

/** What a table needs beside sums: what depends on where both ends of something lie. */
export interface AtTheEnd {
  /** Closures rated last in the period, and those of them with one of the upper three. */
  rated: number;
  satisfied: number;
  /** Milliseconds since 1970; `Infinity` when none is overdue. */
  firstOverdueDueAt: number;
  longestOverdueWorkingDays: number;
  /** Closures of the period that were reopened before its end. */
  undone: number;
}

export const NOTHING_AT_THE_END: AtTheEnd = {
  rated: 0,
  satisfied: 0,
  firstOverdueDueAt: Infinity,
  longestOverdueWorkingDays: 0,
  undone: 0,
};

export function rawCountsOf(
  atStart: Sums = noSums(),
  atEnd: Sums = noSums(),
  more: AtTheEnd = NOTHING_AT_THE_END,
): RawCounts {
  const happened = (flow: Flow): number => atEnd[flow] - atStart[flow];
  return {
    ...noCounts(),
    ...(Object.fromEntries(FLOWS.map((flow) => [flow, happened(flow)])) as Pick<RawCounts, Flow>),
    ...more,
    opening: atStart.onBooks,
    closing: atEnd.onBooks,
    onHold: atEnd.onHold,
    overdue: atEnd.overdue,
    cumulativeAssigned: atEnd.everOnBooks,
    cumulativeResolved: atEnd.closed,
    cumulativeClosures: atEnd.resolved,
    cumulativeReopened: atEnd.reopened,
    terminatedSoFar: atEnd.gone,
    closedOnTime: atEnd.closedOnTime,
    signForsToDate: atEnd.signFors,
    signedInTimeToDate: atEnd.signedInTime,
    ratedToDate: atEnd.rated,
    satisfiedToDate: atEnd.satisfied,
  };
}
