import { messages as english, statusTitles as englishTitles } from './messages.en.js';
import { messages as chinese, statusTitles as chineseTitles } from './messages.zh-CN.js';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

const texts: Record<Locale, Record<string, string>> = { 'zh-CN': chinese, en: english };
const titles: Record<Locale, Record<number, string>> = { 'zh-CN': chineseTitles, en: englishTitles };

/** The text of a code with its `{parameters}` filled in; `undefined` where the message files do not know the code. */
export function knownText(code: string, params: Record<string, unknown>, locale: Locale): string | undefined {
  const text = Object.hasOwn(texts[locale], code) ? texts[locale][code] : undefined;
  return text?.replace(/\{(\w+)\}/g, (hole, name: string) =>
    Object.hasOwn(params, name) ? printed(params[name], locale) : hole,
  );
}

/** The same, or the code itself where it is unknown. */
export function textOf(code: string, params: Record<string, unknown>, locale: Locale): string {
  return knownText(code, params, locale) ?? code;
}

export const titleOf = (status: number, locale: Locale): string => titles[locale][status] ?? String(status);

function printed(value: unknown, locale: Locale): string {
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.join(locale === 'en' ? ', ' : '、');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** The language of `Accept-Language` that we speak and that is wanted most; Chinese unless asked otherwise. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => quality > 0 && (language === 'zh' || language === 'en'))
    .toSorted((one, other) => other.quality - one.quality);
  return wanted[0]?.language === 'en' ? 'en' : 'zh-CN';
}
