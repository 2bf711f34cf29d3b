import type { ClockKind } from '../cases/deadlines/clocks.js';

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
}

/** What a message says: of one reminder all, of more how many there are and the first of them. */
export interface Digest {
  count: number;
  overdue: number;
  /** Calendar date of the earliest deadline, office time. */
  earliestOn: string;
  /** By deadline, the earliest first; at most {@link MOST_SHOWN}. */
  first: readonly [CountedFacts, ...CountedFacts[]];
}

/** A longer list is no help in a mail; the rest is on the platform. */
export const MOST_SHOWN = 200;

/** What all the reminders of one message share. */
export interface Occasion {
  /** Calendar date of sending. */
  today: string;
  /** Day by which superiors want an answer: three working days from today. */
  answerBy: string;
}
