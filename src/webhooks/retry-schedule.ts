const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** After the first attempt, the second, …: as Standard Webhooks suggests, three days and some in all. */
const PAUSES_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** A portal that asks for more time than this is not waited for. */
const LONGEST_ASKED_MS = 24 * HOUR;
/** So that what failed together is not tried again together. */
const JITTER = 0.2;

export const MOST_ATTEMPTS = PAUSES_MS.length + 1;

/**
 * Milliseconds to the next attempt; `null` where there is none.
 * @param attempts made so far
 * @param random from 0 to 1
 * @param askedMs what the portal asked for by `Retry-After`: it makes a pause longer, never shorter
 */
export function pauseAfter(attempts: number, random: number, askedMs: number | null): number | null {
  const pause = PAUSES_MS[attempts - 1];
  if (pause === undefined) return null;
  return Math.round(Math.max(pause * (1 + JITTER * random), Math.min(askedMs ?? 0, LONGEST_ASKED_MS)));
}

/** `Retry-After` in milliseconds from now, as seconds or as a date (RFC 9110, 10.2.3); `null` for anything else. */
export function retryAfterMs(header: string | null, now: Date): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const at = /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
