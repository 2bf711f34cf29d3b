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

/** What all the reminders of one message share. */
export interface Occasion {
  /** Calendar date of sending. */
  today: string;
  /** Day by which superiors want an answer: three working days from today. */
  answerBy: string;
}
