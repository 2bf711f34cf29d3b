import { readFileSync } from 'node:fs';

/** A text that the gateway has approved, with its variables as `${name}`. */
export interface SmsTemplate {
  code: string;
  name: string;
  text: string;
}

/** What `sms/<locale>.json` holds: the texts as they are registered with the gateways. */
export interface SmsTemplateSet {
  /** Characters that each variable may have; a longer value is cut. */
  variables: Readonly<Record<string, number>>;
  templates: readonly SmsTemplate[];
}

export const SMS_LOCALES = ['zh-CN', 'en'] as const;
export type SmsLocale = (typeof SMS_LOCALES)[number];

const read = new Map<SmsLocale, SmsTemplateSet>();

/** The set of a language, read once. @throws Error that names the file and what is wrong in it */
export function smsTemplates(locale: SmsLocale): SmsTemplateSet {
  const known = read.get(locale) ?? readSet(locale);
  read.set(locale, known);
  return known;
}

function readSet(locale: SmsLocale): SmsTemplateSet {
  const file = new URL(`sms/${locale}.json`, import.meta.url);
  try {
    return templateSetOf(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file.pathname}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** @throws Error when it is no set of templates */
export function templateSetOf(content: unknown): SmsTemplateSet {
  const { variables, templates }: Record<string, unknown> = Object(content);
  if (!isLengths(variables)) throw new Error('"variables" must give each variable a length of 1 to 70');
  if (!Array.isArray(templates) || !templates.every(isTemplate))
    throw new Error('"templates" must be a list of {"code", "name", "text"}');
  const codes = new Set(templates.map(({ code }) => code));
  if (codes.size !== templates.length) throw new Error('two templates have the same code');
  return { variables, templates };
}

function isLengths(value: unknown): value is Record<string, number> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((length) => Number.isInteger(length) && length >= 1 && length <= 70);
}

function isTemplate(value: unknown): value is SmsTemplate {
  const { code, name, text }: Record<string, unknown> = Object(value);
  return [code, name, text].every((part) => typeof part === 'string' && part !== '');
}
