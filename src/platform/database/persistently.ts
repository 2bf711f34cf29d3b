import { setTimeout } from 'node:timers/promises';

/** Together half a minute and more: as long as a database takes to start again. */
const PAUSES_MS = [200, 500, 1_000, 2_000, 5_000, 10_000, 15_000];

/**
 * Writes what only this process knows (a message went out, or did not) also when the database is away for a while. What
 * cannot be written in the end is found by its lease.
 */
export async function persistently(
  write: () => Promise<unknown>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  for (const pause of [...PAUSES_MS, null]) {
    try {
      await write();
      return;
    } catch (error) {
      onFailure(error);
      if (pause !== null) await setTimeout(pause);
    }
  }
}
