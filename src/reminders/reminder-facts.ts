import type { ClockKind } from '../cases/deadlines/clocks.js';
import type { NoticeFacts } from '../notifications/notices/notice-facts.js';

/** What a message says of one reminder: no problem text, no contact data. */
export interface ReminderFacts {
  rung: string;
  clock: ClockKind;
  deadlineAt: Date;
  /** Number of the case or problem. */
  number: string;
  /** Of the enterprise, or of the project, that it belongs to. */
  ownerName: string;
}

/** The same, counted on the day of sending. */
export interface CountedFacts extends ReminderFacts {
  /** Calendar date of the deadline, office time. */
  dueOn: string;
  isOverdue: boolean;
  /** Working days after the deadline's day, through today; 0 until then. */
  daysOverdue: number;
  /** Working days after today, through the deadline's day. */
  daysLeft: number;
  /** A sample that somebody sends to himself: what it names does not exist. */
  isTest?: boolean;
}

/** What a message says of one notice, whatever its kind. */
interface NoticeBasics {
  /** Number of the case or problem; of others the week or the month. */
  number: string;
  /** Name of the enterprise, project, department or territory. */
  ownerName: string;
  /** Calendar date by which it is to be dealt with, office time; a published week has none. */
  dueOn: string | null;
  isTest?: boolean;
}

/** Something that is told, and no rung of the ladder: never overdue, for then there is a reminder of it. */
export type CountedNotice = {
  [Kind in Exclude<keyof NoticeFacts, 'test'>]: NoticeBasics & { kind: Kind; facts: NoticeFacts[Kind] };
}[Exclude<keyof NoticeFacts, 'test'>];

/** One line of a message. */
export type Matter = CountedFacts | CountedNotice;

/** What a message says: of one matter all, of more how many there are and the first of them. */
export interface Digest {
  count: number;
  overdue: number;
  /** Calendar date of the earliest deadline, office time; `null` where nothing in it has one. */
  earliestOn: string | null;
  /** By deadline, the earliest first; at most {@link MOST_SHOWN}. */
  first: readonly [Matter, ...Matter[]];
}

/** A longer list is no help in a mail; the rest is on the platform. */
export const MOST_SHOWN = 200;

/** What all that one message says shares. */
export interface Occasion {
  /** Calendar date of sending. */
  today: string;
  /** Day by which superiors want an answer: three working days from today. */
  answerBy: string;
}
