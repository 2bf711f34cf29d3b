import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { By } from '../table/groupings.js';
import type { WeeklyTable } from '../table/weekly-table.js';
import type { Correction } from './corrections.js';

/** `prepared`: waits for approval; `published`: frozen; `withdrawn`: published or prepared, and taken back. */
export const ISSUE_STATES = ['prepared', 'published', 'withdrawn'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

/** One of the tables of an issue. */
export interface IssuedTable extends WeeklyTable {
  subject: SubjectKind;
  by: By;
}

/** What its figures were computed with, beside the events themselves. */
export interface IssueParameters {
  /** Of the weights of the score. */
  scoreVersion: number;
  /** The working-day calendar as it was known at `asOf`. */
  calendar: {
    /** RFC 3339: when its newest day was loaded. */
    loadedAt: string | null;
    confirmedUntil: string;
    /** Of all days that it states. */
    sha256: string;
  };
  /** How its tables are cut. */
  groupings: Array<{ subject: SubjectKind; by: By }>;
}

/** A file as it was issued. */
export interface IssueFile {
  format: string;
  /** Of a format that has a file for each table. */
  subject?: SubjectKind;
  by?: By;
  name: string;
  mediaType: string;
  /** Hex: under which the file store has it. */
  sha256: string;
  /** Bytes. */
  size: number;
}

/** What an issue says. Its files are a function of it. */
export interface IssueContent {
  week: string;
  /** Of the week, and of the number. */
  year: number;
  number: number;
  /** RFC 3339. */
  asOf: string;
  parameters: IssueParameters;
  tables: IssuedTable[];
  /** What was learnt of weeks that had been published before. */
  corrections: Correction[];
  /** Number of the withdrawn issue in whose place it stands. */
  replacesNumber: number | null;
}

/** The year by which issues are numbered: that of the week, whenever it is published. */
export const yearOf = (week: string): number => Number(week.slice(0, 4));
