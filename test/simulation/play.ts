import { judge } from '../../src/production/rules/judge.js';
import type { Baseline, Stop } from '../../src/production/rules/month-figures.js';
import type { ProductionParameters } from '../../src/production/rules/parameters.js';
import type { ProductionStatus } from '../../src/production/rules/statuses.js';
import { knownSeries } from './known-series.js';
import { MONTHS, months, nameOf, numberOf, WATCHED_FROM } from './months.js';
import type { SimulatedEnterprise } from './world.js';

export const NO_BASELINE_GIVEN: Baseline = { givenOutput: null };

const DISTRESS: ReadonlySet<ProductionStatus> = new Set([
  'reduced_output',
  'semi_stalled',
  'stalled',
  'suspected',
]);

/** What the rules said at the end of each month, by what had come in by then. */
export interface Played extends SimulatedEnterprise {
  /** By month that is judged: statuses that it was given, in whatever month that was. */
  statuses: ReadonlyMap<number, ReadonlySet<ProductionStatus>>;
  /** By month that is judged: the month at whose end it was first said to be in distress. */
  flaggedIn: ReadonlyMap<number, number>;
}

export const stopsOf = ({ life }: SimulatedEnterprise): Stop[] =>
  life.stops.map(({ kind, from, to }) => ({
    kind,
    fromMonth: nameOf(Math.max(0, from)),
    toMonth: nameOf(to),
  }));

/** Month after month, as figures come in: late ones later, wrong ones until they are put right. */
export function play(enterprise: SimulatedEnterprise, parameters: ProductionParameters): Played {
  const statuses = new Map<number, Set<ProductionStatus>>();
  const flaggedIn = new Map<number, number>();
  const stops = stopsOf(enterprise);
  for (const now of months(WATCHED_FROM + 1, MONTHS)) {
    const series = knownSeries(enterprise.reports, now);
    const judged = judge(series, stops, nameOf(now - 1), parameters);
    for (const { month, status } of judged) {
      const of = numberOf(month);
      if (of < WATCHED_FROM) continue;
      statuses.set(of, (statuses.get(of) ?? new Set()).add(status));
      if (DISTRESS.has(status) && !flaggedIn.has(of)) flaggedIn.set(of, now);
    }
  }
  return { ...enterprise, statuses, flaggedIn };
}
