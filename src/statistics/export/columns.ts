import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { WeeklyColumns } from '../table/columns.js';

/** How a figure is written: a whole number, a share, a mean of days, points, a place, a move of places. */
export type Figure = 'count' | 'rate' | 'days' | 'score' | 'rank' | 'rankChange';
/** Columns that stand together under one heading. */
export type Band = 'flow' | 'books' | 'toDate' | 'quality' | 'rating' | 'net';

export interface TableColumn {
  column: keyof WeeklyColumns;
  band: Band;
  figure: Figure;
  /** The total is the sum of the rows. */
  isSummed: boolean;
  /** Where not both subjects have it. */
  only?: SubjectKind;
}

const count = (band: Band, column: keyof WeeklyColumns, only?: SubjectKind): TableColumn => ({
  column,
  band,
  figure: 'count',
  isSummed: true,
  ...(only && { only }),
});
const other = (band: Band, column: keyof WeeklyColumns, figure: Figure): TableColumn => ({
  column,
  band,
  figure,
  isSummed: false,
});

/** Of both subjects, in the order in which they stand. */
export const COLUMNS: readonly TableColumn[] = [
  count('flow', 'opening'),
  count('flow', 'assigned'),
  count('flow', 'reopened'),
  count('flow', 'transferredIn'),
  count('flow', 'transferredOut'),
  count('flow', 'resolved'),
  count('flow', 'recovered', 'case'),
  count('flow', 'solved', 'problem'),
  count('flow', 'explained'),
  count('flow', 'unstated'),
  count('flow', 'terminated'),
  count('books', 'closing'),
  count('books', 'onHold'),
  count('books', 'overdue'),
  other('books', 'longestOverdueWorkingDays', 'count'),
  count('toDate', 'cumulativeAssigned'),
  count('toDate', 'cumulativeResolved'),
  other('toDate', 'closureRate', 'rate'),
  other('toDate', 'onTimeRate', 'rate'),
  other('quality', 'meanHandlingWorkingDays', 'days'),
  other('quality', 'acknowledgedInTimeRate', 'rate'),
  count('quality', 'sentBack'),
  count('quality', 'extended'),
  other('quality', 'satisfactionRate', 'rate'),
  other('rating', 'score', 'score'),
  other('rating', 'rank', 'rank'),
  other('rating', 'rankChange', 'rankChange'),
  // What came to be counted later follows, so that the others stay where readers of files look for them.
  count('net', 'netResolved'),
  count('net', 'cumulativeClosures'),
];

/** The figures of a table, in the order in which they stand. */
export const columnsFor = (subject: SubjectKind): TableColumn[] =>
  COLUMNS.filter(({ only }) => only === undefined || only === subject);

/** An empty denominator: neither 0 % nor 100 %. */
export const NOTHING_TO_SAY = '—';
