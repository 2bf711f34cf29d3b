import { PRODUCTION_STATUSES } from '../../../production/rules/statuses.js';
import { DISTRESS_TYPES } from '../../../cases/lifecycle/states.js';
import { grouped } from '../../../platform/grouped.js';
import type { PeriodAnswer } from '../../weekly-answer.js';
import type { StandingCount } from '../../tally/standing-lists.js';
import type { Words } from '../words.js';
import type { ListTable } from './list-table.js';

/** In the order of the lifecycle; returned to be assigned again is on the books all the same. */
const STATES = [
  'assigned',
  'in_progress',
  'verifying',
  'on_hold',
  'returned',
] as const satisfies ReadonlyArray<StandingCount['state']>;

/** The cases of one unit and kind of distress. */
export type StandingRow = readonly [StandingCount, ...StandingCount[]];

const countIn = (row: StandingRow, state?: StandingCount['state']): number =>
  row.reduce((sum, one) => sum + (state === undefined || one.state === state ? one.count : 0), 0);

/** Table 4: the distressed enterprises on the books, by state. */
export function standingList(table: PeriodAnswer, words: Words): ListTable<StandingRow> {
  const { standing, distressTypes, unstated, states, counted, subjects } = words.texts;
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
        value: ([{ distressType }]) => (distressType === null ? unstated : distressTypes[distressType]),
      },
      ...STATES.map((state) => ({
        heading: states[state],
        width: 14,
        isText: false,
        isSummed: true as const,
        value: (row: StandingRow) => countIn(row, state),
      })),
      { heading: headings.total, width: 12, isText: false, isSummed: true, value: (row) => countIn(row) },
      // Beside what was reported of them, what their figures say.
      ...PRODUCTION_STATUSES.map((status) => ({
        heading: standing.production[status],
        width: 12,
        isText: false,
        isSummed: true as const,
        value: (row: StandingRow) =>
          row.reduce((sum, { production, count }) => sum + (production === status ? count : 0), 0),
      })),
    ],
  };
}

/** A row for each unit and kind of distress of which there are any, by code. */
export function standingRows(counts: readonly StandingCount[]): StandingRow[] {
  const place = ({ unitCode, distressType }: StandingCount): string =>
    `${unitCode} ${distressType === null ? DISTRESS_TYPES.length : DISTRESS_TYPES.indexOf(distressType)}`;
  const rows = [...grouped(counts, place)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return rows.flatMap(([, [first, ...others]]) => (first === undefined ? [] : [[first, ...others] as const]));
}
