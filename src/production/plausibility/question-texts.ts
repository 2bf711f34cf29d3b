import type { Locale } from '../../platform/errors/message-text.js';
import type { PlausibilityRule, QueryFacts } from './implausible.js';

/** What the enterprise is asked, of the facts of the question; `{month}` is its month. */
const TEXTS: Readonly<Record<Locale, Readonly<Record<PlausibilityRule, string>>>> = {
  'zh-CN': {
    output_moved: '{month}产值为{output}元，此前各月一般为{usual}元，请核实是否填错单位或数字。',
    output_without_days: '{month}有产值{output}元，生产天数却为0，请核实。',
    output_without_electricity: '{month}有产值{output}元，用电量却为0，请核实。',
    over_capacity: '{month}产能利用率为{utilisation}，超过核定产能，请核实并说明安全生产情况。',
    same_as_month_before: '{month}各项数据与{before}完全相同，请核实。',
    electricity_disagrees:
      '{month}企业填报用电量{enterprise}千瓦时，电网数据为{grid}千瓦时，相差较大，请核实。',
  },
  en: {
    output_moved: 'Output of {month} is {output} CNY, where {usual} is usual: is the unit or a digit wrong?',
    output_without_days: 'Output of {month} is {output} CNY, with no day of production. Is that right?',
    output_without_electricity: 'Output of {month} is {output} CNY, with no electricity used. Is that right?',
    over_capacity:
      'Utilisation of {month} is {utilisation}, more than the capacity. Is that right, and is it safe?',
    same_as_month_before: 'All figures of {month} are those of {before}. Is that right?',
    electricity_disagrees:
      'Electricity of {month} is {enterprise} kWh as reported, {grid} kWh by the grid company. Which is right?',
  },
};

/** The question in words. */
export const questionOf = (
  rule: PlausibilityRule,
  month: string,
  facts: QueryFacts,
  locale: Locale,
): string =>
  TEXTS[locale][rule].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(name === 'month' ? month : (facts[name] ?? '—')),
  );
