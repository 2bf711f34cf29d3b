import type { KnownProduction } from '../judging/known-production.js';
import { baselineAt } from '../rules/baseline.js';
import { plusMonths } from '../rules/months.js';
import type { BaselineFigure } from '../rules/sound-periods.js';

/** What months running are compared with. */
export interface BaselineLine {
  from: string;
  to: string;
  value: number;
  source: BaselineFigure['source'];
}

/** Lines to draw over a chart, oldest first; months that are compared with nothing have none. */
export function baselineLines(
  { series, stops, baseline, policy }: KnownProduction,
  months: readonly string[],
): { outputBaseline: BaselineLine[]; electricityBaseline: BaselineLine[] } {
  const outputBaseline: BaselineLine[] = [];
  const electricityBaseline: BaselineLine[] = [];
  for (const month of months) {
    const { output, electricity } = baselineAt(series, stops, baseline, month, policy.parameters);
    extend(outputBaseline, month, output);
    extend(electricityBaseline, month, electricity);
  }
  return { outputBaseline, electricityBaseline };
}

function extend(lines: BaselineLine[], month: string, figure: BaselineFigure | null): void {
  if (figure === null) return;
  const { value, source } = figure;
  const last = lines.at(-1);
  const isSame = last?.value === value && last.source === source && plusMonths(last.to, 1) === month;
  if (isSame) last.to = month;
  else lines.push({ from: month, to: month, value, source });
}
