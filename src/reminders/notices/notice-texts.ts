import type { CountedNotice } from '../reminder-facts.js';
import { metricName } from './metric-names.js';
import { percent } from './percent.js';

/** How an e-mail says notices in one language. */
export interface NoticeTexts {
  name: Record<CountedNotice['kind'], string>;
  state(notice: CountedNotice): string;
  /** Before the name of what is only a sample. */
  test: string;
  testNote: string;
}

const NO_RATE = '—';
const rate = (share: number | null): string => (share === null ? NO_RATE : `${percent(share)}%`);

const issueNumber = ({ year, number }: { year: number; number: number }): string => `${year}年第${number}期`;

export const CHINESE_NOTICES: NoticeTexts = {
  name: {
    assigned: '交办',
    co_handling: '配合办理',
    sent_back: '退回重办',
    extension_decided: '延期批复',
    weekly_published: '周通报',
    production_report_due: '月度生产情况填报',
    issue_prepared: '通报待审签',
    weekly_issue: '通报',
    figures_due: '生产数据报送',
    figure_query: '数据核实',
    follow_up_due: '销号回访',
    relapse_proposed: '反弹预警',
    candidates_waiting: '研判线索',
  },
  state(notice) {
    switch (notice.kind) {
      case 'assigned':
        return `请于${notice.facts.acknowledgeOn}前签收`;
      case 'co_handling':
        return '请于时限前反馈配合意见';
      case 'sent_back':
        return '核查未达销号条件，请重新办理';
      case 'extension_decided':
        return notice.facts.decision === 'approved' ? '已同意，按新时限办理' : '未同意，时限不变';
      case 'weekly_published': {
        const { assigned, closureRate, overdue } = notice.facts;
        return `累计交办${assigned}件，销号率${rate(closureRate)}，超期${overdue}件`;
      }
      case 'issue_prepared':
        return `${issueNumber(notice.facts)}已编制，请审核后发布`;
      case 'weekly_issue':
        return [
          issueNumber(notice.facts),
          ...(notice.facts.replacesNumber === null ? [] : [`替代第${notice.facts.replacesNumber}期`]),
          ...notice.facts.attached.map(({ name }) => `附件：${name}`),
          ...notice.facts.linked.map(({ name }) => `附件较大，请登录平台下载：${name}`),
        ].join('；');
      case 'figures_due':
        return notice.facts.isLastCall
          ? '至今未报送，请于时限前报送；停产减产请一并说明'
          : '请于时限前报送；停产减产请一并说明';
      case 'figure_query':
        return `请核实${metricName(notice.facts.metric, 'zh-CN')}是否属实，属实请确认，有误请更正`;
      case 'follow_up_due': {
        const { days, isSecond } = notice.facts;
        return `销号满${days}日，请上门回访并登记${isSecond ? '（第二次提醒）' : ''}`;
      }
      case 'relapse_proposed':
        return `${notice.facts.months.join('、')}产值再次偏低，建议重新立案，请研判`;
      case 'candidates_waiting':
        return `${notice.facts.candidates}条线索待研判`;
      default: {
        const { enterprises, withoutContact = 0 } = notice.facts;
        return `${enterprises}户企业未填报${withoutContact > 0 ? `，${withoutContact}户没有联系方式，请补充` : ''}`;
      }
    }
  },
  test: '测试',
  testNote: '标有“测试”的事项是应您要求发送的样例，编号和企业均为虚构，无需办理。',
};

export const ENGLISH_NOTICES: NoticeTexts = {
  name: {
    assigned: 'Assigned',
    co_handling: 'Co-handling',
    sent_back: 'Sent back',
    extension_decided: 'Extension decided',
    weekly_published: 'Weekly circular',
    production_report_due: 'Monthly production report',
    issue_prepared: 'Bulletin to be approved',
    weekly_issue: 'Bulletin',
    figures_due: 'Production figures due',
    figure_query: 'Question about a figure',
    follow_up_due: 'Follow-up after closure',
    relapse_proposed: 'Relapse',
    candidates_waiting: 'Candidates',
  },
  state(notice) {
    switch (notice.kind) {
      case 'assigned':
        return `to be signed for by ${notice.facts.acknowledgeOn}`;
      case 'co_handling':
        return 'your opinion is awaited';
      case 'sent_back':
        return 'not fit to be closed; to be worked on again';
      case 'extension_decided':
        return notice.facts.decision === 'approved'
          ? 'granted, with a new deadline'
          : 'refused, the deadline stays';
      case 'weekly_published': {
        const { assigned, closureRate, overdue } = notice.facts;
        return `${assigned} assigned so far, closure rate ${rate(closureRate)}, ${overdue} overdue`;
      }
      case 'issue_prepared':
        return `No. ${notice.facts.number} of ${notice.facts.year} waits for approval`;
      case 'weekly_issue':
        return [
          `No. ${notice.facts.number} of ${notice.facts.year}`,
          ...(notice.facts.replacesNumber === null ? [] : [`in place of No. ${notice.facts.replacesNumber}`]),
          ...notice.facts.attached.map(({ name }) => `attached: ${name}`),
          ...notice.facts.linked.map(({ name }) => `too large for a mail, to be fetched: ${name}`),
        ].join('; ');
      case 'figures_due':
        return notice.facts.isLastCall
          ? 'still not reported; say if production has stopped or fallen'
          : 'to be reported; say if production has stopped or fallen';
      case 'figure_query':
        return `please confirm or correct: ${metricName(notice.facts.metric, 'en')}`;
      case 'follow_up_due': {
        const { days, isSecond } = notice.facts;
        return `${days} days after closure: visit and record it${isSecond ? ' (second reminder)' : ''}`;
      }
      case 'relapse_proposed':
        return `output low again in ${notice.facts.months.join(', ')}: reopening is proposed`;
      case 'candidates_waiting':
        return notice.facts.candidates === 1
          ? '1 candidate waits for a decision'
          : `${notice.facts.candidates} candidates wait for a decision`;
      default: {
        const { enterprises, withoutContact = 0 } = notice.facts;
        const unknown =
          enterprises === 1
            ? 'nothing is known of 1 enterprise'
            : `nothing is known of ${enterprises} enterprises`;
        return withoutContact > 0 ? `${unknown}; ${withoutContact} without a contact to ask` : unknown;
      }
    }
  },
  test: 'Test',
  testNote: 'What is marked as a test is a sample that you asked for: number and enterprise do not exist.',
};
