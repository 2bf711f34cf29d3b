import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { Locale } from '../../platform/errors/message-text.js';
import type { Chosen } from './chosen.js';
import type { IssueFacts, OverdueLine } from './circular-facts.js';
import type { Comparison } from './comparison.js';
import type { Ranked } from './done-well.js';
import type { Rated } from './shortfalls.js';
import type { WeeklyColumns } from '../table/columns.js';
import type { WeeklyRow } from '../table/weekly-table.js';
import type { Week } from '../week.js';

/** Which table a sentence tells of. */
export type Rows = 'units' | 'departments';

/** A number with what it counts; sentences name only those above zero. */
export interface Tally {
  column: keyof WeeklyColumns;
  count: number;
}

/**
 * How one language says it. What is said, and what is left out because it would not be true, is decided once for all
 * languages in `sentences.ts`.
 */
export interface Phrases {
  locale: Locale;
  paragraph(sentences: readonly string[]): string;
  /** @param publishedIn number of the issue in which the week of a draft was published */
  issueLine(issue: IssueFacts | null, publishedIn: number | null): string;
  date(on: string): string;
  weekLine(week: Week): string;
  knownLine(knownUntil: string): string;
  provisional: string;
  subject: Record<SubjectKind, string>;
  table: Record<Rows, string>;
  /** The row of what counties lead; other names are as they were entered. */
  countyLed: string;
  /** @param isWhole the list is of all, not only of what its reader may see */
  andMore(shown: number, all: number, subject: SubjectKind, isWhole: boolean): string;
  copies(offices: readonly string[]): string;

  neverAssigned(until: string, subject: SubjectKind): string;
  allTerminated(until: string, subject: SubjectKind, assigned: number): string;
  cumulative(until: string, subject: SubjectKind, total: WeeklyColumns & { closureRate: number }): string;
  nothingOnBooks(subject: SubjectKind): string;
  /** @param longest of the overdue, in working days; 0: less than one */
  onBooks(subject: SubjectKind, closing: number, of: readonly Tally[], longest: number): string;
  until(week: Week, knownUntil: string | null): string;
  /** @param flows those above zero; without one nothing happened */
  flow(subject: SubjectKind, flows: readonly Tally[], outcomes: readonly Tally[]): string;
  /** Gross and net side by side, where something that was closed in the week has been reopened. */
  netOfWeek(subject: SubjectKind, gross: number, net: number): string;
  /** The same to date. */
  netToDate(subject: SubjectKind, gross: number, net: number): string;
  meanHandling(subject: SubjectKind, workingDays: number): string;
  nothingBefore(subject: SubjectKind): string;
  compared(subject: SubjectKind, comparison: Comparison, isWhole: boolean): string;

  commended(of: Rows, rows: Chosen<Ranked>): string;
  closedMost(of: Rows, rows: Chosen<WeeklyRow>): string;
  nobodyCommended: string;

  noneOverdue(subject: SubjectKind): string;
  longestOverdue(subject: SubjectKind, lines: Chosen<OverdueLine>, isWhole: boolean): string;
  overdue(subject: SubjectKind, count: number): string;
  lowestRates(of: Rows, city: number, rows: Chosen<Rated>): string;
  sentBack(subject: SubjectKind, count: number, rows: Chosen<WeeklyRow>): string;
  noneSentBack(subject: SubjectKind): string;

  due(week: Week, subject: SubjectKind, count: number): string;
  noneDue(week: Week, subject: SubjectKind): string;
  verifying(subject: SubjectKind, count: number): string;
  holdsToReview(week: Week, subject: SubjectKind, count: number): string;
  stillOverdue(subject: SubjectKind, count: number): string;
}
