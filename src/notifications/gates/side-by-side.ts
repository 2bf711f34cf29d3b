import { setTimeout } from 'node:timers/promises';

/** As often as a worker looks by itself. */
const LOOK_AGAIN_MS = 2_000;

/**
 * Does the work of each until all are quiet: whoever is done, or has failed, looks again now and then while another is
 * busy, so that one that takes long (a slow gateway, a long queue at a slow pace) does not hold up what comes in for
 * the others.
 * @throws what was thrown first, once all have ended
 */
export async function sideBySide<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const busy = new Set(items);
  const quiet = new AbortController();
  const failures: unknown[] = [];
  const untilQuiet = async (item: Item): Promise<void> => {
    do {
      busy.add(item);
      await work(item)
        .catch((error: unknown) => failures.push(error))
        .finally(() => busy.delete(item));
      if (busy.size === 0) quiet.abort();
      else await setTimeout(LOOK_AGAIN_MS, null, { signal: quiet.signal }).catch(() => null);
    } while (!quiet.signal.aborted);
  };
  await Promise.all(items.map(untilQuiet));
  if (failures.length > 0) throw failures[0];
}
