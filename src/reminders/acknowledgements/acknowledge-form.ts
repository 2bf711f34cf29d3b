import { isCalendarDate } from '../../platform/http/calendar-date.validator.js';
import type { Matter } from './matters.js';
import { LONGEST_NOTE } from './page.js';

export type FormFault = 'dateWrong' | 'noteTooLong' | 'nothingTicked';

export interface Form {
  matters: Matter[];
  /** Calendar date. */
  doneBy: string;
  note: string | null;
}

const CONTROL_CHARACTERS = /\p{Cc}+/gu;

/** What was ticked and written on the page. Only what the link is about can be ticked. */
export function readForm(
  body: unknown,
  matters: readonly Matter[],
  { first, last }: { first: string; last: string },
): Form | { fault: FormFault } {
  const fields: Record<string, unknown> = Object(body);
  const { doneBy, delivery, note } = fields;
  const ticked = new Set([delivery].flat());
  const chosen = matters.filter(({ state, deliveryId }) => state === 'open' && ticked.has(deliveryId));
  if (chosen.length === 0) return { fault: 'nothingTicked' };
  // Of this shape, dates are in the order of their letters.
  if (typeof doneBy !== 'string' || !isCalendarDate(doneBy) || doneBy < first || doneBy > last)
    return { fault: 'dateWrong' };
  // Browsers write line breaks as two characters.
  const text = typeof note === 'string' ? note.replace(CONTROL_CHARACTERS, ' ').trim() : '';
  if (text.length > LONGEST_NOTE) return { fault: 'noteTooLong' };
  return { matters: chosen, doneBy, note: text === '' ? null : text };
}
