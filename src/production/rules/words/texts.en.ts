import { isFebruary } from '../months.js';
import { grouped, percent, percentOf } from './figures.js';
import type { ProductionTexts } from './production-texts.js';

const monthOf = (month: string): string => (isFebruary(month) ? `${month.slice(0, 4)}-01/02` : month);
const all = (months: readonly string[]): string => months.map(monthOf).join(', ');
const money = (value: number | null | undefined): string =>
  value === null || value === undefined ? 'unknown' : `CNY ${grouped(value)}`;
const known = (value: number | null | undefined, unit: string): string =>
  value === null || value === undefined ? 'unknown' : `${grouped(value)}${unit}`;
const share = (value: number | null | undefined): string =>
  value === null || value === undefined ? 'unknown' : percent(value);
const against = (output: number | null | undefined, lastYear: number | null | undefined): string =>
  `output ${money(output)}, a year before ${money(lastYear)} (${percentOf(output ?? null, lastYear ?? null)} of it)`;

const MILESTONES = {
  resumed: 'production resumed',
  capacity_restored: 'capacity restored',
  on_target: 'on target',
};
const METRICS = { output_value: 'Output', production_days: 'Production days' };
const SOURCES = { given: 'the baseline of the enterprise', mean: 'the mean of sound months before' };

export const texts: ProductionTexts = {
  rules: {
    planned_stop: ({ kind }) => `A ${kind} stop is on record: no distress.`,
    no_figures: () => 'Neither output nor production days nor utilisation was reported: unknown.',
    stall_undecided: ({ output, days }) =>
      `Output ${money(output)}, production days ${known(days, '')}: one figure is missing to say whether it stands still.`,
    electricity_fell: ({ electricity, baseline, baselineMonths, periodMonths, below }) =>
      `Electricity ${known(electricity, ' kWh')} is ${percentOf(electricity, baseline * periodMonths)} of the baseline, ${known(baseline * periodMonths, ' kWh')} (mean of ${monthOf(baselineMonths[0] ?? '')} to ${monthOf(baselineMonths.at(-1) ?? '')}): below ${percent(below)}, and nothing was reported.`,
    nothing_produced: ({ months }) => `Output 0 and production days 0 in ${all(months)}.`,
    half_idle: ({ months, utilisations, outputs, lastYear, utilisationBelow, outputAtMost }) =>
      `${months
        .map(
          (month, at) =>
            `${monthOf(month)}: utilisation ${share(utilisations[at])}, ${against(outputs[at], lastYear[at])}`,
        )
        .join(
          '; ',
        )}. Utilisation below ${percent(utilisationBelow)}, or output at most ${percent(outputAtMost)} of the year before, in ${months.length} period(s) running.`,
    output_below_last_year: ({ months, outputs, lastYear, atMost }) =>
      `${months
        .map((month, at) => `${monthOf(month)}: ${against(outputs[at], lastYear[at])}`)
        .join('; ')}. At most ${percent(atMost)} in ${months.length} period(s) running.`,
    year_to_date_below: ({ months, output, lastYear, atMost }) =>
      `${monthOf(months[0] ?? '')} to ${monthOf(months.at(-1) ?? '')} together: ${against(output, lastYear)}. At most ${percent(atMost)}.`,
    within_bounds: ({ output, days, utilisation, lastYear }) =>
      `Output ${money(output)}${lastYear === null ? '' : ` (a year before ${money(lastYear)})`}, production days ${known(days, '')}, utilisation ${share(utilisation)}: no rule of distress applies.`,
  },
  missing: {
    baseline_wanting: ({ leastMonths }) =>
      `Nothing to compare with: no baseline is given, and fewer than ${leastMonths} sound months before the distress are known.`,
    periods_wanting: ({ have, need, after }) =>
      `It takes ${need} period(s) running after ${monthOf(after)}; there are ${have}.`,
    figure_unknown: ({ month, metric }) => `${METRICS[metric]} of ${monthOf(month)}: not reported.`,
    month_in_stop: ({ month }) => `${monthOf(month)} lies in a stop on record and does not count.`,
    output_below: ({ month, output, baseline, atLeast }) =>
      `Output of ${monthOf(month)}, ${money(output)}, is ${percentOf(output, baseline)} of the baseline, ${money(baseline)}; it takes ${percent(atLeast)}.`,
    production_below: ({ month, days, daysAtLeast, electricity, electricityBaseline, electricityAtLeast }) =>
      `Production days of ${monthOf(month)}: ${known(days, '')}; it takes ${daysAtLeast}${
        electricity === null
          ? ''
          : `, or electricity at ${percent(electricityAtLeast)} of its baseline (now ${percentOf(electricity, electricityBaseline)})`
      }.`,
  },
  turn: (milestone, turn, { months, outputs, outputBaseline, baselineSource, ...resumed }) => {
    const figures = months.map((month, at) => {
      const days = resumed.days?.[at];
      const electricity = resumed.electricities?.[at];
      return [
        `${monthOf(month)}: output ${money(outputs[at])}`,
        ...(days === null || days === undefined ? [] : [`${days} production days`]),
        ...(electricity === null || electricity === undefined ? [] : [`${grouped(electricity)} kWh`]),
      ].join(', ');
    });
    const than = baselineSource === null ? '' : ` (${SOURCES[baselineSource]}: ${money(outputBaseline)})`;
    return `${turn === 'reached' ? 'Reached' : 'Lost'} “${MILESTONES[milestone]}”. ${figures.join('; ')}${than}.`;
  },
  relapse: ({ months, outputs, outputBaseline, baselineSource, below }) =>
    `Relapse after closure. ${months
      .map((month, at) => `${monthOf(month)}: output ${money(outputs[at])}`)
      .join(
        '; ',
      )}: below ${percent(below)} of ${SOURCES[baselineSource]}, ${money(outputBaseline)}, in ${months.length} period(s) running.`,
};
