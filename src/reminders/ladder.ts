import type { ClockKind } from '../cases/deadlines/clocks.js';
import type { Complexity } from '../cases/lifecycle/states.js';
import type { Channel } from '../notifications/channel.js';

/** Whom a rung reminds. */
export const RECIPIENT_ROLES = [
  'official',
  'liaison',
  'head',
  'paired_leader',
  'task_force',
  /** The co-handling unit's official; where it named none, its liaison. */
  'co_handler',
  /** Who took the verification; as long as nobody has, the task force. */
  'verifier',
] as const;
export type RecipientRole = (typeof RECIPIENT_ROLES)[number];

/** A rung of the ladder: data, not code. */
export interface Rung {
  code: string;
  clock: ClockKind;
  /** Working days from the deadline's day; negative is before it. */
  offsetWorkingDays: number;
  recipients: RecipientRole[];
  channels: Channel[];
}

/** What a ladder can be for: all deadlines, or those of assignments of one complexity. */
export const DEADLINE_CLASSES = ['default', 'simple', 'general', 'complex'] as const satisfies ReadonlyArray<
  'default' | Complexity
>;
export type DeadlineClass = (typeof DEADLINE_CLASSES)[number];

/** One version of the ladder of a class, as it was edited; without rungs: that class climbs the default again. */
export interface Ladder {
  version: number;
  appliesTo: DeadlineClass;
  rungs: readonly Rung[];
}

const BOTH: Channel[] = ['email', 'sms'];

/** The ladder of the domain page, with which the product starts. */
export const DEFAULT_RUNGS: readonly Rung[] = [
  { code: 'due_soon', clock: 'handle', offsetWorkingDays: -3, recipients: ['official'], channels: BOTH },
  {
    code: 'due_today',
    clock: 'handle',
    offsetWorkingDays: 0,
    recipients: ['official', 'liaison'],
    channels: BOTH,
  },
  {
    code: 'overdue',
    clock: 'handle',
    offsetWorkingDays: 1,
    recipients: ['official', 'liaison', 'paired_leader'],
    channels: BOTH,
  },
  {
    code: 'supervise',
    clock: 'handle',
    offsetWorkingDays: 5,
    recipients: ['head', 'task_force'],
    channels: BOTH,
  },
  {
    code: 'escalate',
    clock: 'handle',
    offsetWorkingDays: 10,
    recipients: ['paired_leader', 'head', 'task_force'],
    channels: BOTH,
  },
  { code: 'expose', clock: 'handle', offsetWorkingDays: 15, recipients: ['task_force'], channels: ['email'] },
  {
    code: 'assign_overdue',
    clock: 'assign',
    offsetWorkingDays: 1,
    recipients: ['task_force'],
    channels: BOTH,
  },
  {
    code: 'sign_overdue',
    clock: 'sign',
    offsetWorkingDays: 1,
    recipients: ['liaison', 'head'],
    channels: BOTH,
  },
  {
    code: 'co_handle_overdue',
    clock: 'co_handle',
    offsetWorkingDays: 1,
    recipients: ['co_handler'],
    channels: BOTH,
  },
  { code: 'verify_overdue', clock: 'verify', offsetWorkingDays: 1, recipients: ['verifier'], channels: BOTH },
];
