const MINUTE = 60;

/** Seconds after an SMS was due to leave at which the gateway is asked what became of it. */
export const ASKED_AFTER_SECONDS = [5 * MINUTE, 30 * MINUTE, 180 * MINUTE, 1_440 * MINUTE] as const;

/** Older ones are not asked about: gateways give no receipts any more. */
export const ASKED_WITHIN_SECONDS = 2_880 * MINUTE;

/** @param asks made by now. @returns `null`: it was the last one */
export function nextAsk(notBefore: Date, asks: number): Date | null {
  const after = ASKED_AFTER_SECONDS[asks];
  return after === undefined ? null : new Date(notBefore.getTime() + after * 1_000);
}
