import { describe, expect, it } from '@jest/globals';
import { OfficeTime } from '../../calendar/office-time.js';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { NOTICE_KINDS } from '../../notifications/notices/notice-kinds.js';
import { shortMessage } from '../../notifications/templates/short-messages.js';
import { digestOf } from '../../../test/support/digest-of.js';
import { DEFAULT_RUNGS } from '../ladder.js';
import { CHINESE, ENGLISH, type LetterTexts } from '../letter-texts.js';
import { letterWording } from '../letter-wording.js';
import type { CountedFacts, CountedNotice, Matter } from '../reminder-facts.js';
import { shortWording } from '../short-wording.js';
import { noticeMatter } from './notice-matter.js';
import { sampleMatter } from './sample-matter.js';

const SIGNATURE = '安康市工信局';
const basics = { number: 'AK-2021-000123', ownerName: '安康第一富硒食品有限公司', dueOn: '2021-11-22' };
const assigned: CountedNotice = { ...basics, kind: 'assigned', facts: { acknowledgeOn: '2021-11-02' } };
const weekly = (
  facts: Partial<Extract<CountedNotice, { kind: 'weekly_published' }>['facts']> = {},
): CountedNotice => ({
  kind: 'weekly_published',
  number: '2021-W44',
  ownerName: '市自然资源局',
  dueOn: null,
  facts: { week: '2021-W44', assigned: 34, closureRate: 0.7356, overdue: 2, ...facts },
});
const production: CountedNotice = {
  kind: 'production_report_due',
  number: '2021-10',
  ownerName: '汉滨区',
  dueOn: '2021-11-12',
  facts: { month: '2021-10', unitName: '汉滨区', enterprises: 12 },
};
const month = { number: '2021-10', ownerName: '安康第一富硒食品有限公司' };
const overdue: CountedFacts = {
  ...basics,
  rung: 'overdue',
  clock: 'handle',
  deadlineAt: new Date('2021-11-05T10:00:00Z'),
  dueOn: '2021-11-05',
  isOverdue: true,
  daysOverdue: 3,
  daysLeft: 0,
};
const occasion = { today: '2021-11-10', answerBy: '2021-11-15' };
const day = {
  now: new Date('2021-11-10T02:00:00Z'),
  calendar: new WorkingCalendar(new Map(), '2021-12-31'),
  office: new OfficeTime('Asia/Shanghai'),
};

const sms = (...matters: [Matter, ...Matter[]]): string => {
  const { template, values } = shortWording(digestOf(...matters), occasion, 'zh-CN');
  return shortMessage(template, values, SIGNATURE, 'zh-CN').text.replace(`【${SIGNATURE}】`, '');
};
const line = (matter: Matter, texts: LetterTexts): string | undefined =>
  letterWording(digestOf(matter), '王', 'https://shukun.example', texts).text.match(/^- .*$/m)?.[0];

