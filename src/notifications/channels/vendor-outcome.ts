import { inOneLine, type Outcome } from '../outcome.js';
import { meaningOfStatus } from './sms-gateway-outcome.js';

/**
 * What a code means. `away`: not taken for now, and the next message would meet the same, such as a fault of the account;
 * `unknown`: the vendor failed, and nobody can say whether the message was taken.
 */
export type Meaning = 'temporary' | 'away' | 'failed' | 'unknown';

/** What a vendor said about one message, or about the request that carried it. */
export interface VendorAnswer {
  httpStatus: number;
  /** `null` where there was none that can be read. */
  code: string | null;
  text: string;
  gatewayId: string | null;
}

const LONGEST_CODE = 100;

/**
 * The outcome by a vendor's table of codes. A code that is not in it stands for its first parts, so that
 * `LimitExceeded` also is what `LimitExceeded.PhoneNumberDailyLimit` means; what nobody has listed is unknown, as is
 * whatever may have been taken: it is better looked up than sent twice.
 */
export function vendorOutcome(
  { httpStatus, code, text, gatewayId }: VendorAnswer,
  taken: string,
  meanings: Readonly<Record<string, Meaning>>,
): Outcome {
  const gatewayText = inOneLine(text || `HTTP ${httpStatus}`);
  if (code === null) {
    const meaning = meaningOfStatus(httpStatus) ?? { status: 'unknown' };
    const gatewayCode = httpStatus >= 200 && httpStatus < 300 ? 'ANSWER_UNREADABLE' : `HTTP_${httpStatus}`;
    return { ...meaning, gatewayCode, gatewayText };
  }
  const gatewayCode = inOneLine(code).slice(0, LONGEST_CODE);
  if (code === taken) return { status: 'sent', gatewayId, gatewayCode, gatewayText };
  const meaning = meaningOf(code, meanings);
  const status = meaning === 'away' ? 'temporary' : (meaning ?? 'unknown');
  const isAway = meaning === 'away' || meaning === 'unknown' || httpStatus >= 500;
  return { status, gatewayCode, gatewayText, ...(isAway ? { isAway } : {}) };
}

/** By the longest part of the code, from its beginning, that the table has; `null`: it has none. */
function meaningOf(code: string, meanings: Readonly<Record<string, Meaning>>): Meaning | null {
  const parts = code.split('.', 5);
  for (let length = parts.length; length > 0; length -= 1) {
    const part = parts.slice(0, length).join('.');
    if (Object.hasOwn(meanings, part)) return meanings[part] ?? null;
  }
  return null;
}

/** A member of an answer, where it is a text. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
