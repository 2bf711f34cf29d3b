/** Months as `YYYY-MM`, which sort as they follow. */
const ordinal = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

const named = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;

export const monthsBefore = (month: string, count: number): string => named(ordinal(month) - count);

export const monthAfter = (month: string): string => named(ordinal(month) + 1);

export const isFebruary = (month: string): boolean => month.endsWith('-02');

/** Days of a month. */
const daysOf = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();

/** Days of a month, or of as many that end with it. */
export const daysCovered = (month: string, coversMonths: number): number =>
  daysOf(month) + (coversMonths === 2 ? daysOf(monthsBefore(month, 1)) : 0);
