/** Mean days of a month. */
const DAYS_OF_MONTH = 30.4375;

const monthText = (months: number): string =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;

const monthNumber = (on: string): number => Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1;

/** First day of the month that lies as many months off as the days come nearest to. */
export const shiftMonth = (month: string, days: number): string =>
  monthText(monthNumber(month) + Math.round(days / DAYS_OF_MONTH));

/** First day of the month after that of a date. */
export const monthAfter = (on: string): string => monthText(monthNumber(on) + 1);
