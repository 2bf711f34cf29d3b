import type { SubjectKind } from '../cases/lifecycle/states.js';
import type { By } from './table/groupings.js';
import type { WeeklyTable } from './table/weekly-table.js';

/** Names a published issue of the bulletin. */
export interface IssueReference {
  /** Within the year of its week. */
  number: number;
  /** SHA-256 over all that it says, hex. */
  hash: string;
  /** RFC 3339. */
  publishedAt: string;
}

/** A weekly table with what it is a table of: as it is answered and as exports are made from it. */
export interface WeeklyAnswer extends WeeklyTable {
  week: string;
  subject: SubjectKind;
  by: By;
  /** RFC 3339: what was recorded before it is in the table. */
  asOf: string;
  /** The week had not ended at `asOf`. */
  isProvisional: boolean;
  /** The issue in which the week stands published, whatever `asOf` is. */
  issue: IssueReference | null;
}
