import { DISTRESS_TYPES } from '../../../cases/lifecycle/states.js';
import { grouped } from '../../grouped.js';
import type { WeeklyAnswer } from '../../weekly-answer.js';
import { STANDING_STATES, type StandingCount } from '../weekly-report.js';
import type { Words } from '../words.js';
import type { ListTable } from './list-table.js';

/** The cases of one unit and kind of distress. */
export type StandingRow = readonly [StandingCount, ...StandingCount[]];

const countIn = (row: StandingRow, state?: StandingCount['state']): number =>
  row.reduce((sum, one) => sum + (state === undefined || one.state === state ? one.count : 0), 0);

/** Table 4: the distressed enterprises on the books, by state. */
export function standingList(table: WeeklyAnswer, words: Words): ListTable<StandingRow> {
  const { standing, distressTypes, states, counted, subjects } = words.texts;
  const { headings } = standing;
  return {
    sheet: standing.sheet,
    title: standing.title,
    subtitle: words.subtitle(table, counted(subjects.case.unit)),
    columns: [
      { heading: headings.unitCode, width: 14, isText: true, value: ([{ unitCode }]) => unitCode },
      { heading: headings.unitName, width: 18, isText: true, value: ([{ unitName }]) => unitName },
      {
        heading: headings.distressType,
        width: 16,
        isText: true,
        value: ([{ distressType }]) => distressTypes[distressType],
      },
      ...STANDING_STATES.map((state) => ({
        heading: states[state],
        width: 14,
        isText: false,
        isSummed: true as const,
        value: (row: StandingRow) => countIn(row, state),
      })),
      { heading: headings.total, width: 12, isText: false, isSummed: true, value: (row) => countIn(row) },
    ],
  };
}

/** A row for each unit and kind of distress of which there are any, by code. */
export function standingRows(counts: readonly StandingCount[]): StandingRow[] {
  const place = ({ unitCode, distressType }: StandingCount): string =>
    `${unitCode} ${DISTRESS_TYPES.indexOf(distressType)}`;
  const rows = [...grouped(counts, place)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return rows.flatMap(([, [first, ...others]]) => (first === undefined ? [] : [[first, ...others] as const]));
}
