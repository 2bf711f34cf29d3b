import type { DistressType, SubjectKind } from '../../cases/lifecycle/states.js';
import type { WeeklyColumns } from '../table/columns.js';
import type { By } from '../table/groupings.js';
import type { WeeklyAnswer } from '../weekly-answer.js';

/** States in which a case is on the books; returned to be assigned again is one of its own. */
export const STANDING_STATES = ['assigned', 'in_progress', 'verifying', 'on_hold', 'returned'] as const;
export type StandingState = (typeof STANDING_STATES)[number];

/** How many cases of one unit and kind of distress are in one state at the end. */
export interface StandingCount {
  unitCode: string;
  unitName: string;
  distressType: DistressType;
  state: StandingState;
  count: number;
}

/** A case or problem that is late at the end. */
export interface OverdueEntry {
  number: string;
  subjectId: string;
  enterprise: string;
  creditCode: string | null;
  unitName: string;
  department: string;
  official: string;
  state: StandingState;
  dueAt: Date;
  overdueWorkingDays: number;
  isOnHold: boolean;
}

export const MILESTONES = ['resumed', 'capacity_restored', 'on_target'] as const;
export type Milestone = (typeof MILESTONES)[number];

export interface CampaignFigures {
  name: string;
  milestone: Milestone;
  target: number;
  members: number;
  reached: number;
  startsOn: string;
  finalOn: string;
  elapsedWorkingDays: number;
  totalWorkingDays: number;
  /** By pace: target × elapsed ÷ total. */
  expected: number;
  isBehind: boolean;
}

/** A figure of a published week that is another one today. */
export interface Correction {
  week: string;
  issueNumber: number;
  subject: SubjectKind;
  by: By;
  /** Of the row; `total` is the city. */
  key: string;
  name: string;
  column: keyof WeeklyColumns;
  was: number | null;
  now: number | null;
}

/** The issue of the bulletin that a file belongs to; its own files are made before it is published and has a hash. */
export interface IssueStated {
  number: number;
  hash?: string;
  /** RFC 3339. */
  publishedAt?: string;
}

/** What a week's files are made of, as known at one moment. */
export interface WeeklyReport {
  tables: readonly WeeklyAnswer[];
  standing: readonly StandingCount[];
  /** Most overdue first, a batch at a time; each call begins anew. `null`: they are not for its reader. */
  overdue: ((subject: SubjectKind) => AsyncIterable<readonly OverdueEntry[]>) | null;
  /** The lists hold only what their reader may see, not all that the tables count. */
  isInSight: boolean;
  campaigns: readonly CampaignFigures[];
  corrections?: readonly Correction[];
  issue: IssueStated | null;
  /** The day up to which the State Council's calendar is known. */
  calendarConfirmedUntil: string;
}
