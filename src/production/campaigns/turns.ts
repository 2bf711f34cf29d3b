import type { Baseline, MonthFigures, Stop } from '../rules/month-figures.js';
import { milestoneTurns } from '../rules/milestones.js';
import { isOverCapacity } from '../rules/over-capacity.js';
import type { ProductionParameters } from '../rules/parameters.js';
import type { FigureMilestone } from './milestones.js';

/** That a milestone was reached or lost, in the month `YYYY-MM` whose figures say so. */
export interface Turn {
  milestone: FigureMilestone;
  turn: 'reached' | 'lost';
  month: string;
}

/** What is known of the production of one firm, and how it is judged. */
export interface Figures {
  series: readonly MonthFigures[];
  stops: readonly Stop[];
  baseline: Baseline;
  policy: { parameters: ProductionParameters };
}

/**
 * What the figures of a firm say of its milestones since a campaign began, in order by milestone. Months before it do not
 * count: what was reached then is not its doing, and of a firm that had none since nothing is known.
 * @param firstMonth of the campaign, `YYYY-MM`
 */
export function turnsSince(
  firstMonth: string,
  { series, stops, baseline, policy: { parameters } }: Figures,
  industryCode: string | null,
): Turn[] {
  const ofRules = milestoneTurns(series, stops, baseline, monthBefore(firstMonth), parameters);
  return [
    ...ofRules.map(({ milestone, turn, month }) => ({ milestone, turn, month })),
    ...fullCapacityTurns(series, firstMonth, parameters.fullCapacityUtilisationAtLeast, industryCode),
  ];
}

/** 满产: at full capacity in the last month of which the utilisation is known, unless that is a danger there. */
export function fullCapacityTurns(
  series: readonly MonthFigures[],
  firstMonth: string,
  atLeast: number,
  industryCode: string | null,
): Turn[] {
  const turns: Turn[] = [];
  const utilisations = new Map<string, number>();
  // Of February alone and of both months together, that of February is the later one.
  for (const { month, coversMonths, capacityUtilisation } of series)
    if (
      month >= firstMonth &&
      capacityUtilisation !== null &&
      !(coversMonths === 2 && utilisations.has(month))
    )
      utilisations.set(month, capacityUtilisation);
  const inOrder = [...utilisations].toSorted(([one], [other]) => (one < other ? -1 : 1));
  for (const [month, utilisation] of inOrder) {
    const isFull = utilisation >= atLeast && !isOverCapacity(industryCode, utilisation);
    if (isFull !== (turns.at(-1)?.turn === 'reached'))
      turns.push({ milestone: 'full_capacity', turn: isFull ? 'reached' : 'lost', month });
  }
  return turns;
}

function monthBefore(month: string): string {
  const [year, place] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return place === 1 ? `${year - 1}-12` : `${year}-${String(place - 1).padStart(2, '0')}`;
}
