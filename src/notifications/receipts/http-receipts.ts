import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { codeOf, gatewayIdOf, instantOf, outIdOf, type Receipt, wordsOf } from './receipt.js';

/** A receipt signed longer ago, or so far in the future, is not taken: it may be a recorded one. */
const WINDOW_SECONDS = 300;

/** `{outId, id, status: "delivered" | "failed", code, message, at}`; `null` where it is nothing of the kind. */
export function httpReceipt(entry: unknown): Receipt | null {
  const { outId, id, status, code, message, at }: Record<string, unknown> = Object(entry);
  if (status !== 'delivered' && status !== 'failed') return null;
  const named = { outId: outIdOf(outId), gatewayId: gatewayIdOf(id) };
  if (named.outId === null && named.gatewayId === null) return null;
  return {
    ...named,
    status,
    code: codeOf(code, status.toUpperCase()),
    text: wordsOf(message),
    at: typeof at === 'string' ? instantOf(at) : null,
  };
}

/**
 * Whether a body was signed with the secret within five minutes of now: `v1=` and the HMAC-SHA256, in hexadecimal, of
 * the timestamp in seconds, a dot, and the body as it came.
 */
export function isSigned(
  body: Buffer,
  { timestamp, signature }: { timestamp: unknown; signature: unknown },
  secret: string,
  now: Date,
): boolean {
  if (typeof timestamp !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(timestamp))
    return false;
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > WINDOW_SECONDS) return false;
  const right = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
  return isSame(signature, `v1=${right}`);
}

/** Compared by their hashes, so that the time it takes tells neither a character nor the length. */
export const isSame = (given: string, right: string): boolean =>
  timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(right).digest());
