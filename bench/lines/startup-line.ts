import { setTimeout as wait } from 'node:timers/promises';
import type { Bench } from '../bench.js';
import { figureOf, type Line } from '../report/figures.js';
import { startProduct } from '../surroundings/product.js';

/** What loads late has loaded by then. */
const IDLE_AFTER_MS = 3_000;

/** The API process from its start to its first good answer of `/health/ready`, and its memory while nobody asks. */
export async function startupLines(bench: Bench, database: string): Promise<Line[]> {
  const readySeconds: number[] = [];
  const idleMiB: number[] = [];
  for (let round = 0; round < bench.options.rounds; round += 1) {
    const product = await startProduct(bench, database);
    readySeconds.push(product.readyMs / 1000);
    await wait(IDLE_AFTER_MS);
    idleMiB.push(product.memoryMiB());
    await product.stop();
  }
  const ready = figureOf(readySeconds);
  const idle = figureOf(idleMiB);
  return [
    {
      what: 'API process, start to ready',
      unit: 's',
      product: ready,
      target: '< 3 s',
      isMet: ready.median < 3,
    },
    {
      what: 'API process, idle memory',
      unit: 'MiB',
      product: idle,
      target: '< 200 MB',
      isMet: idle.median < 190.7,
    },
  ];
}
