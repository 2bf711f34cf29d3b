import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type GroupFigures, MOST_NAMED } from './group-figures.js';
import { CHINESE, ENGLISH } from './group-texts.js';
import { groupWording } from './group-wording.js';

const URL = 'https://shukun.example';
const figures: GroupFigures = {
  on: '2021-11-08',
  dueToday: 3,
  overdue: 40,
  longestOverdue: 12,
  overdueFiveDays: 10,
  overdueTenDays: 2,
  assignOverdue: 2,
  verifyOverdue: 1,
  byDepartment: [
    { name: '市工信局', overdue: 25 },
    { name: '市住建局', overdue: 10 },
  ],
  departments: 5,
  sentSince: '2021-11-05',
  sent: [
    { channel: 'email', sent: 118, failed: 0, unknown: 0 },
    { channel: 'sms', sent: 120, failed: 3, unknown: 1 },
  ],
  vacant: [{ name: '市商务局', duties: ['head', 'liaison'] }],
  vacancies: 1,
};
const quiet: GroupFigures = {
  ...figures,
  ...{ dueToday: 0, overdue: 0, longestOverdue: 0, overdueFiveDays: 0, overdueTenDays: 0, departments: 0 },
  ...{ assignOverdue: 0, verifyOverdue: 0, byDepartment: [], sent: [], vacant: [], vacancies: 0 },
};

describe('what a group is told', () => {
  it('in Chinese', () => {
    expect(groupWording(figures, URL, CHINESE, 4_096).split('\n')).toEqual([
      '### 稳增长专班每日提醒（11月8日）',
      '- 今日到期：**3** 项',
      '- 已超期：**40** 项，最长12个工作日；满5个工作日10项，满10个工作日2项',
      '- 超时未交办：2 项',
      '- 超时未核查：1 项',
      '- 超期按牵头单位：市工信局 25、市住建局 10，另有3个单位',
      '- 11月5日以来发送：邮件成功118、失败0、不明0；短信成功120、失败3、不明1',
      '- 岗位空缺：1个单位（市商务局 负责人、联络员）',
      '',
      '[登录平台办理](https://shukun.example)',
    ]);
  });

  it('in English', () => {
    expect(groupWording(figures, URL, ENGLISH, 4_096).split('\n')).toEqual([
      '### Task force: daily reminder (8/11)',
      '- Due today: **3**',
      '- Overdue: **40**, the longest for 12 working days; 10 for five or more, 2 for ten or more',
      '- Not assigned in time: 2',
      '- Not verified in time: 1',
      '- Overdue by lead department: 市工信局 25, 市住建局 10, and 3 others',
      '- Sent since 5/11: e-mail 118 sent, 0 failed, 0 unknown; SMS 120 sent, 3 failed, 1 unknown',
      '- Empty duties in 1 department: 市商务局 (head, liaison)',
      '',
      '[Open the platform](https://shukun.example)',
    ]);
  });

  it('when there is nothing', () => {
    expect(groupWording(quiet, URL, CHINESE, 4_096).split('\n')).toEqual([
      '### 稳增长专班每日提醒（11月8日）',
      '- 今日到期：**0** 项',
      '- 无超期事项',
      '- 11月5日以来没有发送提醒',
      '',
      '[登录平台办理](https://shukun.example)',
    ]);
  });

  it('cannot be formatted, linked or shouted by the name of a department', () => {
    const name = '[点我](https://evil.example) <@all> **假**\n# 题';
    const text = groupWording({ ...figures, byDepartment: [{ name, overdue: 1 }] }, URL, CHINESE, 4_096);
    const line = text.split('\n').find((one) => one.includes('点我'));
    expect(line).not.toMatch(/[[\]()<>*#@\n]/);
  });

  it.each([CHINESE, ENGLISH])('never takes more bytes than the robot does, and has its link', (texts) => {
    const names = fc.array(
      fc.record({ name: fc.string({ unit: 'binary', maxLength: 200 }), overdue: fc.nat() }),
      {
        maxLength: MOST_NAMED,
      },
    );
    fc.assert(
      fc.property(names, fc.integer({ min: 100, max: 4_096 }), (byDepartment, mostBytes) => {
        const text = groupWording({ ...figures, byDepartment }, URL, texts, mostBytes);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(mostBytes);
        expect(text.endsWith(`(${URL})`)).toBe(true);
      }),
    );
  });

  it('fits whole with the longest names', () => {
    const name = '市'.repeat(100);
    const long: GroupFigures = {
      ...figures,
      byDepartment: Array.from({ length: MOST_NAMED }, () => ({ name, overdue: 99_999 })),
      vacant: Array.from({ length: MOST_NAMED }, () => ({ name, duties: ['head', 'liaison'] as const })),
      vacancies: 999,
    };
    for (const texts of [CHINESE, ENGLISH]) {
      const text = groupWording(long, URL, texts, 4_096);
      expect(text).toBe(groupWording(long, URL, texts, 20_000));
    }
  });
});
