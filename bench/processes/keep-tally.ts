import 'reflect-metadata';
import { withProduct } from '../../src/commands/with-product.js';
import { CatchUp } from '../../src/statistics/tally/catch-up.js';

/** What it cost to make the lines that weekly tables are counted from, as a worker does when it first starts. */
export interface TallyCost {
  lines: number;
  seconds: number;
  /** Most memory that the process held, in megabytes. */
  megabytes: number;
}

const cost = await withProduct(async (app): Promise<TallyCost> => {
  const startedAt = performance.now();
  const lines = await app.get(CatchUp).run();
  const seconds = (performance.now() - startedAt) / 1000;
  return { lines, seconds, megabytes: process.resourceUsage().maxRSS / 1024 };
});
process.stdout.write(`\n${JSON.stringify(cost)}\n`);
