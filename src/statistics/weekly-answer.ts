import type { SubjectKind } from '../cases/lifecycle/states.js';
import type { By } from './table/groupings.js';
import type { WeeklyTable } from './table/weekly-table.js';

/** A table with what it is a table of. */
interface TableAnswer extends WeeklyTable {
  subject: SubjectKind;
  by: By;
  /** RFC 3339: what was recorded before it is in the table. */
  asOf: string;
  /** The period had not ended at `asOf`. */
  isProvisional: boolean;
}

/** Names a published issue of the week's bulletin. */
export interface PublishedIssue {
  /** Within the year of its week. */
  number: number;
  /** SHA-256 over all that it says, hex. */
  hash: string;
  /** RFC 3339. */
  publishedAt: string;
}

/** A weekly table: as it is answered and as exports are made from it. */
export interface WeeklyAnswer extends TableAnswer {
  week: string;
  /** The issue in which the week stood published at the `asOf` that was asked for; without one, stands now. */
  issue: PublishedIssue | null;
}

/** The table of any period. */
export interface PeriodAnswer extends TableAnswer {
  /** `2021-W44`, `2021-10`, `2021-Q4`, `2021`, `2021-W40..2021-W44`. */
  period: string;
  /** Its first and last day. */
  startOn: string;
  lastOn: string;
}
