import { milestoneTurns } from '../../src/production/rules/milestones.js';
import type { ProductionParameters } from '../../src/production/rules/parameters.js';
import { relapse } from '../../src/production/rules/relapse.js';
import type { ProductionMilestone } from '../../src/production/rules/statuses.js';
import { knownSeries } from './known-series.js';
import type { Episode } from './lives.js';
import { MONTHS, months, nameOf, numberOf } from './months.js';
import { NO_BASELINE_GIVEN, type Played, stopsOf } from './play.js';

/** What came of a case that people opened when distress was found, and closed when its milestone was told. */
export interface RecoveryPlayed {
  of: Played;
  episode: Episode;
  /** The last month that was known when the case was opened. */
  sinceMonth: number;
  /** Months in which each milestone was first told, and of which. */
  told: ReadonlyMap<ProductionMilestone, { in: number; of: number }>;
  /** The month at whose end the case was closed, and that in which its relapse was told. */
  closedIn: number | null;
  relapseIn: number | null;
}

/** As the office would: one case for the first episode that is found. */
export function playRecovery(one: Played, parameters: ProductionParameters): RecoveryPlayed | null {
  const { life, reports, flaggedIn } = one;
  const [episode] = life.episodes;
  if (episode === undefined) return null;
  const found = months(episode.from, episode.to)
    .flatMap((month) => flaggedIn.get(month) ?? [])
    .toSorted((first, second) => first - second)[0];
  if (found === undefined) return null;

  const stops = stopsOf(one);
  const sinceMonth = found - 1;
  const told = new Map<ProductionMilestone, { in: number; of: number }>();
  let closedIn: number | null = null;
  let relapseIn: number | null = null;
  for (const now of months(found, MONTHS)) {
    const series = knownSeries(reports, now);
    const turns = milestoneTurns(series, stops, NO_BASELINE_GIVEN, nameOf(sinceMonth), parameters);
    for (const { milestone, turn, month } of turns)
      if (turn === 'reached' && !told.has(milestone)) told.set(milestone, { in: now, of: numberOf(month) });
    if (closedIn === null && told.has(parameters.closureMilestone)) closedIn = now;
    else if (closedIn !== null && relapseIn === null) {
      const closed = { sinceMonth: nameOf(sinceMonth), closedMonth: nameOf(closedIn) };
      if (relapse(series, stops, NO_BASELINE_GIVEN, closed, parameters) !== null) relapseIn = now;
    }
  }
  return { of: one, episode, sinceMonth, told, closedIn, relapseIn };
}
