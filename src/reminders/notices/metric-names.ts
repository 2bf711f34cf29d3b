import type { SmsLocale } from '../../notifications/templates/sms-templates.js';

/** Figures as a message names them; eleven characters at most, which is what an SMS has room for. */
const NAMES: Record<SmsLocale, Record<string, string>> = {
  'zh-CN': {
    output_value: '产值',
    production_days: '生产天数',
    capacity_utilisation: '产能利用率',
    electricity: '用电量',
    staff: '用工人数',
  },
  en: {
    output_value: 'output',
    production_days: 'days worked',
    capacity_utilisation: 'utilisation',
    electricity: 'electricity',
    staff: 'staff',
  },
};
/** Of a question that is about several of them. */
const SEVERAL: Record<SmsLocale, string> = { 'zh-CN': '生产数据', en: 'figures' };

/** Which figure a question is about, by the rule that asked it; `figures` of several. */
const ASKED_ABOUT: Record<string, string> = {
  output_moved: 'output_value',
  output_without_days: 'production_days',
  output_without_electricity: 'electricity',
  over_capacity: 'capacity_utilisation',
  electricity_disagrees: 'electricity',
};

export const metricOf = (rule: string): string => ASKED_ABOUT[rule] ?? 'figures';

export const metricName = (metric: string, locale: SmsLocale): string =>
  NAMES[locale][metric] ?? SEVERAL[locale];
