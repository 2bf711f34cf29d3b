import type { NoticeFacts } from '../../notifications/notices/notice-facts.js';
import type { Matter } from '../reminder-facts.js';
import { type OnThisDay, sampleMatter } from './sample-matter.js';

/** A notice as the database has it when its message is written. */
export type NoticeRow = {
  [Kind in keyof NoticeFacts]: {
    kind: Kind;
    facts: NoticeFacts[Kind];
    deadlineAt: Date | null;
    /** Of the case or problem, the enterprise or project, or the department; `null` where there is none. */
    number: string | null;
    ownerName: string | null;
  };
}[keyof NoticeFacts];

/** What a message says of one notice. */
export function noticeMatter(row: NoticeRow, day: OnThisDay): Matter {
  if (row.kind === 'test') return sampleMatter(row.facts, day);
  const { deadlineAt } = row;
  return { ...row, ...nameOf(row), dueOn: deadlineAt === null ? null : day.office.dateOf(deadlineAt) };
}

/** What is about no case or problem is known by its week or month, and by whom it is about. */
function nameOf(row: NoticeRow): { number: string; ownerName: string } {
  const ownerName = row.ownerName ?? '';
  switch (row.kind) {
    case 'weekly_published':
    case 'issue_prepared':
    case 'weekly_issue':
      return { number: row.facts.week, ownerName };
    case 'candidates_waiting':
      return { number: row.facts.week, ownerName };
    case 'production_report_due':
      return { number: row.facts.month, ownerName: row.facts.unitName };
    case 'figures_due':
    case 'figure_query':
      return { number: row.facts.month, ownerName };
    default:
      return { number: row.number ?? '', ownerName };
  }
}
