import type { ClockKind } from '../cases/deadlines/clocks.js';
import type { Status } from '../cases/lifecycle/states.js';
import type { Channel } from '../notifications/channel.js';
import type { DeliveryStatus } from '../notifications/delivery.entity.js';
import type { RungFate, StopReason } from './explain-clock.js';
import type { RecipientRole } from './ladder.js';

/** How an explanation says it in one language. */
export interface ExplanationTexts {
  status: Record<Status, string>;
  clock: Record<ClockKind, string>;
  channel: Record<Channel, string>;
  role: Record<RecipientRole, string>;
  delivery: Record<DeliveryStatus, string>;
  stopped: Record<StopReason, string>;
  /** `by`: the rung that goes or went instead. */
  fate: Record<RungFate, (at: string, by: string) => string>;
  heading(number: string, status: string, at: string): string;
  quietUntil(opensAt: string): string;
  runs(clock: string, deadline: string, version: number, policy: number): string;
  ranUntil(clock: string, deadline: string, version: number, reason: string): string;
  neverRan(clock: string, reason: string): string;
  /** Working days from the deadline. */
  offset(days: number): string;
  goesWith(higher: string): string;
  to(people: string): string;
  noAddress: string;
  emptyDuties(duties: string): string;
  nobody: string;
  comma: string;
}

export const CHINESE_EXPLANATION: ExplanationTexts = {
  status: {
    reported: '已上报',
    assigned: '已交办',
    in_progress: '办理中',
    verifying: '核查中',
    resolved: '已销号',
    on_hold: '挂账',
    rejected: '不予受理',
    terminated: '终止',
  },
  clock: { assign: '交办', sign: '签收', handle: '办理', co_handle: '配合意见', verify: '核查' },
  channel: { email: '邮件', sms: '短信' },
  role: {
    official: '责任人',
    liaison: '联络员',
    head: '局长',
    paired_leader: '包联领导',
    task_force: '专班',
    co_handler: '配合单位',
    verifier: '核查人',
  },
  delivery: {
    pending: '待发送',
    sending: '发送中',
    sent: '已发送',
    delivered: '已送达',
    failed: '发送失败',
    suppressed: '未发送',
    unknown: '结果不明',
  },
  stopped: {
    on_hold: '挂账期间停止计时',
    verifying: '核查期间停止计时',
    resolved: '已销号',
    rejected: '不予受理',
    terminated: '已终止',
    not_assigned: '尚未交办',
    returned: '已退回，等待重新交办',
    assigned: '已交办',
    signed: '已签收',
    opinion_given: '已反馈意见',
    no_co_handler: '没有待反馈的配合单位',
    not_requested: '尚未申请销号',
    decided: '核查已有结论',
    deadline_changed: '时限已变更',
    replaced: '已重新交办',
  },
  fate: {
    to_come: (at) => `将于 ${at} 发出`,
    goes_now: () => '已到期，随下一次扫描发出',
    waits_for_opening: (at) => `已到期，现为免打扰时段，${at} 发出`,
    recorded: (at) => `${at} 已到期发出`,
    superseded: (at, by) => `${at} 到期，由更高一级“${by}”代替`,
    clock_stopped: () => '已取消：停止计时',
    not_in_ladder: () => '已取消：现行阶梯中没有这一级',
    past_when_planned: (at) => `未设置：设置时已过 ${at}`,
    outdone: (_at, by) => `未设置：更高一级“${by}”已经发出`,
    being_planned: () => '尚未设置：正在按新阶梯重新安排',
  },
  heading: (number, status, at) => `${number}（${status}），截至 ${at}：`,
  quietUntil: (opensAt) => `现为免打扰时段，${opensAt} 起发送。`,
  runs: (clock, deadline, version, policy) =>
    `${clock}：计时中，时限 ${deadline}（第 ${version} 版），提醒阶梯第 ${policy} 版`,
  ranUntil: (clock, deadline, version, reason) =>
    `${clock}：不计时（${reason}），时限 ${deadline}（第 ${version} 版）`,
  neverRan: (clock, reason) => `${clock}：不计时（${reason}）`,
  offset: (days) => (days === 0 ? '到期当日' : days < 0 ? `提前${-days}个工作日` : `超期${days}个工作日`),
  goesWith: (higher) => `并入更高一级“${higher}”`,
  to: (people) => `对象：${people}`,
  noAddress: '无地址',
  emptyDuties: (duties) => `${duties}空缺，改发专班`,
  nobody: '无人可发',
  comma: '、',
};

