import { describe, expect, it } from '@jest/globals';
import { CHINESE, ENGLISH } from './letter-texts.js';
import { letterWording } from './letter-wording.js';
import { DEFAULT_RUNGS } from './ladder.js';
import { digestOf } from '../../test/support/digest-of.js';
import type { CountedFacts } from './reminder-facts.js';

const facts = (values: Partial<CountedFacts> = {}): CountedFacts => ({
  rung: 'overdue',
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
const URL = 'https://shukun.example/?a=1&b=2';

describe('letterWording', () => {
  it('of one reminder names it, in Chinese', () => {
    const letter = letterWording(digestOf(facts()), '王建国', URL, CHINESE);
    expect(letter.subject).toBe('【红灯提醒】AK-2021-000123 安康第一富硒食品有限公司');
    expect(letter.text).toBe(
      [
        '王建国，您好：',
        '',
        '以下1项需您处理：',
        '- AK-2021-000123 · 安康第一富硒食品有限公司 · 红灯提醒 · 2021-11-05 · 已超期3个工作日',
        '',
        `登录纾困平台办理: ${URL}`,
        '',
        '本邮件由系统自动发送，请勿直接回复。',
      ].join('\n'),
    );
  });

  it('of one reminder names it, in English', () => {
    const letter = letterWording(digestOf(facts({ daysOverdue: 1 })), '王建国', URL, ENGLISH);
    expect(letter.subject).toBe('[Red light: overdue] AK-2021-000123 安康第一富硒食品有限公司');
    expect(letter.text).toContain('Dear 王建国,');
    expect(letter.text).toContain('This matter is yours to deal with:');
    expect(letter.text).toContain('1 working day overdue');
  });

  it('of several counts them and says how each stands', () => {
    const digest = digestOf(
      facts(),
      facts({ rung: 'due_today', isOverdue: false, daysOverdue: 0 }),
      facts({ rung: 'due_soon', isOverdue: false, daysOverdue: 0, daysLeft: 3 }),
      facts({ rung: 'a_rung_of_an_edited_ladder' }),
    );
    const chinese = letterWording(digest, '王', URL, CHINESE);
    expect(chinese.subject).toBe('【办理提醒】4项需处理，其中超期2项');
    expect(chinese.text).toContain('到期催办 · 2021-11-05 · 今日到期');
    expect(chinese.text).toContain('临期提醒 · 2021-11-05 · 剩3个工作日');
    expect(chinese.text).toContain('办理提醒 · 2021-11-05');
    const english = letterWording(digest, '王', URL, ENGLISH);
    expect(english.subject).toBe('[Reminder] 4 matters to deal with, 2 of them overdue');
    expect(english.text).toContain('These 4 matters are yours');
    expect(english.text).toContain('due today');
    expect(english.text).toContain('3 working days left');
  });

  it('puts nothing into the HTML that is not text', () => {
    const { html } = letterWording(digestOf(facts({ ownerName: `<img src="x">&'` })), '<b>', URL, CHINESE);
    expect(html).toContain('&lt;img src=&quot;x&quot;&gt;&amp;&#39;');
    expect(html).toContain('&lt;b&gt;，您好：');
    expect(html).toContain('href="https://shukun.example/?a=1&amp;b=2"');
    expect(html).toContain('<html lang="zh-CN">');
  });

  it('lists two hundred and counts the rest', () => {
    const rest = Array.from({ length: 204 }, () => facts());
    for (const [texts, more] of [
      [CHINESE, '另有5项'],
      [ENGLISH, '5 more'],
    ] as const) {
      const letter = letterWording(digestOf(facts(), ...rest), '王', URL, texts);
      expect(letter.text.match(/^- /gm)).toHaveLength(200);
      expect(letter.text).toContain(more);
      expect(letter.html).toContain(more);
    }
  });

  it('has a name for every rung of the default ladder, in both languages', () => {
    for (const { code } of DEFAULT_RUNGS) {
      expect(CHINESE.rung[code]).toBeDefined();
      expect(ENGLISH.rung[code]).toBeDefined();
    }
  });
});
