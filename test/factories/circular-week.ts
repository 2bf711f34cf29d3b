import type {
  CircularFacts,
  OverdueLine,
  SubjectFacts,
} from '../../src/statistics/circular/circular-facts.js';
import { EMPTY_SAMPLE } from '../../src/statistics/circular/sample-facts.js';
import type { WeeklyColumns } from '../../src/statistics/table/columns.js';
import type { WeeklyRow, WeeklyTable } from '../../src/statistics/table/weekly-table.js';

/** A row of zeros but for what is said of it. */
export const row = (key: string, figures: Partial<WeeklyColumns> = {}): WeeklyRow => ({
  ...EMPTY_SAMPLE.subjects.case.byUnit.total,
  key,
  name: key,
  ...figures,
});

export const weekTable = (total: Partial<WeeklyColumns>, rows: readonly WeeklyRow[] = []): WeeklyTable => {
  const { key: _key, name: _name, ...columns } = row('total', total);
  return { rows: [...rows], total: columns };
};

export const late = (enterprise: string, overdueWorkingDays: number): OverdueLine => ({
  number: 'AK-2021-000001',
  enterprise,
  unitName: '汉滨区',
  department: '市工信局',
  official: '张三',
  dueOn: '2021-10-29',
  overdueWorkingDays,
});

interface Told extends Partial<Omit<SubjectFacts, 'byUnit' | 'byLead' | 'overdue'>> {
  total?: Partial<WeeklyColumns>;
  overdue?: readonly OverdueLine[];
  units?: readonly WeeklyRow[];
  departments?: readonly WeeklyRow[];
}

const subject = ({ total = {}, units, departments, overdue = [], ...rest }: Told): SubjectFacts => ({
  before: null,
  overdue: { lines: overdue, isWhole: true },
  ahead: { due: 0, verifying: 0, holdsToReview: 0 },
  ...rest,
  byUnit: weekTable(total, units),
  byLead: weekTable(total, departments),
});

/** The week of 1 to 7 November 2021 in which nothing happened, but for what is said of it. */
export const factsOf = (
  { cases = {}, problems = {} }: { cases?: Told; problems?: Told },
  more: Partial<CircularFacts> = {},
): CircularFacts => ({
  ...EMPTY_SAMPLE,
  subjects: { case: subject(cases), problem: subject(problems) },
  ...more,
});
