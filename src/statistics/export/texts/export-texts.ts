import type { DistressType, SubjectKind } from '../../../cases/lifecycle/states.js';
import type { Locale } from '../../../platform/errors/message-text.js';
import type { WeeklyColumns } from '../../table/columns.js';
import type { PeriodAnswer } from '../../weekly-answer.js';
import type { By } from '../../table/groupings.js';
import type { Band } from '../columns.js';
import type { FileParts } from '../file-name.js';
import type { CampaignFigures } from '../../../production/campaigns/campaign-pace.js';
import type { Milestone } from '../../../production/campaigns/milestones.js';
import type { ProductionStatus } from '../../../production/rules/statuses.js';
import type { OverdueEntry, StandingCount } from '../../tally/standing-lists.js';

type Headings<Names extends PropertyKey> = Record<Names, string>;

/** Everything that an export says in one language. Names of units, people and enterprises stay as they are. */
export interface ExportTexts {
  locale: Locale;
  /** As offices have them; a program without them takes others. */
  fonts: { body: string; heading: string };
  /** Without its ending. */
  fileName: (parts: FileParts) => string;
  /** In the codes of a page's foot. */
  pages: string;
  yes: string;
  no: string;
  total: string;
  /** Rows that are no unit, department or official, by their keys; what is not here is called as it is. */
  rowNames: Partial<Record<By, Readonly<Record<string, string>> | undefined>>;
  /** The row, or the word, of what nobody stated. */
  unstated: string;
  /** A place that is last week's. */
  unchanged: string;
  subjects: Record<SubjectKind, { name: string; unit: string }>;
  /** What makes a row: as a title says it, and above the rows. */
  bys: Record<By, { title: string; heading: string }>;
  states: Record<StandingCount['state'], string>;
  distressTypes: Record<DistressType, string>;
  milestones: Record<Milestone, string>;
  bands: Record<Band, string>;
  /** Broken into lines as a heading stands in a narrow column. */
  columns: Record<keyof WeeklyColumns, { heading: string; meaning: string }>;
  period: (of: Pick<PeriodAnswer, 'period' | 'startOn' | 'lastOn'>) => string;
  knownUntil: (moment: string) => string;
  counted: (unit: string) => string;
  provisional: string;
  weekly: {
    /** Of a sheet; Excel takes 31 characters. */
    sheet: (number: number | undefined, subject: SubjectKind, by: By) => string;
    title: (number: number | undefined, subject: SubjectKind, by: By) => string;
    key: string;
    name: string;
    notes: readonly string[];
  };
  overdue: {
    sheet: (subject: SubjectKind) => string;
    title: (subject: SubjectKind) => string;
    order: string;
    /** The list holds only what its reader may see. */
    inSight: string;
    none: string;
    more: (listed: number) => string;
    ordinal: string;
    headings: Headings<keyof Omit<OverdueEntry, 'subjectId'>>;
  };
  standing: {
    sheet: string;
    title: string;
    none: string;
    headings: Headings<'unitCode' | 'unitName' | 'distressType' | 'total'>;
    /** What figures say of them. */
    production: Record<ProductionStatus, string>;
  };
  targets: {
    sheet: string;
    title: string;
    none: string;
    headings: Headings<
      Exclude<keyof CampaignFigures, 'id' | 'elapsedWorkingDays' | 'totalWorkingDays'> | 'elapsed'
    >;
    isBehind: Record<'true' | 'false', string>;
  };
  corrections: {
    sheet: string;
    title: string;
    none: string;
    headings: Headings<'week' | 'issueNumber' | 'table' | 'row' | 'column' | 'was' | 'now'>;
  };
  charts: {
    sheet: string;
    title: string;
    closureRate: (by: string) => string;
    overdue: (by: string) => string;
  };
  cover: {
    sheet: string;
    title: string;
    facts: Record<
      'period' | 'asOf' | 'isProvisional' | 'calendar' | 'issue' | 'publishedAt' | 'hash' | 'timeZone',
      string
    >;
    confirmedUntil: (on: string) => string;
    notIssued: string;
    issueNumber: (number: number) => string;
    /** Of a file that is no file of the issue itself. */
    publishedAs: (number: number) => string;
    columns: string;
    meaning: string;
  };
}
