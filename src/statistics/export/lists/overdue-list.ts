import type { WeeklyAnswer } from '../../weekly-answer.js';
import type { OverdueEntry } from '../weekly-report.js';
import type { Words } from '../words.js';
import type { ListTable } from './list-table.js';

/** Table 3: what is late at the end, one line a case or problem. */
export function overdueList(table: WeeklyAnswer, words: Words, isInSight: boolean): ListTable<OverdueEntry> {
  const { overdue, states, yes, no } = words.texts;
  const { headings } = overdue;
  return {
    sheet: overdue.sheet(table.subject),
    title: overdue.title(table.subject),
    subtitle: words.subtitle(table, overdue.order, ...(isInSight ? [overdue.inSight] : [])),
    columns: [
      { heading: overdue.ordinal, width: 7, isText: false, value: (_, index) => index + 1 },
      { heading: headings.number, width: 18, isText: true, value: ({ number }) => number },
      { heading: headings.enterprise, width: 34, isText: true, value: ({ enterprise }) => enterprise },
      { heading: headings.creditCode, width: 22, isText: true, value: ({ creditCode }) => creditCode ?? '' },
      { heading: headings.unitName, width: 14, isText: true, value: ({ unitName }) => unitName },
      { heading: headings.department, width: 20, isText: true, value: ({ department }) => department },
      { heading: headings.official, width: 12, isText: true, value: ({ official }) => official },
      { heading: headings.state, width: 16, isText: true, value: ({ state }) => states[state] },
      { heading: headings.dueAt, width: 18, isText: true, value: ({ dueAt }) => words.minuteOf(dueAt) },
      {
        heading: headings.overdueWorkingDays,
        width: 12,
        isText: false,
        value: ({ overdueWorkingDays }) => overdueWorkingDays,
      },
      { heading: headings.isOnHold, width: 10, isText: true, value: ({ isOnHold }) => (isOnHold ? yes : no) },
    ],
  };
}