describe('one notice', () => {
  it.each([
    [
      assigned,
      '交办：安康第一富硒食品问题AK-2021-000123已交你单位，11月2日前签收、11月22日前办结，详见纾困平台。',
      '交办 · 2021-11-22 · 请于2021-11-02前签收',
      'Assigned · 2021-11-22 · to be signed for by 2021-11-02',
    ],
    [
      { ...basics, kind: 'co_handling', facts: {} },
      '办理提醒：您有1项企业问题需处理，其中超期0项，最早到期11月22日，请登录纾困平台办理。',
      '配合办理 · 2021-11-22 · 请于时限前反馈配合意见',
      'Co-handling · 2021-11-22 · your opinion is awaited',
    ],
    [
      { ...basics, kind: 'sent_back', facts: {} },
      '退回重办：问题AK-2021-000123经核查未达销号条件，请按平台核查意见于11月22日前重新办理并反馈。',
      '退回重办 · 2021-11-22 · 核查未达销号条件，请重新办理',
      'Sent back · 2021-11-22 · not fit to be closed; to be worked on again',
    ],
    [
      { ...basics, kind: 'extension_decided', facts: { decision: 'approved' } },
      '延期批复：问题AK-2021-000123延期申请已审批，新的办结时限为11月22日，请按期办结并向企业做好说明。',
      '延期批复 · 2021-11-22 · 已同意，按新时限办理',
      'Extension decided · 2021-11-22 · granted, with a new deadline',
    ],
    [
      { ...basics, kind: 'extension_decided', facts: { decision: 'refused' } },
      // No template says that it was refused, and none may say that there is a new deadline.
      '办理提醒：您有1项企业问题需处理，其中超期0项，最早到期11月22日，请登录纾困平台办理。',
      '延期批复 · 2021-11-22 · 未同意，时限不变',
      'Extension decided · 2021-11-22 · refused, the deadline stays',
    ],
    [
      weekly(),
      '第44周通报已发布：你单位累计交办34件，办结率73%，超期2件，请登录平台查看。',
      '周通报 · — · 累计交办34件，销号率73.56%，超期2件',
      'Weekly circular · — · 34 assigned so far, closure rate 73.56%, 2 overdue',
    ],
    [
      weekly({ assigned: 1_000, closureRate: 0.9999, overdue: 0 }),
      '第44周通报已发布：你单位累计交办999件，办结率99%，超期0件，请登录平台查看。',
      '周通报 · — · 累计交办1000件，销号率99.99%，超期0件',
      'Weekly circular · — · 1000 assigned so far, closure rate 99.99%, 0 overdue',
    ],
    [
      weekly({ assigned: 0, closureRate: null, overdue: 0 }),
      '第44周通报已发布：你单位累计交办0件，办结率—，超期0件，请登录平台查看。',
      '周通报 · — · 累计交办0件，销号率—，超期0件',
      'Weekly circular · — · 0 assigned so far, closure rate —, 0 overdue',
    ],
    [
      production,
      '填报提醒：请于11月12日前在纾困平台填报上月生产情况，如遇停产减产可一并提出诉求。',
      '月度生产情况填报 · 2021-11-12 · 12户企业未填报',
      'Monthly production report · 2021-11-12 · nothing is known of 12 enterprises',
    ],
    [
      { ...production, facts: { ...production.facts, withoutContact: 2 } },
      '填报提醒：请于11月12日前在纾困平台填报上月生产情况，如遇停产减产可一并提出诉求。',
      '月度生产情况填报 · 2021-11-12 · 12户企业未填报，2户没有联系方式，请补充',
      '12 enterprises; 2 without a contact to ask',
    ],
    [
      { ...month, kind: 'figures_due', dueOn: '2021-11-12', facts: { month: '2021-10', isLastCall: false } },
      '报送提醒：安康第一富硒食品10月生产数据尚未报送，请于11月12日前在纾困平台填报，停产减产请说明。',
      '生产数据报送 · 2021-11-12 · 请于时限前报送；停产减产请一并说明',
      'Production figures due · 2021-11-12 · to be reported; say if production has stopped or fallen',
    ],
    [
      { ...month, kind: 'figures_due', dueOn: '2021-11-12', facts: { month: '2021-10', isLastCall: true } },
      '报送提醒：安康第一富硒食品10月生产数据尚未报送，请于11月12日前在纾困平台填报，停产减产请说明。',
      '生产数据报送 · 2021-11-12 · 至今未报送，请于时限前报送；停产减产请一并说明',
      'Production figures due · 2021-11-12 · still not reported; say if production has stopped or fallen',
    ],
    [
      { ...month, kind: 'figure_query', dueOn: null, facts: { month: '2021-10', metric: 'electricity' } },
      '数据核实：安康第一富硒食品10月用电量是否属实？请登录纾困平台确认或更正。',
      '数据核实 · — · 请核实用电量是否属实，属实请确认，有误请更正',
      'Question about a figure · — · please confirm or correct: electricity',
    ],
    [
      {
        ...basics,
        kind: 'follow_up_due',
        facts: { followUpId: '0193a1b2-0000-7000-8000-000000000001', days: 90, isSecond: true },
      },
      '回访提醒：安康第一富硒食品销号满90日，请于11月22日前上门回访，并登录纾困平台登记。',
      '销号回访 · 2021-11-22 · 销号满90日，请上门回访并登记（第二次提醒）',
      '90 days after closure: visit and record it (second reminder)',
    ],
    [
      { ...basics, kind: 'relapse_proposed', dueOn: null, facts: { months: ['2021-09', '2021-10'] } },
      '反弹预警：安康第一富硒食品10月产值或用电再次下滑，请3个工作日内上门核实并更新帮扶措施。',
      '反弹预警 · — · 2021-09、2021-10产值再次偏低，建议重新立案，请研判',
      'Relapse · — · output low again in 2021-09, 2021-10: reopening is proposed',
    ],
    [
      {
        kind: 'candidates_waiting',
        number: '2021-W44',
        ownerName: '',
        dueOn: null,
        facts: { week: '2021-W44', candidates: 3 },
      },
      '办理提醒：您有1项企业问题需处理，其中超期0项，最早到期无，请登录纾困平台办理。',
      '研判线索 · — · 3条线索待研判',
      'Candidates · — · 3 candidates wait for a decision',
    ],
  ] satisfies Array<[CountedNotice, string, string, string]>)(
    'is said by its kind: $kind $facts',
    (notice, short, chinese, english) => {
      expect(sms(notice)).toBe(short);
      expect(line(notice, CHINESE)).toContain(chinese);
      expect(line(notice, ENGLISH)).toContain(english);
    },
  );
});

