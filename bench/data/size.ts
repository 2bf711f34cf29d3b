/** Bump when the statements change: a data set made by other ones is made anew. */
export const DATA_SET_VERSION = 4;

/** What one data set is made from; the same numbers give the same rows, everywhere and always. */
export interface DataSetPlan {
  cases: number;
  seed: number;
}

/** The morning on which the ledger stands: a Wednesday, worked, within the confirmed calendar. */
export const TODAY = '2026-11-18';
/** What fell due at 09:00 that day has been recorded; the sweep of the bench comes half an hour later. */
export const RECORDED_UNTIL = `${TODAY}T01:30:00Z`;
export const SWEPT_AT = `${TODAY}T02:00:00Z`;

export const PROBLEMS_A_CASE = 3;
export const MUNICIPAL_DEPARTMENTS = 24;
export const DEPARTMENTS_A_UNIT = 8;
/** Head, liaison and handlers. */
export const OFFICIALS_A_DEPARTMENT = 8;
export const LEADERS = 30;
/** Of a hundred cases; each enterprise has had one closed case, and some have one now. */
const CLOSED_PERCENT = 55;

export const closedCases = ({ cases }: DataSetPlan): number => Math.floor((cases * CLOSED_PERCENT) / 100);
