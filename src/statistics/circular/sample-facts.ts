import type { CircularFacts, OverdueLine, SubjectFacts } from './circular-facts.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { parseWeek } from '../week.js';
import type { WeeklyColumns } from '../table/columns.js';
import type { WeeklyRow, WeeklyTable } from '../table/weekly-table.js';
import { MOST_CORRECTIONS_LISTED, MOST_OVERDUE_LISTED } from './template-values.js';

const NONE: WeeklyColumns = {
  opening: 0,
  assigned: 0,
  reopened: 0,
  transferredIn: 0,
  transferredOut: 0,
  resolved: 0,
  explained: 0,
  unstated: 0,
  netResolved: 0,
  terminated: 0,
  closing: 0,
  onHold: 0,
  overdue: 0,
  longestOverdueWorkingDays: 0,
  cumulativeAssigned: 0,
  cumulativeResolved: 0,
  cumulativeClosures: 0,
  closureRate: null,
  onTimeRate: null,
  meanHandlingWorkingDays: null,
  acknowledgedInTimeRate: null,
  sentBack: 0,
  extended: 0,
  satisfactionRate: null,
  score: null,
  rank: null,
  rankChange: null,
};

const BUSY: WeeklyColumns = {
  ...NONE,
  opening: 60,
  assigned: 8,
  resolved: 6,
  netResolved: 5,
  explained: 6,
  closing: 62,
  onHold: 2,
  overdue: MOST_OVERDUE_LISTED + 1,
  longestOverdueWorkingDays: 34,
  cumulativeAssigned: 83,
  cumulativeResolved: 21,
  cumulativeClosures: 23,
  closureRate: 0.253,
  onTimeRate: 0.5,
  meanHandlingWorkingDays: 10.5,
  sentBack: 1,
  score: 72.5,
  rank: 1,
};

const row = (key: string, name: string, columns: WeeklyColumns): WeeklyRow => ({ key, name, ...columns });
const tableOf = (columns: WeeklyColumns, name: string): WeeklyTable => ({
  rows: [
    row('1', name, columns),
    row('2', `${name}二`, {
      ...columns,
      rank: columns.rank === null ? null : 2,
      closureRate: columns.closureRate && 0.1,
    }),
  ],
  total: columns,
});

const LATE: OverdueLine = {
  number: 'AK-2021-000123',
  enterprise: '示例企业',
  unitName: '汉滨区',
  department: '市工信局',
  official: '张三',
  dueOn: '2021-09-18',
  overdueWorkingDays: 34,
};

const busy: SubjectFacts = {
  byUnit: tableOf(BUSY, '汉滨区'),
  byLead: tableOf(BUSY, '市工信局'),
  before: BUSY,
  overdue: { lines: [LATE, { ...LATE, enterprise: '示例企业二' }], isWhole: true },
  ahead: { due: 3, verifying: 2, holdsToReview: 1 },
};
const idle: SubjectFacts = {
  byUnit: tableOf(NONE, '汉滨区'),
  byLead: tableOf(NONE, '市工信局'),
  before: null,
  overdue: { lines: [], isWhole: true },
  ahead: { due: 0, verifying: 0, holdsToReview: 0 },
};

/** A week in which something stands in each list, so that every part of a template is filled in. */
export const FULL_SAMPLE: CircularFacts = {
  week: parseWeek('2021-W44'),
  knownUntil: '2021-11-08 09:00',
  isProvisional: true,
  office: '专班办公室',
  issue: { number: 12, issuedOn: '2021-11-08', approvedBy: '王主任', copiesTo: ['市政府办公室'] },
  publishedIn: null,
  subjects: { case: busy, problem: busy },
  corrections: Array.from({ length: MOST_CORRECTIONS_LISTED + 1 }, () => ({
    week: '2021-W43',
    subject: 'case' as SubjectKind,
    key: '610902',
    name: '汉滨区',
    column: 'resolved' as const,
    was: 5,
    now: 6,
  })),
};

/** A week in which nothing happened, so that every part that says so is. */
export const EMPTY_SAMPLE: CircularFacts = {
  ...FULL_SAMPLE,
  isProvisional: false,
  issue: null,
  subjects: { case: idle, problem: idle },
  corrections: [],
};