export const ENGLISH_EXPLANATION: ExplanationTexts = {
  status: {
    reported: 'reported',
    assigned: 'assigned',
    in_progress: 'in progress',
    verifying: 'being verified',
    resolved: 'struck off',
    on_hold: 'on hold',
    rejected: 'rejected',
    terminated: 'terminated',
  },
  clock: {
    assign: 'Assigning',
    sign: 'Signing for',
    handle: 'Handling',
    co_handle: 'Co-handling opinion',
    verify: 'Verifying',
  },
  channel: { email: 'e-mail', sms: 'SMS' },
  role: {
    official: 'official',
    liaison: 'liaison',
    head: 'department head',
    paired_leader: 'paired leader',
    task_force: 'task force',
    co_handler: 'co-handler',
    verifier: 'verifier',
  },
  delivery: {
    pending: 'to be sent',
    sending: 'being sent',
    sent: 'sent',
    delivered: 'delivered',
    failed: 'failed',
    suppressed: 'not sent',
    unknown: 'outcome unknown',
  },
  stopped: {
    on_hold: 'stopped while on hold',
    verifying: 'stopped while being verified',
    resolved: 'struck off',
    rejected: 'rejected',
    terminated: 'terminated',
    not_assigned: 'not assigned yet',
    returned: 'returned, to be assigned again',
    assigned: 'assigned',
    signed: 'signed for',
    opinion_given: 'the opinion is given',
    no_co_handler: 'no opinion is awaited',
    not_requested: 'closure has not been asked for',
    decided: 'decided',
    deadline_changed: 'the deadline was changed',
    replaced: 'assigned anew',
  },
  fate: {
    to_come: (at) => `goes ${at}`,
    goes_now: () => 'is due, and goes with the next sweep',
    waits_for_opening: (at) => `is due; quiet hours now, goes ${at}`,
    recorded: (at) => `fell due ${at}`,
    superseded: (at, by) => `was due ${at}, superseded by “${by}”`,
    clock_stopped: () => 'cancelled: the clock stopped',
    not_in_ladder: () => 'cancelled: the ladder in force does not have it',
    past_when_planned: (at) => `not armed: ${at} was past already`,
    outdone: (_at, by) => `not armed: “${by}” has gone already`,
    being_planned: () => 'not armed yet: an edit of the ladder is being followed',
  },
  heading: (number, status, at) => `${number} (${status}) at ${at}:`,
  quietUntil: (opensAt) => `Quiet hours now; sending opens ${opensAt}.`,
  runs: (clock, deadline, version, policy) =>
    `${clock}: runs, due ${deadline} (version ${version}), by version ${policy} of the ladders`,
  ranUntil: (clock, deadline, version, reason) =>
    `${clock}: does not run (${reason}), was due ${deadline} (version ${version})`,
  neverRan: (clock, reason) => `${clock}: does not run (${reason})`,
  offset: (days) => (days === 0 ? 'on the day' : `${days > 0 ? '+' : '−'}${Math.abs(days)} working days`),
  goesWith: (higher) => `goes with “${higher}”`,
  to: (people) => `to: ${people}`,
  noAddress: 'no address',
  emptyDuties: (duties) => `nobody is ${duties}: the task force instead`,
  nobody: 'nobody to send it to',
  comma: ', ',
};