describe('notices with reminders', () => {
  it('are counted as matters to deal with, and never as overdue', () => {
    const matters = [overdue, assigned, weekly()] as const;
    expect(sms(...matters)).toBe(
      '办理提醒：您有3项企业问题需处理，其中超期1项，最早到期11月5日，请登录纾困平台办理。',
    );
    const letter = letterWording(digestOf(...matters), '王', 'https://shukun.example', CHINESE);
    expect(letter.subject).toBe('【办理提醒】3项需处理，其中超期1项');
    expect(letter.text.match(/^- .*$/gm)).toEqual([
      '- AK-2021-000123 · 安康第一富硒食品有限公司 · 红灯提醒 · 2021-11-05 · 已超期3个工作日',
      '- AK-2021-000123 · 安康第一富硒食品有限公司 · 交办 · 2021-11-22 · 请于2021-11-02前签收',
      '- 2021-W44 · 市自然资源局 · 周通报 · — · 累计交办34件，销号率73.56%，超期2件',
    ]);
  });

  it('to a contact are counted as what they are', () => {
    const query = (metric: string): CountedNotice => ({
      ...month,
      kind: 'figure_query',
      dueOn: null,
      facts: { month: '2021-10', metric },
    });
    expect(sms(query('staff'), query('nonesuch'))).toBe(
      '企业提醒：贵单位有2项生产数据待报送或核实，请登录纾困平台办理。',
    );
    expect(line(query('nonesuch'), CHINESE)).toContain('请核实生产数据是否属实');
  });

  it('without any deadline say so', () => {
    expect(sms(weekly(), weekly())).toBe(
      '办理提醒：您有2项企业问题需处理，其中超期0项，最早到期无，请登录纾困平台办理。',
    );
  });
});

describe('a sample', () => {
  const samples = [
    ...DEFAULT_RUNGS.map(({ code, offsetWorkingDays, channels }) =>
      sampleMatter({ rung: code, offsetWorkingDays, channels }, day),
    ),
    ...NOTICE_KINDS.filter((kind) => kind !== 'test').map((kind) =>
      sampleMatter({ kind, channels: [] }, day),
    ),
  ];

  it('of every rung and kind is of nobody’s case, and says that it is a test', () => {
    for (const sample of samples) {
      for (const [texts, mark] of [
        [CHINESE, '【测试 · '],
        [ENGLISH, '[Test · '],
      ] as const) {
        const letter = letterWording(digestOf(sample), '王', 'https://shukun.example', texts);
        expect(letter.subject).toContain(mark);
        expect(letter.text).toContain(texts.notices.testNote);
        expect(letter.html).toContain(texts.notices.testNote);
      }
      expect(sms(sample).length).toBeLessThanOrEqual(70 - SIGNATURE.length - 2);
    }
  });

  it('of a rung stands where that rung would', () => {
    expect(sampleMatter({ rung: 'overdue', offsetWorkingDays: 1, channels: [] }, day)).toMatchObject({
      dueOn: '2021-11-09',
      isOverdue: true,
      daysOverdue: 1,
    });
    expect(sampleMatter({ rung: 'due_soon', offsetWorkingDays: -3, channels: [] }, day)).toMatchObject({
      dueOn: '2021-11-15',
      isOverdue: false,
      daysLeft: 3,
    });
  });

  it('is what the row of a test becomes', () => {
    const row = { kind: 'test', facts: { kind: 'assigned', channels: [] }, deadlineAt: null } as const;
    expect(noticeMatter({ ...row, number: null, ownerName: null }, day)).toMatchObject({
      kind: 'assigned',
      isTest: true,
      number: 'TEST-000001',
    });
  });
});
