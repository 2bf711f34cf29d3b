import { maskPhone } from '../../organization/contact-mask.js';
import { inOneLine } from '../outcome.js';

/** What a gateway says became of one SMS, whichever way it said so. */
export interface Receipt {
  /** The message's id here; `null` where the gateway does not give it back. */
  outId: string | null;
  /** The gateway's own id, as it answered when it took the message. */
  gatewayId: string | null;
  status: 'delivered' | 'failed';
  code: string;
  text: string;
  /** When it arrived, by the gateway's clock. */
  at: Date | null;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const LONGEST_ID = 200;

/** An out-id that can be one of ours. */
export const outIdOf = (value: unknown): string | null =>
  typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : null;

const CONTROL_CHARACTER = /\p{Cc}/u;

/** A gateway's own id of an SMS; `null` where there is none that can be stored. */
export const gatewayIdOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_ID && !CONTROL_CHARACTER.test(value)
    ? value
    : null;

/** Also behind the code of the country. */
const MOBILE = /(?<=(?<!\d)(?:(?:00)?86)?)1\d{10}(?!\d)/g;
const LONGEST_CODE = 100;

/** The gateway's words in one line; a number in them is masked, since lists show them. */
export const wordsOf = (value: unknown): string =>
  typeof value === 'string' ? inOneLine(value).replace(MOBILE, (mobile) => maskPhone(mobile) ?? '') : '';

export const codeOf = (value: unknown, otherwise: string): string =>
  (wordsOf(value) || otherwise).slice(0, LONGEST_CODE);

/** `2021-11-08 09:00:05`, as both vendors write the time of Beijing. */
export function beijingTime(value: unknown): Date | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)) return null;
  return instantOf(`${value.replace(' ', 'T')}+08:00`);
}

/** `null` where it is no moment. */
export function instantOf(value: string | number): Date | null {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at;
}
