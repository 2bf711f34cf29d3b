import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { shortMessage } from '../notifications/templates/short-messages.js';
import { SMS_LOCALES } from '../notifications/templates/sms-templates.js';
import { DEFAULT_RUNGS } from './ladder.js';
import { digestOf } from '../../test/support/digest-of.js';
import type { CountedFacts } from './reminder-facts.js';
import { shortDate, shortWording } from './short-wording.js';

const SIGNATURE = '安康市工信局';
const occasion = { today: '2021-11-10', answerBy: '2021-11-15' };
const facts = (rung: string, values: Partial<CountedFacts> = {}): CountedFacts => ({
  rung,
  clock: 'handle',
  deadlineAt: new Date('2021-11-05T10:00:00Z'),
  number: 'AK-2021-000123',
  ownerName: '安康第一富硒食品有限公司',
  dueOn: '2021-11-05',
  isOverdue: true,
  daysOverdue: 3,
  daysLeft: 0,
  ...values,
});
const text = (...reminders: [CountedFacts, ...CountedFacts[]]): string => {
  const { template, values } = shortWording(digestOf(...reminders), occasion, 'zh-CN');
  return shortMessage(template, values, SIGNATURE, 'zh-CN').text;
};

describe('shortWording', () => {
  it.each([
    [
      facts('due_soon', { isOverdue: false, daysOverdue: 0, daysLeft: 3 }),
      '黄灯提醒：安康第一富硒食品问题AK-2021-000123距时限剩3个工作日，请抓紧办理；需延期请提前1个工作日申请。',
    ],
    [
      facts('due_today'),
      '催办：安康第一富硒食品问题AK-2021-000123今日到期，请于下班前提交办理结果和佐证材料。',
    ],
    [
      facts('overdue'),
      '红灯督办：安康第一富硒食品问题AK-2021-000123已超期3个工作日，请说明原因并明确办结日期，已抄送包联领导。',
    ],
    [
      facts('supervise'),
      '督办通知：你单位有1件企业问题超期未办结，最长超期3个工作日，请主要负责同志调度，11月15日前反馈。',
    ],
    [
      facts('escalate'),
      '提级办理：安康第一富硒食品问题AK-2021-000123已提级至包联领导协调，请牵头单位11月15日前备齐情况报告。',
    ],
    [facts('assign_overdue'), '交办超时：安康第一富硒食品上报已超3个工作日未交办，请即登录纾困平台处理。'],
    [
      facts('sign_overdue'),
      '签收超时：问题AK-2021-000123已超签收时限，请即登录纾困平台签收或提出退回申请，逾期将计入通报。',
    ],
    [
      facts('verify_overdue'),
      '核查超时：安康第一富硒食品问题AK-2021-000123申请销号已超核查时限，请即登录纾困平台核查。',
    ],
    [facts('expose'), '办理提醒：您有1项企业问题需处理，其中超期1项，最早到期11月5日，请登录纾困平台办理。'],
    [
      facts('a_rung_of_an_edited_ladder', { isOverdue: false }),
      '办理提醒：您有1项企业问题需处理，其中超期0项，最早到期11月5日，请登录纾困平台办理。',
    ],
  ])('of one reminder follows its rung: $rung', (reminder, expected) => {
    expect(text(reminder)).toBe(`【${SIGNATURE}】${expected}`);
  });

  it('of two or more is a digest with the earliest deadline', () => {
    const later = facts('due_soon', { dueOn: '2021-11-12', isOverdue: false });
    expect(text(later, facts('overdue'), later)).toBe(
      `【${SIGNATURE}】办理提醒：您有3项企业问题需处理，其中超期1项，最早到期11月5日，请登录纾困平台办理。`,
    );
  });

  it('says the same in English', () => {
    const english = (...reminders: [CountedFacts, ...CountedFacts[]]): string => {
      const { template, values } = shortWording(digestOf(...reminders), occasion, 'en');
      return shortMessage(template, values, SIGNATURE, 'en').text;
    };
    expect(english(facts('escalate', { ownerName: 'Ankang Selenium' }))).toBe(
      `【${SIGNATURE}】Ankang S AK-2021-000123 escalated to leader. Report by 15 Nov.`,
    );
    expect(english(facts('overdue'), facts('overdue'))).toBe(
      `【${SIGNATURE}】Problems to handle: 2, overdue: 2, first due 5 Nov.`,
    );
  });

  it('keeps within its variables whatever the figures', () => {
    const rungs = fc.constantFrom(...DEFAULT_RUNGS.map(({ code }) => code));
    const counted = fc.record({ rung: rungs, daysOverdue: fc.nat(5_000), daysLeft: fc.nat(5_000) });
    const locales = fc.constantFrom(...SMS_LOCALES);
    fc.assert(
      fc.property(
        counted,
        fc.integer({ min: 1, max: 1_500 }),
        locales,
        ({ rung, ...days }, count, locale) => {
          const one = facts(rung, days);
          const many = Array.from({ length: count - 1 }, () => one);
          const { template, values } = shortWording(digestOf(one, ...many), occasion, locale);
          const message = shortMessage(template, values, SIGNATURE, locale);
          expect(message.text.length).toBeLessThanOrEqual(70);
          // A figure cut short would be a wrong figure.
          for (const name of ['days', 'n', 'm', 'due'])
            if (values[name] !== undefined) expect(message.variables[name]).toBe(String(values[name]));
        },
      ),
    );
  });
});

describe('shortDate', () => {
  it('has six characters at most', () => {
    expect(shortDate('2021-01-05', 'zh-CN')).toBe('1月5日');
    expect(shortDate('2021-12-31', 'zh-CN')).toBe('12月31日');
    expect(shortDate('2021-12-31', 'en')).toBe('31 Dec');
  });
});
