import type { Bench } from '../bench.js';
import type { SweepOptions, SweepTimes } from '../processes/sweep.js';
import { figureOf, type Line, ratiosOf } from '../report/figures.js';
import { runScript } from '../surroundings/product.js';

/** The product's own sweep, and plain `INSERT … SELECT` of the rows that it wrote, in turn. */
export async function sweepLines(bench: Bench, database: string): Promise<Line[]> {
  const { rounds, due } = bench.options;
  const options: SweepOptions = { ownerUrl: bench.servers.ownerUrl(database), rounds, due };
  const module = 'bench/processes/sweep.js';
  const times = await runScript<SweepTimes>(bench, 'sweep', module, [JSON.stringify(options)], database);
  const { armed, recorded, deliveries, messages } = times;
  const rows = recorded + deliveries + messages;
  const perSecond = (milliseconds: number[]): number[] => milliseconds.map((time) => (rows / time) * 1000);
  const quiet = figureOf(times.nothingDue);
  const product = figureOf(perSecond(times.due));
  return [
    {
      what: `sweep, nothing due (${armed} armed)`,
      unit: 'ms',
      product: quiet,
      target: '< 50 ms',
      isMet: quiet.median < 50,
    },
    {
      what: `sweep, ${recorded} reminders due`,
      unit: 'rows/s',
      product,
      reference: figureOf(perSecond(times.bare)),
      ratio: ratiosOf(perSecond(times.due), perSecond(times.bare)),
      target: '≥ 10,000 rows recorded a second',
      isMet: product.median >= 10_000,
      note: `each sweep recorded ${recorded} reminders, ${deliveries} deliveries and ${messages} messages, in ${Math.round(figureOf(times.due).median)} ms; the reference inserts all these rows and decides nothing`,
    },
  ];
}
