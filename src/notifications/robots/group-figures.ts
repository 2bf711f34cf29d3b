/** What the group is told, counted at one moment: numbers, and the names of units; no person, enterprise or problem. */
export interface GroupFigures {
  /** Calendar date, office time. */
  on: string;
  /** Cases and problems whose deadline is today. */
  dueToday: number;
  overdue: number;
  /** Working days after the deadline's day; 0 when none is overdue. */
  longestOverdue: number;
  /** Of the overdue. */
  overdueFiveDays: number;
  overdueTenDays: number;
  /** Reported or returned, and not assigned in time. */
  assignOverdue: number;
  verifyOverdue: number;
  /** Of the overdue, the most first; at most {@link MOST_NAMED}. */
  byDepartment: ReadonlyArray<{ name: string; overdue: number }>;
  departments: number;
  /** Messages made since then: the working day before. */
  sentSince: string;
  sent: ReadonlyArray<{ channel: 'email' | 'sms'; sent: number; failed: number; unknown: number }>;
  /** Departments that answer for something and lack somebody, at most {@link MOST_NAMED}. */
  vacant: ReadonlyArray<{ name: string; duties: ReadonlyArray<'head' | 'liaison'> }>;
  vacancies: number;
}

export const MOST_NAMED = 8;
