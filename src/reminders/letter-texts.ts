import type { CountedFacts } from './reminder-facts.js';

/** How an e-mail says it in one language. */
export interface LetterTexts {
  language: string;
  greeting(name: string): string;
  rung: Record<string, string>;
  /** Of a rung that has no name here: an edited ladder may have new ones. */
  otherRung: string;
  state(reminder: CountedFacts): string;
  subjectOfOne(rung: string, reminder: CountedFacts): string;
  subjectOfMany(count: number, overdue: number): string;
  intro(count: number): string;
  columns: [number: string, owner: string, rung: string, due: string, state: string];
  more(count: number): string;
  /** Of the link by which the recipient says that it was seen. */
  acknowledge: string;
  link: string;
  closing: string;
}

const days = (count: number): string => (count === 1 ? '1 working day' : `${count} working days`);

export const CHINESE: LetterTexts = {
  language: 'zh-CN',
  greeting: (name) => `${name}，您好：`,
  rung: {
    due_soon: '临期提醒',
    due_today: '到期催办',
    overdue: '红灯提醒',
    supervise: '督办',
    escalate: '提级办理',
    expose: '曝光候选',
    assign_overdue: '交办超时',
    sign_overdue: '签收超时',
    co_handle_overdue: '配合意见超时',
    verify_overdue: '核查超时',
  },
  otherRung: '办理提醒',
  state: ({ isOverdue, daysOverdue, daysLeft }) =>
    isOverdue ? `已超期${daysOverdue}个工作日` : daysLeft === 0 ? '今日到期' : `剩${daysLeft}个工作日`,
  subjectOfOne: (rung, { number, ownerName }) => `【${rung}】${number} ${ownerName}`,
  subjectOfMany: (count, overdue) => `【办理提醒】${count}项需处理，其中超期${overdue}项`,
  intro: (count) => `以下${count}项需您处理：`,
  columns: ['编号', '企业（项目）', '事项', '时限', '状态'],
  more: (count) => `另有${count}项，请登录平台查看。`,
  acknowledge: '已阅，填报预计办结日期（14天内有效，请勿转发）',
  link: '登录纾困平台办理',
  closing: '本邮件由系统自动发送，请勿直接回复。',
};

export const ENGLISH: LetterTexts = {
  language: 'en',
  greeting: (name) => `Dear ${name},`,
  rung: {
    due_soon: 'Due soon',
    due_today: 'Due today',
    overdue: 'Red light: overdue',
    supervise: 'Under supervision',
    escalate: 'Escalated',
    expose: 'Candidate for exposure',
    assign_overdue: 'Not assigned in time',
    sign_overdue: 'Not signed for in time',
    co_handle_overdue: 'Co-handling opinion overdue',
    verify_overdue: 'Not verified in time',
  },
  otherRung: 'Reminder',
  state: ({ isOverdue, daysOverdue, daysLeft }) =>
    isOverdue ? `${days(daysOverdue)} overdue` : daysLeft === 0 ? 'due today' : `${days(daysLeft)} left`,
  subjectOfOne: (rung, { number, ownerName }) => `[${rung}] ${number} ${ownerName}`,
  subjectOfMany: (count, overdue) => `[Reminder] ${count} matters to deal with, ${overdue} of them overdue`,
  intro: (count) =>
    count === 1 ? 'This matter is yours to deal with:' : `These ${count} matters are yours to deal with:`,
  columns: ['Number', 'Enterprise or project', 'Matter', 'Due', 'State'],
  more: (count) => `${count} more are shown on the platform.`,
  acknowledge: 'Seen: say when it will be done (good for 14 days; do not forward)',
  link: 'Open the Shukun platform',
  closing: 'Sent automatically; please do not reply.',
};
