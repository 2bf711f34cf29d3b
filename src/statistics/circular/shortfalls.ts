import { type Chosen, chosen, firstPlaces } from './chosen.js';
import { isSomebody } from './done-well.js';
import { FEWEST_TO_RANK } from '../table/ranking.js';
import type { WeeklyRow, WeeklyTable } from '../table/weekly-table.js';

const MOST_PLACES = 3;

export type Rated = WeeklyRow & { closureRate: number };

/**
 * The lowest closure rates, three places: of those with enough on their books to be ranked, only who is below the
 * city. Where all are equal nobody is.
 */
export function lowestClosureRates({ rows, total }: WeeklyTable): Chosen<Rated> {
  const city = total.closureRate;
  if (city === null) return chosen<Rated>([]);
  const below = rows
    .filter(isSomebody)
    .filter((row): row is Rated => row.closureRate !== null && row.closureRate < city)
    .filter(({ cumulativeAssigned }) => cumulativeAssigned >= FEWEST_TO_RANK)
    .toSorted((one, other) => one.closureRate - other.closureRate);
  return chosen(firstPlaces(below, MOST_PLACES, ({ closureRate }) => closureRate));
}

/** Whose closures were sent back in the week, the most first; counties together are a row like any other here. */
export const sentBackTo = ({ rows }: WeeklyTable): Chosen<WeeklyRow> =>
  chosen(rows.filter(({ sentBack }) => sentBack > 0).toSorted((one, other) => other.sentBack - one.sentBack));
