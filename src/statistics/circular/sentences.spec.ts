import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { factsOf, late, row, weekTable } from '../../../test/factories/circular-week.js';
import { CHINESE } from './phrases.zh-CN.js';
import { ENGLISH } from './phrases.en.js';
import { sentencesOf } from './sentences.js';

const chinese = (...facts: Parameters<typeof factsOf>) => sentencesOf(factsOf(...facts), CHINESE);
const english = (...facts: Parameters<typeof factsOf>) => sentencesOf(factsOf(...facts), ENGLISH);

const BUSY = {
  opening: 29,
  assigned: 8,
  reopened: 1,
  resolved: 5,
  netResolved: 5,
  recovered: 3,
  explained: 1,
  unstated: 1,
  terminated: 1,
  closing: 32,
  onHold: 2,
  overdue: 11,
  longestOverdueWorkingDays: 34,
  cumulativeAssigned: 53,
  cumulativeResolved: 20,
  cumulativeClosures: 20,
  closureRate: 0.3846,
  meanHandlingWorkingDays: 10.5,
};

describe('the overall situation', () => {
  it('has the figures of the week and how they compare', () => {
    const { before } = {
      before: weekTable({ closing: 29, overdue: 12, resolved: 7, closureRate: 0.35 }).total,
    };
    expect(chinese({ cases: { total: BUSY, before } }).overall[0]).toBe(
      '截至11月7日，全市累计交办停产半停产减产企业 53 户，累计销号 20 户，销号率 38.46%。在办 32 户，其中挂账 2 户、超期 11 户，最长超期 34 个工作日。本周企业变动：本周新增 8 户、重新交办 1 户、本周销号 5 户、终止 1 户；销号中恢复生产 3 户、解释说明 1 户、未注明结果 1 户。本周销号的企业平均办理 10.5 个工作日。与上周末相比，在办增加 3 户，超期减少 1 户，销号率上升 3.46 个百分点；本周销号比上周少 2 户。',
    );
    expect(english({ cases: { total: BUSY, before } }).overall[0]).toBe(
      'By 7 November 53 enterprises had been assigned in the city and 20 closed: a closure rate of 38.46%. On the books: 32 enterprises, of them 2 on hold, 11 overdue; the longest is 34 working days late. In the week, enterprises: 8 assigned, 1 reopened, 5 closed, 1 terminated; of the closed 3 recovered, 1 explained, 1 outcome not stated. The enterprises closed in the week took 10.5 working days on average. Against the end of the week before: on the books up by 3, overdue down by 1, closure rate up by 3.46 percentage points; 2 fewer closed than in the week before.',
    );
  });

  it('puts gross and net side by side where what was closed has been reopened', () => {
    const reopened = { ...BUSY, netResolved: 4, cumulativeClosures: 22 };
    expect(chinese({ cases: { total: reopened } }).overall[0]).toContain(
      '本周销号 5 次，扣除重新交办的，净销号 4 户。累计销号 22 次，扣除重新交办的，净销号 20 户。',
    );
    expect(english({ cases: { total: reopened } }).overall[0]).toContain(
      'Closures in the week: 5; net of what was reopened, 4 enterprises. Closures to date: 22; net of what was reopened, 20 enterprises.',
    );
  });

  it('of a city without one says so, and nothing of rates', () => {
    expect(chinese({}).overall).toEqual([
      '截至11月7日，全市尚未交办停产半停产减产企业。',
      '截至11月7日，全市尚未交办企业问题诉求。',
    ]);
    expect(english({}).overall[0]).toBe('By 7 November no enterprises had been assigned in the city.');
  });

  it('of the first week compares with nothing', () => {
    const total = { assigned: 1, closing: 1, cumulativeAssigned: 1, closureRate: 0 };
    expect(chinese({ cases: { total } }).overall[0]).toBe(
      '截至11月7日，全市累计交办停产半停产减产企业 1 户，累计销号 0 户，销号率 0.00%。在办 1 户，没有超期。本周企业变动：本周新增 1 户；没有销号。上周末以前没有交办过企业，不作比较。',
    );
  });

  it('of an idle week says that nothing moved', () => {
    const total = { opening: 4, closing: 4, cumulativeAssigned: 4, closureRate: 0 };
    const told = chinese({ cases: { total, before: weekTable(total).total } }).overall[0];
    expect(told).toContain('本周企业没有新增，没有销号。');
    expect(told).toContain('与上周末相比，在办持平，超期持平，销号率持平；本周销号数与上周相同。');
  });

  it('where all were terminated has no rate', () => {
    const total = { terminated: 3, opening: 3, cumulativeAssigned: 3 };
    const told = chinese({ cases: { total, before: weekTable({ closing: 3, closureRate: 0 }).total } })
      .overall[0];
    expect(told).toContain('累计交办停产半停产减产企业 3 户，均已终止。没有在办的企业。');
    expect(told).not.toContain('销号率');
  });

  it('of a running week says as of when, and does not hold its closures against a whole one', () => {
    const facts = factsOf({ cases: { total: BUSY, before: weekTable(BUSY).total } }, { isProvisional: true });
    const told = sentencesOf(facts, CHINESE).overall[0];
    expect(told).toContain('截至 2021-11-08 09:00，');
    expect(told).not.toContain('本周销号数与上周相同');
  });

  it('of overdue that are so since the evening has no days', () => {
    const total = { closing: 2, overdue: 2, cumulativeAssigned: 2, closureRate: 0 };
    expect(chinese({ cases: { total } }).overall[0]).toContain('其中超期 2 户，均不足 1 个工作日。');
  });
});

