import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { shortMessage, templateFaults, variablesOf } from './short-messages.js';
import { SMS_TEMPLATES, VARIABLE_LENGTHS } from './sms-templates.data.js';

const SIGNATURE = '安康市工信局';

describe('the approved templates', () => {
  it('stay within 70 characters with the longest values and the signature', () => {
    expect(templateFaults(SIGNATURE)).toEqual([]);
    // The longest signature that the configuration takes.
    expect(SIGNATURE).toHaveLength(6);
  });

  it('are refused under a signature that makes one of them too long', () => {
    expect(templateFaults('安康市稳增长专项工作领导小组办公室')).toContainEqual(
      expect.stringMatching(/^SMS template \w+ can have \d+ characters with its signature; 70 at most$/),
    );
  });

  it('are refused with a variable that nothing fills', () => {
    expect(templateFaults(SIGNATURE, [{ code: 'x', name: 'x', text: '${ent}${mobile}' }])).toEqual([
      'SMS template x has unknown variables: mobile',
    ]);
  });

  it('cannot be made longer, signed again or broken into lines by any value', () => {
    const values = fc.record(
      Object.fromEntries(
        Object.keys(VARIABLE_LENGTHS).map((name) => [name, fc.string({ unit: 'grapheme' })]),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...SMS_TEMPLATES), values, (template, given) => {
        const { text, variables } = shortMessage(template.code, given, SIGNATURE);
        expect(text.length).toBeLessThanOrEqual(70);
        expect(text.lastIndexOf('【')).toBe(0);
        expect(text).not.toMatch(/[\r\n]/);
        expect(Buffer.from(text).toString()).toBe(text);
        expect(Object.keys(variables).toSorted()).toEqual([...new Set(variablesOf(template))].toSorted());
      }),
    );
  });
});

describe('shortMessage', () => {
  it('fills in and cuts', () => {
    const values = { ent: '安康第一富硒食品有限公司', no: 'AK-2021-000123', days: 3 };
    expect(shortMessage('overdue', values, SIGNATURE)).toEqual({
      template: 'overdue',
      variables: { ent: '安康第一富硒食品', no: 'AK-2021-000123', days: '3' },
      text: '【安康市工信局】红灯督办：安康第一富硒食品问题AK-2021-000123已超期3个工作日，请说明原因并明确办结日期，已抄送包联领导。',
    });
  });

  it('does not put in a template what it says of another variable', () => {
    expect(shortMessage('due_today', { ent: '${no}', no: 'P-1' }, 'x').text).toContain('催办：${no}问题P-1');
  });

  it('does not split a character in two', () => {
    const values = { ent: `七个字的名称啊𠮷`, no: '1' };
    expect(shortMessage('due_today', values, 'x').variables['ent']).toBe('七个字的名称啊');
  });

  it('refuses an unknown template and a missing value', () => {
    expect(() => shortMessage('nonesuch', {}, 'x')).toThrow('there is no SMS template nonesuch');
    expect(() => shortMessage('due_today', { ent: 'x' }, 'x')).toThrow('lacks a value for no');
  });
});
