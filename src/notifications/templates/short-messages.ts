import type { ShortMessage } from '../letter.js';
import { MOST_CHARACTERS, SMS_TEMPLATES, type SmsTemplate, VARIABLE_LENGTHS } from './sms-templates.data.js';

const VARIABLE = /\$\{(\w+)\}/g;
const byCode = new Map(SMS_TEMPLATES.map((template) => [template.code, template]));

export const variablesOf = (template: SmsTemplate): string[] =>
  [...template.text.matchAll(VARIABLE)].map(([, name]) => name ?? '');

const signed = (signature: string, text: string): string => `【${signature}】${text}`;

/**
 * An approved template filled in and signed. Values are cut to the length that their variable may have, and cannot
 * bring a line break or a signature of their own.
 * @throws Error when there is no such template, or a variable of it has no value
 */
export function shortMessage(
  code: string,
  values: Record<string, string | number>,
  signature: string,
): ShortMessage {
  const template = byCode.get(code);
  if (template === undefined) throw new Error(`there is no SMS template ${code}`);
  const variables = Object.fromEntries(
    variablesOf(template).map((name) => {
      const value = values[name];
      if (value === undefined) throw new Error(`SMS template ${code} lacks a value for ${name}`);
      return [name, cut(String(value), VARIABLE_LENGTHS[name] ?? 0)];
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

/**
 * What is wrong with the templates under this signature: a variable without a length, or a text that could grow longer
 * than an SMS may be. Checked at start, since the signature is configured.
 */
export function templateFaults(
  signature: string,
  templates: readonly SmsTemplate[] = SMS_TEMPLATES,
): string[] {
  return templates.flatMap((template) => {
    const unknown = variablesOf(template).filter((name) => VARIABLE_LENGTHS[name] === undefined);
    if (unknown.length > 0)
      return [`SMS template ${template.code} has unknown variables: ${unknown.join(', ')}`];
    const longest = template.text.replace(VARIABLE, (_match, name: string) =>
      '字'.repeat(VARIABLE_LENGTHS[name] ?? 0),
    );
    const { length } = signed(signature, longest);
    return length > MOST_CHARACTERS
      ? [
          `SMS template ${template.code} can have ${length} characters with its signature; ${MOST_CHARACTERS} at most`,
        ]
      : [];
  });
}
