import { setImmediate } from 'node:timers/promises';

const ITEMS_AT_A_TIME = 1_000;

/** The items, with a pause now and then for whatever else the process has to do: leases, heartbeats, requests. */
export async function* inTurns<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  for (let place = 0; place < items.length; place += ITEMS_AT_A_TIME) {
    yield* items.slice(place, place + ITEMS_AT_A_TIME);
    await setImmediate();
  }
}
