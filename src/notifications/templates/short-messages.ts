import type { ShortMessage } from '../letter.js';
import { type SmsLocale, type SmsTemplate, smsTemplates, type SmsTemplateSet } from './sms-templates.js';

/** Most characters of an SMS with its signature: a longer one is split and charged twice. */
export const MOST_CHARACTERS = 70;

const VARIABLE = /\$\{(\w+)\}/g;

export const variablesOf = (template: SmsTemplate): string[] =>
  [...template.text.matchAll(VARIABLE)].map(([, name]) => name ?? '');

const signed = (signature: string, text: string): string => `【${signature}】${text}`;

/**
 * An approved template filled in and signed; its variables are in the order in which the text has them. Values are cut
 * to the length that their variable may have, and cannot bring a line break or a signature of their own.
 * @throws Error when there is no such template, or a variable of it has no value
 */
export function shortMessage(
  code: string,
  values: Record<string, string | number>,
  signature: string,
  locale: SmsLocale,
): ShortMessage {
  const { templates, variables: lengths } = smsTemplates(locale);
  const template = templates.find((candidate) => candidate.code === code);
  if (template === undefined) throw new Error(`there is no SMS template ${code}`);
  const variables = Object.fromEntries(
    variablesOf(template).map((name) => {
      const value = values[name];
      if (value === undefined) throw new Error(`SMS template ${code} lacks a value for ${name}`);
      return [name, cut(String(value), lengths[name] ?? 0)];
    }),
  );
  const text = template.text.replace(VARIABLE, (_match, name: string) => variables[name] ?? '');
  return { template: code, variables, text: signed(signature, text) };
}

/** Cut to a number of UTF-16 units, which is how gateways count, without splitting a character. */
function cut(value: string, most: number): string {
  let kept = '';
  for (const character of value.replace(/[\p{Cc}【】]/gu, '')) {
    if (kept.length + character.length > most) break;
    kept += character;
  }
  return kept;
}

/** An SMS as long as it can become: signed, with every variable as long as it may be. */
export const longestText = (
  text: string,
  signature: string,
  { variables }: Pick<SmsTemplateSet, 'variables'>,
): string =>
  signed(
    signature,
    text.replace(VARIABLE, (_match, name: string) => '字'.repeat(variables[name] ?? 0)),
  );

/**
 * What is wrong with the templates under this signature: a variable without a length, or a text that could grow longer
 * than an SMS may be. Checked at start, since the signature is configured.
 */
export function templateFaults(signature: string, { variables, templates }: SmsTemplateSet): string[] {
  return templates.flatMap((template) => {
    const unknown = variablesOf(template).filter((name) => variables[name] === undefined);
    if (unknown.length > 0)
      return [`SMS template ${template.code} has unknown variables: ${unknown.join(', ')}`];
    const { length } = longestText(template.text, signature, { variables });
    return length > MOST_CHARACTERS
      ? [
          `SMS template ${template.code} can have ${length} characters with its signature; ${MOST_CHARACTERS} at most`,
        ]
      : [];
  });
}

/** What is wrong with a vendor's ids of the templates: one that it lacks, or has for a template that there is not. */
export function templateIdFaults(ids: ReadonlyMap<string, string>, { templates }: SmsTemplateSet): string[] {
  const codes = templates.map(({ code }) => code);
  const without = codes.filter((code) => !ids.has(code));
  const unknown = [...ids.keys()].filter((code) => !codes.includes(code));
  return [
    ...(without.length > 0 ? [`no id for the SMS templates: ${without.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`ids for SMS templates that there are not: ${unknown.join(', ')}`] : []),
  ];
}
