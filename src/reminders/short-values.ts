import type { SmsLocale } from '../notifications/templates/sms-templates.js';

/** A template and what fills its variables. */
export interface ShortWording {
  template: string;
  values: Record<string, string | number>;
}

export const MOST_DAYS = 99;
export const MOST_ITEMS = 999;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What values say in one language. */
interface ShortWords {
  /** A leader's name is personal data, which an SMS does not carry. */
  leader: string;
  /** The date of a digest in which nothing has a deadline. */
  none: string;
  date(month: number, day: number): string;
  month(month: number): string;
  /** @param number of the week in its year */
  week(number: number): string;
}

export const SHORT_WORDS: Record<SmsLocale, ShortWords> = {
  'zh-CN': {
    leader: '包联领导',
    none: '无',
    date: (month, day) => `${month}月${day}日`,
    month: (month) => `${month}月`,
    week: (number) => `第${number}`,
  },
  en: {
    leader: 'leader',
    none: 'none',
    date: (month, day) => `${day} ${MONTHS[month - 1] ?? ''}`,
    month: (month) => MONTHS[month - 1] ?? '',
    week: (number) => `W${number}`,
  },
};

/** `11月5日`, `5 Nov` */
export const shortDate = (on: string, locale: SmsLocale): string =>
  SHORT_WORDS[locale].date(Number(on.slice(5, 7)), Number(on.slice(8)));

/** `10月`, `Oct`; @param month `YYYY-MM` */
export const shortMonth = (month: string, locale: SmsLocale): string =>
  SHORT_WORDS[locale].month(Number(month.slice(5)));
