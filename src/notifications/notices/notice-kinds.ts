import { type Channel, CHANNELS } from '../channel.js';

/** Messages that are no rung of the ladder. */
export const NOTICE_KINDS = [
  /** 交办, also on reassigning and reopening; not for a claim, which is the department's own act. */
  'assigned',
  /** 配合交办: to a co-handling department, whose opinion is awaited. */
  'co_handling',
  /** 退回重办 */
  'sent_back',
  /** 延期批复 */
  'extension_decided',
  /** 周通报已发 */
  'weekly_published',
  /** 月度生产情况填报 */
  'production_report_due',
  /** An issue of the bulletin waits for approval. */
  'issue_prepared',
  /** 通报: an issue of the bulletin, with its files. */
  'weekly_issue',
  /** 生产数据报送: to the contact of an enterprise, of whose month nothing has been heard. */
  'figures_due',
  /** 数据核实: to the same, whether a figure is right. */
  'figure_query',
  /** 销号回访: 30 or 90 days after closure. */
  'follow_up_due',
  /** 反弹: a closed case is proposed for reopening. */
  'relapse_proposed',
  /** Each week, how many candidates wait for a decision. */
  'candidates_waiting',
  /** A sample of another message, to who asked for it. */
  'test',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Whom a notice tells. */
export type NoticeRole =
  | 'official'
  | 'liaison'
  | 'head'
  /** The co-handling unit's official; where it named none, its liaison. */
  | 'co_handler'
  /** One person, who is told beside those whose duty it is; nobody takes the place of who has left. */
  | 'named'
  /** Who asked for it, and no deputy. */
  | 'oneself'
  /** Everyone of the task-force office. */
  | 'task_force'
  /** Whoever is the contact of the enterprise when it is sent, and nobody else in place of one that there is not. */
  | 'contact';

interface NoticeRule {
  roles: readonly NoticeRole[];
  channels: readonly Channel[];
  /** Each person chooses among the channels. Where somebody is made to act, policy leaves no choice. */
  isChosen: boolean;
}

/** Who is told of what, and how: data of the code, unlike the ladder. */
export const NOTICE_RULES: Readonly<Record<NoticeKind, NoticeRule>> = {
  assigned: { roles: ['official', 'liaison'], channels: CHANNELS, isChosen: false },
  co_handling: { roles: ['co_handler'], channels: CHANNELS, isChosen: false },
  sent_back: { roles: ['official', 'liaison'], channels: CHANNELS, isChosen: false },
  extension_decided: { roles: ['official', 'named'], channels: CHANNELS, isChosen: true },
  weekly_published: { roles: ['head', 'liaison'], channels: CHANNELS, isChosen: true },
  production_report_due: { roles: ['liaison'], channels: CHANNELS, isChosen: true },
  issue_prepared: { roles: ['task_force'], channels: ['email'], isChosen: false },
  // To whom the policy of the bulletin names: files go by mail alone.
  weekly_issue: { roles: ['oneself'], channels: ['email'], isChosen: false },
  figures_due: { roles: ['contact'], channels: CHANNELS, isChosen: false },
  figure_query: { roles: ['contact'], channels: CHANNELS, isChosen: false },
  follow_up_due: { roles: ['official', 'liaison'], channels: CHANNELS, isChosen: false },
  relapse_proposed: { roles: ['task_force', 'liaison'], channels: CHANNELS, isChosen: false },
  // A line of the mail that the office gets anyway.
  candidates_waiting: { roles: ['task_force'], channels: ['email'], isChosen: false },
  // By the channels of what it is a sample of.
  test: { roles: ['oneself'], channels: CHANNELS, isChosen: false },
};
