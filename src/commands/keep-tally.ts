import { CatchUp } from '../statistics/tally/catch-up.js';
import { VerifyTally } from '../statistics/tally/verify-tally.js';
import { UsageError } from '../run-process.js';
import { withProduct } from './with-product.js';

/** `statistics verify` ends with 1 where a figure does not follow from the events; `statistics rebuild` makes all anew. */
export async function keepTally(args: string[]): Promise<void> {
  const [verb, ...others] = args;
  if (others.length > 0 || (verb !== 'verify' && verb !== 'rebuild'))
    throw new UsageError('statistics verify | rebuild');
  await (verb === 'verify' ? verify() : rebuild());
}

async function verify(): Promise<void> {
  const { knownBefore, chains, lines, wrongChain, wrongCell } = await withProduct((app) =>
    app.get(VerifyTally).run(),
  );
  if (knownBefore === null) {
    process.stdout.write('No lines have been made yet: a worker makes them, or statistics rebuild.\n');
    return;
  }
  const faults = [
    ...(wrongChain === null ? [] : [`The lines of chain ${wrongChain} do not follow from its events.`]),
    ...(wrongCell === null ? [] : [`The sum ${wrongCell} is not that of its lines.`]),
  ];
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  process.stdout.write(
    `${chains} chains with ${lines} lines, of what was recorded before ${knownBefore.toISOString()}: ` +
      `${faults.length === 0 ? 'right' : 'wrong; statistics rebuild makes them anew'}.\n`,
  );
  if (faults.length > 0) process.exitCode = 1;
}

async function rebuild(): Promise<void> {
  const startedAt = performance.now();
  const lines = await withProduct((app) => app.get(CatchUp).rebuild());
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${lines} lines made anew in ${seconds} s.\n`);
}
