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
  | 'task_force';

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
  // By the channels of what it is a sample of.
  test: { roles: ['oneself'], channels: CHANNELS, isChosen: false },
};
