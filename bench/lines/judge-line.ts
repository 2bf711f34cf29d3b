import type { Bench } from '../bench.js';
import type { JudgeOptions, JudgeTimes } from '../processes/judge.js';
import { figureOf, type Line } from '../report/figures.js';
import { copyDataSet, dropCopy } from '../surroundings/data-sets.js';
import { runScript } from '../surroundings/product.js';

const DATABASE = 'bench_judge';
const ENTERPRISES = 10_000;
const SECONDS = 5;

/** Status of 10,000 enterprises with 24 months of figures each, made for it on a copy of the data set. */
export async function judgeLines(bench: Bench, dataSet: string): Promise<Line[]> {
  const { options, servers } = bench;
  await copyDataSet(servers, dataSet, DATABASE);
  const asked: JudgeOptions = {
    ownerUrl: servers.ownerUrl(DATABASE),
    rounds: options.rounds,
    enterprises: ENTERPRISES,
  };
  const times = await runScript<JudgeTimes>(
    bench,
    'judge',
    'bench/processes/judge.js',
    [JSON.stringify(asked)],
    DATABASE,
  );
  await dropCopy(servers, DATABASE);
  const line = (what: string, milliseconds: readonly number[], note?: string): Line => {
    const product = figureOf(milliseconds.map((each) => each / 1000));
    const isMet = product.median < SECONDS;
    return { what, unit: 's', product, target: `< ${SECONDS} s`, isMet, ...(note !== undefined && { note }) };
  };
  return [
    line(`status of ${ENTERPRISES} enterprises, 24 months, for the first time`, [times.first]),
    line('the same again, nothing changed', times.same),
    line('the same by other parameters', times.otherParameters, `${times.appended} revisions appended`),
  ];
}
