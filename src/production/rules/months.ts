/** Months as whole numbers, `YYYY-MM` being the text of them. */
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** Months later; a negative count goes back. */
export function plusMonths(month: string, months: number): string {
  const number = numberOf(month) + months;
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

export const isJanuary = (month: string): boolean => month.endsWith('-01');
export const isFebruary = (month: string): boolean => month.endsWith('-02');

/** The month in whose name the period that it belongs to is judged: January is a part of February's. */
export const periodOf = (month: string): string => (isJanuary(month) ? plusMonths(month, 1) : month);

/** The first month of the period that is judged in the name of `month`. */
export const beginOf = (month: string): string => (isFebruary(month) ? plusMonths(month, -1) : month);
