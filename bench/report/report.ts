import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchOptions } from '../options.js';
import type { Figure, Line } from './figures.js';
import type { Machine } from './machine.js';

export interface Report {
  measuredAt: string;
  machine: Machine;
  /** One-minute load before the first measurement: of an idle machine it is near 0. */
  loadBefore: number;
  options: Pick<BenchOptions, 'plan' | 'rounds' | 'seconds' | 'connections'>;
  lines: Line[];
}

/** The figures as a table for people. */
export function markdownOf({ measuredAt, machine, loadBefore, options, lines }: Report): string {
  const { plan, rounds, seconds, connections } = options;
  const rows = lines.map((line) =>
    [
      line.what,
      withUnit(line.product, line.unit),
      line.reference === undefined ? '–' : withUnit(line.reference, line.unit),
      line.ratio === undefined ? '–' : `**${short(line.ratio.median)}** (${span(line.ratio)})`,
      p99Of(line),
      cpuOf(line),
      line.target,
      line.isMet === null ? '–' : line.isMet ? 'yes' : 'no',
    ].join(' | '),
  );
  const notes = lines.flatMap(({ what, note }) => (note === undefined ? [] : [`- ${what}: ${note}.`]));
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}; Node ${machine.node}, PostgreSQL ${machine.postgres}, default settings, durable; ${measuredAt.slice(0, 10)}, load before ${short(loadBefore)}.`,
    `Data set: ${plan.cases} cases, seed ${plan.seed}. ${rounds} rounds, product and reference in turn, ${seconds} s each at ${connections} connections; medians, least and most in brackets.`,
    '',
    '| what | Shukun | bare reference | ratio | p99 | processor a request | asked for | met |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
  ].join('\n');
}

export function writeReport(folder: string, report: Report): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, `${report.options.plan.cases}.json`),
    `${JSON.stringify(report, null, 2)}\n`,
  );
  writeFileSync(path.join(folder, `${report.options.plan.cases}.md`), markdownOf(report));
}

function p99Of({ p99 }: Line): string {
  if (p99 === undefined) return '–';
  const both = p99.reference === undefined ? [p99.product] : [p99.product, p99.reference];
  return `${both.map(short).join(' / ')} ms`;
}

function cpuOf({ cpu }: Line): string {
  if (cpu === undefined || Number.isNaN(cpu.productMs)) return '–';
  if (cpu.referenceMs === undefined || cpu.ratio === undefined) return `${short(cpu.productMs)} ms`;
  return `${short(cpu.productMs)} / ${short(cpu.referenceMs)} ms: ${short(cpu.ratio.median)} (${span(cpu.ratio)})`;
}

const withUnit = (figure: Figure, unit: string): string =>
  Number.isNaN(figure.median) ? '–' : `${short(figure.median)} ${unit} (${span(figure)})`;
const span = ({ least, most }: Figure): string => `${short(least)}–${short(most)}`;

/** Three figures that mean something. */
const short = (value: number): string =>
  value >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(2 + Number(value >= 10))));
