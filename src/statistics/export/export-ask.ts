import type { Actor } from '../../access/actor.js';
import type { Locale } from '../../platform/errors/message-text.js';
import type { Cut } from '../statistics.service.js';

/** What csv and json can hold one of; xlsx has all. */
export const EXPORTED_TABLES = ['closure', 'overdue', 'distressed', 'targets'] as const;
export type ExportedTable = (typeof EXPORTED_TABLES)[number];

/** Which week is wanted in which form, and by whom. */
export interface ExportAsk {
  week: string;
  cut: Cut;
  asOf?: Date | undefined;
  table: ExportedTable;
  locale: Locale;
  actor: Actor;
  /** Is kept up to date while the file is written: list rows that are, of those that there are. */
  progress?: { done: number; of: number };
}
