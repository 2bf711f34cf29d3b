import { destination, type DestinationStream } from 'pino';

/** Bytes that are written at once, and the longest that a line waits for others. */
const MOST_WAITING_BYTES = 12 * 1024;
const LONGEST_WAIT_MS = 200;

/**
 * Standard output, written in the background: no request waits for the log, and a busy process writes many lines at
 * once. What still waits is written when the process ends, unless it is killed.
 */
export const logDestination = (): DestinationStream =>
  destination({ dest: 1, sync: false, minLength: MOST_WAITING_BYTES, periodicFlush: LONGEST_WAIT_MS });
