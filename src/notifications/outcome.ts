/** Not sent: the words of who said so. */
interface NotSent {
  gatewayCode: string;
  gatewayText: string;
  /**
   * The server or gateway itself is in trouble (no connection, no answer, an error of its own), whatever the message:
   * the next one would meet the same. Left out where it is about this message or its recipient.
   */
  isAway?: true;
}

/** What became of one attempt to send. */
export type Outcome =
  /** Taken by the server or gateway. */
  | { status: 'sent'; gatewayId: string | null; gatewayCode: string; gatewayText: string }
  /** Not taken, and trying again may help: nothing was handed over. */
  | ({ status: 'temporary' } & NotSent)
  /** Refused for good. */
  | ({ status: 'failed' } & NotSent)
  /** Handed over, and no answer came: it may have been sent. Never repeated blindly. */
  | ({ status: 'unknown' } & NotSent);

export const MOST_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 30 * 60_000;

/**
 * Pause before the next attempt: doubling from 5 seconds to half an hour, twelve attempts in a good two hours. Half of
 * it is left to chance, so that what failed together does not come back together.
 * @param attempt the number of attempts made, from 1
 * @param chance from 0 to 1
 */
export function pauseAfter(attempt: number, chance: number): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  return Math.round(pause * (0.5 + chance / 2));
}

const LONGEST_TEXT = 300;
const CONTROL_CHARACTERS = /\p{Cc}+/gu;

/** A server's words, short and in one line. */
export const inOneLine = (text: string): string =>
  text.replace(CONTROL_CHARACTERS, ' ').trim().slice(0, LONGEST_TEXT);
