import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { WeeklyColumns } from '../table/columns.js';
import type { WeeklyTable } from '../table/weekly-table.js';
import type { Week } from '../week.js';

/** One that is late at the end of the week. */
export interface OverdueLine {
  number: string;
  enterprise: string;
  unitName: string;
  department: string;
  official: string;
  /** Calendar date in the office time zone. */
  dueOn: string;
  /** Working days after the due day, through the last day of the week. */
  overdueWorkingDays: number;
}

/** Those that are listed; how many there are in all says the table. */
export interface OverdueFacts {
  /** The most overdue first. */
  lines: readonly OverdueLine[];
  /** They are of all; else only of those that the reader may see. */
  isWhole: boolean;
}

/** What the coming week brings, of what is on the books at the end of this one. */
export interface Ahead {
  /** Handling clocks that run and end in it. */
  due: number;
  /** Closures that wait to be verified. */
  verifying: number;
  /** Holds whose review date lies in it. */
  holdsToReview: number;
}

/** The week of the cases, or of the problems. */
export interface SubjectFacts {
  byUnit: WeeklyTable;
  byLead: WeeklyTable;
  /** The city a week earlier, as known at the same moment; `null` where nothing had ever been on the books. */
  before: WeeklyColumns | null;
  overdue: OverdueFacts;
  ahead: Ahead;
}

/** What is known now of an earlier week that was published otherwise. */
export interface CorrectedFigure {
  week: string;
  subject: SubjectKind;
  /** Of the row; `total` is the city. */
  key: string;
  name: string;
  column: keyof WeeklyColumns;
  /** As published. */
  was: number | null;
  now: number | null;
}

/** What a numbered issue says of itself. */
export interface IssueFacts {
  number: number | string;
  issuedOn: string;
  /** `null` until somebody has approved it. */
  approvedBy: string | null;
  copiesTo: readonly string[];
}

/** Everything that a circular 通报 tells, as plain data: the same facts give the same bytes. */
export interface CircularFacts {
  week: Week;
  /** Known until: `2021-11-08 09:00` in the office time zone. */
  knownUntil: string;
  /** The week had not ended then. */
  isProvisional: boolean;
  /** The issuing office 发文机关. */
  office: string;
  /** `null` of a draft that has no number. */
  issue: IssueFacts | null;
  /** Of a draft: number of the issue in which its week stands published all the same. */
  publishedIn: number | null;
  subjects: Readonly<Record<SubjectKind, SubjectFacts>>;
  corrections: readonly CorrectedFigure[];
}
