/** Months of the simulation, counted from January 2019: a year to compare with, then the two that are watched. */
export const FIRST_YEAR = 2019;
export const MONTHS = 36;
export const WATCHED_FROM = 12;

/** `YYYY-MM`. */
export const nameOf = (month: number): string =>
  `${FIRST_YEAR + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

/** 0 is January. */
export const monthOfYear = (month: number): number => month % 12;

export const isJanuary = (month: number): boolean => monthOfYear(month) === 0;

/** Spring Festival: 5 February 2019, 25 January 2020, 12 February 2021. */
const FESTIVAL_MONTHS = [1, 12, 25];

export const isFestival = (month: number): boolean => FESTIVAL_MONTHS.includes(month);

/** Months under whose name a period is judged: January and February are one, judged in February. */
export const periods = (from: number, to: number): number[] =>
  months(from, to).filter((month) => !isJanuary(month));

export const months = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

/** The number of `YYYY-MM`. */
export const numberOf = (name: string): number =>
  (Number(name.slice(0, 4)) - FIRST_YEAR) * 12 + Number(name.slice(5)) - 1;
