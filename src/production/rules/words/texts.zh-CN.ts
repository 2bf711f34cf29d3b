import { isFebruary } from '../months.js';
import { grouped, percent, percentOf } from './figures.js';
import type { ProductionTexts } from './production-texts.js';

const monthOf = (month: string): string =>
  isFebruary(month) ? `${month.slice(0, 4)}年1—2月` : `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
const all = (months: readonly string[]): string => months.map(monthOf).join('、');
/** CNY as 万元. */
const money = (value: number | null | undefined): string =>
  value === null || value === undefined ? '未知' : `${grouped(value / 10_000)}万元`;
const known = (value: number | null | undefined, unit: string): string =>
  value === null || value === undefined ? '未知' : `${grouped(value)}${unit}`;
const against = (output: number | null | undefined, lastYear: number | null | undefined): string =>
  `产值${money(output)}，上年同期${money(lastYear)}，为上年同期的${percentOf(output ?? null, lastYear ?? null)}`;

const MILESTONES = { resumed: '复产', capacity_restored: '复能', on_target: '达效' };
const METRICS = { output_value: '产值', production_days: '生产天数' };
const SOURCES = { given: '企业基准月产值', mean: '以往正常月份均值' };

export const texts: ProductionTexts = {
  rules: {
    planned_stop: ({ kind }) => `已登记${kind === 'seasonal' ? '季节性' : '计划性'}停产，不计为异常。`,
    no_figures: () => '产值、生产天数、产能利用率均未上报，情况未知。',
    stall_undecided: ({ output, days }) =>
      `产值${money(output)}，生产天数${known(days, '天')}，缺一项数据，不能判断是否停产。`,
    electricity_fell: ({ electricity, baseline, baselineMonths, periodMonths, below }) =>
      `用电量${known(electricity, '千瓦时')}，为基准${known(baseline * periodMonths, '千瓦时')}（${monthOf(baselineMonths[0] ?? '')}至${monthOf(baselineMonths.at(-1) ?? '')}均值）的${percentOf(electricity, baseline * periodMonths)}，低于${percent(below)}，且企业未上报。`,
    nothing_produced: ({ months }) => `${all(months)}产值为零、生产天数为零。`,
    half_idle: ({ months, utilisations, outputs, lastYear, utilisationBelow, outputAtMost }) =>
      `${months
        .map(
          (month, at) =>
            `${monthOf(month)}产能利用率${share(utilisations[at])}，${against(outputs[at], lastYear[at])}`,
        )
        .join(
          '；',
        )}。连续${months.length}期产能利用率低于${percent(utilisationBelow)}或产值不高于上年同期的${percent(outputAtMost)}。`,
    output_below_last_year: ({ months, outputs, lastYear, atMost }) =>
      `${months
        .map((month, at) => `${monthOf(month)}${against(outputs[at], lastYear[at])}`)
        .join('；')}。连续${months.length}期不高于${percent(atMost)}。`,
    year_to_date_below: ({ months, output, lastYear, atMost }) =>
      `${monthOf(months[0] ?? '')}至${monthOf(months.at(-1) ?? '')}累计${against(output, lastYear)}，不高于${percent(atMost)}。`,
    within_bounds: ({ output, days, utilisation, lastYear }) =>
      `产值${money(output)}${lastYear === null ? '' : `（上年同期${money(lastYear)}）`}，生产天数${known(days, '天')}，产能利用率${share(utilisation)}，未触及任何异常规则。`,
  },
  missing: {
    baseline_wanting: ({ leastMonths }) =>
      `没有可比的基准：企业未填基准月产值，困难发生前已知的正常月份也不足${leastMonths}个。`,
    periods_wanting: ({ have, need, after }) =>
      `${monthOf(after)}之后需连续${need}期达标，目前连续${have}期。`,
    figure_unknown: ({ month, metric }) => `${monthOf(month)}${METRICS[metric]}未上报。`,
    month_in_stop: ({ month }) => `${monthOf(month)}在登记的停产期内，不计入。`,
    output_below: ({ month, output, baseline, atLeast }) =>
      `${monthOf(month)}产值${money(output)}，为基准${money(baseline)}的${percentOf(output, baseline)}，未达${percent(atLeast)}。`,
    production_below: ({ month, days, daysAtLeast, electricity, electricityBaseline, electricityAtLeast }) =>
      `${monthOf(month)}生产天数${known(days, '天')}，未达${daysAtLeast}天${
        electricity === null
          ? ''
          : `；用电量为基准的${percentOf(electricity, electricityBaseline)}，未达${percent(electricityAtLeast)}`
      }。`,
  },
  turn: (milestone, turn, { months, outputs, outputBaseline, baselineSource, ...resumed }) => {
    const figures = months.map((month, at) => {
      const days = resumed.days?.[at];
      const electricity = resumed.electricities?.[at];
      return [
        `${monthOf(month)}产值${money(outputs[at])}`,
        ...(days === null || days === undefined ? [] : [`生产${days}天`]),
        ...(electricity === null || electricity === undefined ? [] : [`用电${grouped(electricity)}千瓦时`]),
      ].join('，');
    });
    const than = baselineSource === null ? '' : `（${SOURCES[baselineSource]}${money(outputBaseline)}）`;
    return `${turn === 'reached' ? '达到' : '不再达到'}“${MILESTONES[milestone]}”：${figures.join('；')}${than}。`;
  },
  relapse: ({ months, outputs, outputBaseline, baselineSource, below }) =>
    `销号后反弹：${months
      .map((month, at) => `${monthOf(month)}产值${money(outputs[at])}`)
      .join(
        '；',
      )}，连续${months.length}期低于${SOURCES[baselineSource]}${money(outputBaseline)}的${percent(below)}。`,
};

function share(value: number | null | undefined): string {
  return value === null || value === undefined ? '未知' : percent(value);
}
