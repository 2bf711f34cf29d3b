const DAY_MS = 86_400_000;
const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** Days from 1 January 1970 to a calendar date `YYYY-MM-DD`. */
export function dayNumberOf(on: string): number {
  const midnight = new Date(SHAPE.test(on) ? on : NaN);
  // The engine reads 30 February as 2 March.
  if (midnight.getUTCDate() !== Number(on.slice(8))) throw new RangeError(`not a calendar date: ${on}`);
  return midnight.getTime() / DAY_MS;
}

export const dateOfDayNumber = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Calendar days, worked or not; a negative count goes back. */
export const plusDays = (on: string, days: number): string => dateOfDayNumber(dayNumberOf(on) + days);

/** 1 is Monday, 7 is Sunday; 1 January 1970 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
