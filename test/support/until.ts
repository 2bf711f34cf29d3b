import { setTimeout } from 'node:timers/promises';

const PATIENCE_MS = 20_000;

/** Waits on a condition. @throws Error when it does not come about in time */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > PATIENCE_MS)
      throw new Error(`waited in vain for ${condition.toString()}`);
    await setTimeout(10);
  }
}
