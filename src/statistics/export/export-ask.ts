import type { Actor } from '../../access/actor.js';
import type { Locale } from '../../platform/errors/message-text.js';
import type { Cut } from '../statistics.service.js';

/** What csv and json can hold one of; xlsx has all. */
export const EXPORTED_TABLES = ['closure', 'overdue', 'distressed', 'targets'] as const;
export type ExportedTable = (typeof EXPORTED_TABLES)[number];

/** Which period is wanted, and by whom. */
export interface ExportAsk {
  /** `2021-W44`; where it need not be a week: `2021-10`, `2021-Q4`, `2021`, `2021-W40..2021-W44`. */
  period: string;
  isWeek: boolean;
  cut: Cut;
  asOf?: Date | undefined;
  table: ExportedTable;
  locale: Locale;
  actor: Actor;
  /** Is kept up to date while the file is written: list rows that are, of those that there are. */
  progress?: { done: number; of: number };
}
