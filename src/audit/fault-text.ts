import { type Locale, textOf } from '../platform/errors/message-text.js';
import type { Fault } from './verify/verification.js';

/** What is wrong, in words. */
export function faultText({ kind, params }: Fault, locale: Locale): string {
  // A second text for an event that may have been changed, or stands after one that was changed and hashed anew.
  const isBetween = kind === 'changed' && typeof params['after'] === 'string';
  return textOf(`TRAIL_${isBetween ? 'CHANGED_AFTER' : kind.toUpperCase()}`, params, locale);
}
