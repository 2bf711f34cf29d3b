import type { PeriodAnswer } from '../../weekly-answer.js';
import { NOTHING_TO_SAY } from '../columns.js';
import { headingOf } from '../headings.js';
import { nameOf } from '../row-name.js';
import { type Correction, TOTAL_KEY } from '../../bulletin/corrections.js';
import type { Words } from '../words.js';
import type { ListTable } from './list-table.js';

/** What earlier issues said, and what is known now. */
export function correctionsList(table: PeriodAnswer, words: Words): ListTable<Correction> {
  const { corrections, subjects, bys, total } = words.texts;
  const { headings } = corrections;
  return {
    sheet: corrections.sheet,
    title: corrections.title,
    subtitle: words.subtitle(table),
    columns: [
      { heading: headings.week, width: 12, isText: true, value: ({ week }) => week },
      { heading: headings.issueNumber, width: 8, isText: false, value: ({ issueNumber }) => issueNumber },
      {
        heading: headings.table,
        width: 20,
        isText: true,
        value: ({ subject, by }) => `${subjects[subject].name}·${bys[by].title}`,
      },
      {
        heading: headings.row,
        width: 24,
        isText: true,
        value: ({ by, ...row }) => (row.key === TOTAL_KEY ? total : nameOf(row, by, words.texts)),
      },
      {
        heading: headings.column,
        width: 24,
        isText: true,
        value: ({ column }) => headingOf(column, words.texts),
      },
      { heading: headings.was, width: 12, isText: false, value: ({ was }) => was ?? NOTHING_TO_SAY },
      { heading: headings.now, width: 12, isText: false, value: ({ now }) => now ?? NOTHING_TO_SAY },
    ],
  };
}
