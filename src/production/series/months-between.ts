import { plusMonths } from '../rules/months.js';

/** A chart of more would be read by nobody. */
export const MOST_MONTHS = 120;
export const USUAL_MONTHS = 24;

/** `YYYY-MM`, both ends included; none where it ends before it begins, and no more than `most`. */
export function monthsBetween(from: string, to: string, most: number): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length < most; month = plusMonths(month, 1))
    months.push(month);
  return months;
}
