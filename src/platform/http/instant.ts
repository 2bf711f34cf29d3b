import { Refusal } from '../errors/refusal.js';

/** RFC 3339 with seconds and offset. */
export const INSTANT =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/**
 * The moment that a text of the form names; that 30 February is no day shows only here.
 * @param pointer of the field, such as `?asOf`. @throws Refusal 400 VALIDATION_FAILED
 */
export function instantOf(text: string, pointer: string): Date {
  if (isDay(text.slice(0, DAY_LENGTH))) return new Date(text);
  throw new Refusal(400, 'VALIDATION_FAILED', { count: 1 }, [{ pointer, code: 'FIELD_IS_DATE_STRING' }]);
}

/** The engine reads 30 February as 2 March. */
function isDay(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}
