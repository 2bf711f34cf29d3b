import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { shortMessage, templateFaults, templateIdFaults, variablesOf } from './short-messages.js';
import { SMS_LOCALES, smsTemplates, templateSetOf } from './sms-templates.js';

const SIGNATURE = '安康市工信局';

describe.each(SMS_LOCALES)('the approved templates in %s', (locale) => {
  const { templates, variables } = smsTemplates(locale);

  it('stay within 70 characters with the longest values and the signature', () => {
    expect(templateFaults(SIGNATURE, smsTemplates(locale))).toEqual([]);
    // The longest signature that the configuration takes.
    expect(SIGNATURE).toHaveLength(6);
    expect(templates.length).toBeGreaterThan(15);
  });

  it('are refused under a signature that makes one of them too long', () => {
    expect(templateFaults('安康市稳增长专项工作领导小组办公室', smsTemplates(locale))).toContainEqual(
      expect.stringMatching(/^SMS template \w+ can have \d+ characters with its signature; 70 at most$/),
    );
  });

  it('cannot be made longer, signed again or broken into lines by any value', () => {
    const values = fc.record(
      Object.fromEntries(Object.keys(variables).map((name) => [name, fc.string({ unit: 'grapheme' })])),
    );
    fc.assert(
      fc.property(fc.constantFrom(...templates), values, (template, given) => {
        const message = shortMessage(template.code, given, SIGNATURE, locale);
        expect(message.text.length).toBeLessThanOrEqual(70);
        expect(message.text.lastIndexOf('【')).toBe(0);
        expect(message.text).not.toMatch(/[\r\n]/);
        expect(Buffer.from(message.text).toString()).toBe(message.text);
        // In the order of the text, which is how one vendor takes them.
        expect(Object.keys(message.variables)).toEqual([...new Set(variablesOf(template))]);
      }),
    );
  });
});

describe('the two languages', () => {
  it('have the same templates with the same variables', () => {
    const [chinese, english] = SMS_LOCALES.map((locale) =>
      smsTemplates(locale).templates.map((template) => [template.code, variablesOf(template).toSorted()]),
    );
    expect(english).toEqual(chinese);
    expect(smsTemplates('en').variables).toEqual(smsTemplates('zh-CN').variables);
  });
});

describe('a file of templates', () => {
  const one = { code: 'x', name: 'x', text: '${ent}' };

  it('is refused with a variable that nothing fills', () => {
    const set = templateSetOf({ variables: { ent: 8 }, templates: [{ ...one, text: '${ent}${mobile}' }] });
    expect(templateFaults(SIGNATURE, set)).toEqual(['SMS template x has unknown variables: mobile']);
  });

  it.each([
    [null, /"variables" must/],
    [{ variables: { ent: 0 }, templates: [one] }, /"variables" must/],
    [{ variables: { ent: '8' }, templates: [one] }, /"variables" must/],
    [{ variables: { ent: 8 }, templates: {} }, /"templates" must/],
    [{ variables: { ent: 8 }, templates: [{ ...one, text: '' }] }, /"templates" must/],
    [{ variables: { ent: 8 }, templates: [one, one] }, /the same code/],
  ])('%j is none', (content, fault) => {
    expect(() => templateSetOf(content)).toThrow(fault);
  });
});

describe("a vendor's ids", () => {
  const set = smsTemplates('zh-CN');
  const all = new Map(set.templates.map(({ code }) => [code, `SMS_${code}`]));

  it('are one for each template, and none for another', () => {
    expect(templateIdFaults(all, set)).toEqual([]);
    const wrong = new Map([...all, ['nonesuch', 'SMS_1']]);
    wrong.delete('digest');
    wrong.delete('overdue');
    expect(templateIdFaults(wrong, set)).toEqual([
      'no id for the SMS templates: overdue, digest',
      'ids for SMS templates that there are not: nonesuch',
    ]);
  });
});

describe('shortMessage', () => {
  it('fills in and cuts', () => {
    const values = { ent: '安康第一富硒食品有限公司', no: 'AK-2021-000123', days: 3 };
    expect(shortMessage('overdue', values, SIGNATURE, 'zh-CN')).toEqual({
      template: 'overdue',
      variables: { ent: '安康第一富硒食品', no: 'AK-2021-000123', days: '3' },
      text: '【安康市工信局】红灯督办：安康第一富硒食品问题AK-2021-000123已超期3个工作日，请说明原因并明确办结日期，已抄送包联领导。',
    });
  });

  it('does not put in a template what it says of another variable', () => {
    expect(shortMessage('due_today', { ent: '${no}', no: 'P-1' }, 'x', 'zh-CN').text).toContain(
      '催办：${no}问题P-1',
    );
  });

  it('does not split a character in two', () => {
    const values = { ent: `七个字的名称啊𠮷`, no: '1' };
    expect(shortMessage('due_today', values, 'x', 'zh-CN').variables['ent']).toBe('七个字的名称啊');
  });

  it('refuses an unknown template and a missing value', () => {
    expect(() => shortMessage('nonesuch', {}, 'x', 'zh-CN')).toThrow('there is no SMS template nonesuch');
    expect(() => shortMessage('due_today', { ent: 'x' }, 'x', 'zh-CN')).toThrow('lacks a value for no');
  });
});
