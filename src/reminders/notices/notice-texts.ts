import type { CountedNotice } from '../reminder-facts.js';
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
      default:
        return `${notice.facts.enterprises}户企业未填报`;
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
      default:
        return notice.facts.enterprises === 1
          ? 'nothing is known of 1 enterprise'
          : `nothing is known of ${notice.facts.enterprises} enterprises`;
    }
  },
  test: 'Test',
  testNote: 'What is marked as a test is a sample that you asked for: number and enterprise do not exist.',
};
