import type { Bench } from '../bench.js';
import { figureOf, type Line } from '../report/figures.js';
import { copyDataSet, dropCopy } from '../surroundings/data-sets.js';
import { startProduct } from '../surroundings/product.js';
import { withClient } from '../surroundings/servers.js';
import { load, type Request } from './http-load.js';
import { exampleAccounts, sessionOf } from './sides.js';

const DATABASE = 'bench_figures';
const FIGURES = 100_000;
const A_SECOND = 5_000;
const ROWS_A_CALL = 1_000;
const FIGURES_A_ROW = 4;
const FIRST_YEAR = 2000;

/** Figures in bulk, call after call, with all that follows of them: checks of plausibility, the queue of the judge. */
export async function figuresLines(bench: Bench, dataSet: string): Promise<Line[]> {
  const { options, servers, launch } = bench;
  await copyDataSet(servers, dataSet, DATABASE);
  const accounts = await exampleAccounts(bench, DATABASE);
  const ids = await withClient(servers.ownerUrl(DATABASE), async (owner) => {
    const { rows } = await owner.query<{ id: string }>('SELECT id FROM enterprises ORDER BY id LIMIT $1', [
      ROWS_A_CALL,
    ]);
    return rows.map(({ id }) => id);
  });
  const product = await startProduct(bench, DATABASE);
  const speed: number[] = [];
  try {
    const session = await sessionOf(product, accounts, 'task_force');
    const calls = FIGURES / (ROWS_A_CALL * FIGURES_A_ROW);
    for (let round = 0; round < options.rounds; round += 1) {
      const requests = Array.from({ length: calls }, (_, call) => requestOf(ids, round * calls + call));
      const { requestsPerSecond } = await load({
        server: product,
        headers: await session.headers(),
        requests,
        connections: 1,
      });
      speed.push(requestsPerSecond * ROWS_A_CALL * FIGURES_A_ROW);
      launch.progress.note(`  figures: round ${round + 1} of ${options.rounds}`);
    }
  } finally {
    await product.stop();
  }
  await dropCopy(servers, DATABASE);
  const figures = figureOf(speed);
  return [
    {
      what: `${FIGURES} monthly figures in bulk, ${ROWS_A_CALL} rows a call`,
      unit: 'figures/s',
      product: figures,
      target: `≥ ${A_SECOND} figures/s`,
      isMet: figures.median >= A_SECOND,
      note: 'one connection; checked for plausibility and put before the judge in the same transaction',
    },
  ];
}

/** A month of a thousand enterprises; where there are fewer, of several months. */
function requestOf(ids: readonly string[], call: number): Request {
  const rows = Array.from({ length: ROWS_A_CALL }, (_, row) => {
    const months = Math.ceil(ROWS_A_CALL / ids.length);
    const ordinal = call * months + Math.floor(row / ids.length);
    const month = `${FIRST_YEAR + Math.floor(ordinal / 12)}-${String((ordinal % 12) + 1).padStart(2, '0')}`;
    return {
      enterpriseId: ids[row % ids.length],
      month,
      source: 'enterprise',
      outputValue: 1_000_000 + ((row * 7_919 + call * 104_729) % 500_000),
      productionDays: 20 + ((row + call) % 8),
      capacityUtilisation: (60 + ((row + call) % 30)) / 100,
      electricity: 80_000 + ((row * 31 + call * 17) % 9_000),
    };
  });
  return { method: 'POST', path: '/api/v1/production-reports', body: JSON.stringify({ rows }) };
}
