import { setTimeout as wait } from 'node:timers/promises';
import type { Reader } from '../platform/database/reader.js';

const LOOK_EVERY_MS = 100;
const GIVE_UP_AFTER_MS = 120_000;

/** Waits until nothing is on its way any more, or takes longer than it should: then the summary says what is open. */
export async function untilSent(reader: Reader): Promise<void> {
  const end = performance.now() + GIVE_UP_AFTER_MS;
  while (performance.now() < end) {
    const [open] = await reader.query<{ count: number }>(
      `SELECT (SELECT count(*) FROM messages WHERE status IN ('pending', 'sending'))::int
            + (SELECT count(*) FROM deliveries WHERE status IN ('pending', 'sending'))::int AS count`,
    );
    if (open?.count === 0) return;
    await wait(LOOK_EVERY_MS);
  }
}
