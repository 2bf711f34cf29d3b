import { setTimeout } from 'node:timers/promises';

const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 25;

/** Waits on a condition on a busy machine. @returns milliseconds it took @throws Error when it does not come about */
export async function patiently(what: string, condition: () => boolean | Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > PATIENCE_MS) throw new Error(`waited in vain for ${what}`);
    await setTimeout(LOOK_EVERY_MS);
  }
  return performance.now() - startedAt;
}