describe('done well', () => {
  const ranked = (key: string, rank: number, score: number) =>
    row(key, { rank, score, closureRate: 0.9, cumulativeAssigned: 9 });

  it('names who is foremost and who closed most', () => {
    const units = [ranked('甲县', 1, 91.5), ranked('乙县', 2, 70), { ...ranked('丙县', 3, 65), resolved: 4 }];
    expect(chinese({ cases: { total: { closureRate: 0.8 }, units } }).doneWell).toEqual([
      '县（市、区）综合得分居前的有：甲县（第 1 名，91.50 分）。',
      '本周销号较多的县（市、区）有：丙县 4 户。',
    ]);
  });

  it('says that nobody is where nobody is', () => {
    expect(chinese({}).doneWell).toEqual([CHINESE.nobodyCommended]);
    expect(english({}).doneWell).toEqual([ENGLISH.nobodyCommended]);
  });
});

describe('problems', () => {
  it('names the longest overdue, the lowest rates and what was sent back', () => {
    const told = chinese({
      cases: {
        total: { overdue: 4, closureRate: 0.5, sentBack: 2 },
        overdue: [late('甲公司', 34), late('乙公司', 8), late('丙公司', 0), late('丁公司', 0)],
        units: [row('甲县', { closureRate: 0.2, cumulativeAssigned: 5 })],
        departments: [row('市工信局', { sentBack: 2 })],
      },
    });
    expect(told.shortfalls).toEqual([
      '超期企业 4 户。超期时间最长的企业：甲公司（AK-2021-000001，汉滨区，市工信局牵头，超期 34 个工作日）、乙公司（AK-2021-000001，汉滨区，市工信局牵头，超期 8 个工作日）、丙公司（AK-2021-000001，汉滨区，市工信局牵头，超期不足 1 个工作日）。',
      '没有超期的问题。',
      '企业销号率低于全市（50.00%）且最低的县（市、区）：甲县（20.00%）。',
      '本周企业退回重办 2 户：市工信局 2 户。本周没有退回重办的问题。',
    ]);
  });

  it('says where there are none', () => {
    expect(english({}).shortfalls).toEqual([
      'No enterprises are overdue.',
      'No problems are overdue.',
      'No enterprises were sent back in the week. No problems were sent back in the week.',
    ]);
  });
});

describe('next week', () => {
  it('says what falls due, waits and comes up', () => {
    const ahead = { due: 6, verifying: 2, holdsToReview: 1 };
    expect(chinese({ cases: { ahead, total: { overdue: 11 } } }).nextWeek).toEqual([
      '下周（11月8日至11月14日）到期的企业 6 户。等待核查的企业 2 户，请按时限核查。挂账的企业有 1 户在下周（11月8日至11月14日）到复核日，请提前研究。已超期的企业 11 户，请牵头单位抓紧办结。',
      '下周（11月8日至11月14日）没有到期的问题。',
    ]);
    expect(english({ problems: { ahead: { due: 1, verifying: 1, holdsToReview: 1 } } }).nextWeek[1]).toBe(
      'Next week (8 November to 14 November) 1 problem falls due. 1 problem is waiting to be verified within the limit. 1 problem on hold comes up for review next week (8 November to 14 November).',
    );
  });
});

/** Words that are true of numbers above zero only. */
const count = fc.nat({ max: 3 });
const rate = fc.option(fc.integer({ min: 0, max: 10_000 }).map((whole) => whole / 10_000));
const figures = fc.record({
  assigned: count,
  reopened: count,
  resolved: count,
  netResolved: count,
  cumulativeResolved: count,
  cumulativeClosures: count,
  terminated: count,
  closing: count,
  onHold: count,
  overdue: count,
  longestOverdueWorkingDays: count,
  cumulativeAssigned: count,
  closureRate: rate,
  meanHandlingWorkingDays: rate,
  sentBack: count,
});

it('says no sentence of nothing, of a missing rate, or of what is not a number', () => {
  fc.assert(
    fc.property(figures, fc.option(figures), fc.boolean(), (total, before, isProvisional) => {
      const told = { total, before: before && weekTable(before).total };
      const facts = factsOf({ cases: told, problems: told }, { isProvisional });
      for (const phrases of [CHINESE, ENGLISH]) {
        const all = Object.values(sentencesOf(facts, phrases)).flat();
        const text = all.join('\n');
        expect(all.every((paragraph) => paragraph.length > 0)).toBe(true);
        expect(text).not.toMatch(/null|undefined|NaN|Infinity|—|(?<!\d)-\d|超期 0 个|by 0[ ,;]| 0\.00 个/);
        expect(text).not.toMatch(/(其中|；|、)\S* 0 [户件]/);
        if (total.overdue === 0) expect(text).not.toMatch(/最长超期|已超期的|overdue already/);
        if (total.resolved === 0) expect(text).not.toMatch(/本周销号 \d/);
      }
    }),
  );
});
