import { type Chosen, chosen, firstPlaces } from './chosen.js';
import { COUNTY_LED } from '../table/listed-rows.js';
import type { WeeklyRow, WeeklyTable } from '../table/weekly-table.js';

/** Who of a poor field is first has not done well for that. */
export const LEAST_SCORE = 60;
const MOST_PLACES = 3;
const MOST_NUMBERS = 2;

export type Ranked = WeeklyRow & { score: number; rank: number };

const isRanked = (row: WeeklyRow): row is Ranked => row.score !== null && row.rank !== null;

/** The row that stands for all counties together is nobody who could be praised or blamed. */
export const isSomebody = ({ key }: WeeklyRow): boolean => key !== COUNTY_LED.key;

const isBelow = (rate: number | null, city: number | null): boolean =>
  rate !== null && city !== null && rate < city;

/**
 * 工作较好: the first three places by rank, but never past the better half of the places; of them those with 60 points
 * and more whose closure rate is not below the city's. Equal ranks are chosen together.
 */
export function commended({ rows, total }: WeeklyTable): Chosen<Ranked> {
  const ranked = rows
    .filter(isSomebody)
    .filter(isRanked)
    .toSorted((one, other) => one.rank - other.rank);
  const places = new Set(ranked.map(({ rank }) => rank)).size;
  const first = firstPlaces(ranked, Math.min(MOST_PLACES, Math.floor(places / 2)), ({ rank }) => rank);
  return chosen(
    first.filter(
      ({ score, closureRate }) => score >= LEAST_SCORE && !isBelow(closureRate, total.closureRate),
    ),
  );
}

/** Who closed most in the week: one at least, the two largest numbers. */
export function closedMost({ rows }: WeeklyTable): Chosen<WeeklyRow> {
  const closing = rows
    .filter((row) => isSomebody(row) && row.resolved > 0)
    .toSorted((one, other) => other.resolved - one.resolved);
  return chosen(firstPlaces(closing, MOST_NUMBERS, ({ resolved }) => resolved));
}
