import type { BaselineFigures } from './baseline.js';
import type { Facts } from './facts.js';
import { type MilestoneMark, milestoneMarks, type Verdict } from './milestone-marks.js';
import type { Baseline, MonthFigures, Stop } from './month-figures.js';
import type { ProductionParameters } from './parameters.js';
import { type Period, runAt } from './periods.js';
import { sinceDistress } from './since.js';
import { PRODUCTION_MILESTONES, type ProductionMilestone } from './statuses.js';

export interface MilestoneTurn {
  milestone: ProductionMilestone;
  turn: 'reached' | 'lost';
  /** The last of the months that turned it. */
  month: string;
  facts: Facts;
}

/**
 * What was reached and lost, in order, by periods that begin after `sinceMonth`: the last month that belongs to the
 * distress (of a case opened by a candidate the candidate's last month, else the month of its report).
 *
 * A milestone is reached by as many known periods running as it asks for, and with it those before it. It is lost by as
 * many that fail it, unless a higher one stands: who is on target has not ceased to produce, whatever the days say.
 */
export function milestoneTurns(
  series: readonly MonthFigures[],
  stops: readonly Stop[],
  baseline: Baseline,
  sinceMonth: string,
  parameters: ProductionParameters,
): MilestoneTurn[] {
  const since = sinceDistress(series, stops, baseline, sinceMonth, parameters);
  const marks = milestoneMarks(since.baseline, parameters);
  const turns: MilestoneTurn[] = [];
  let held = 0;
  since.periods.forEach(({ month }, at) => {
    const runOf = (mark: MilestoneMark | undefined, wanted: Verdict): Period[] | null =>
      mark === undefined
        ? null
        : runAt(since.periods, at, mark.periods, (period) => mark.verdictOn(period) === wanted);
    const turned = (place: number, turn: MilestoneTurn['turn'], run: readonly Period[]): void => {
      const milestone = PRODUCTION_MILESTONES[place];
      if (milestone !== undefined)
        turns.push({ milestone, turn, month, facts: turnFacts(milestone, run, since.baseline, parameters) });
    };
    for (let place = marks.length - 1; place >= held; place -= 1) {
      const run = runOf(marks[place], 'met');
      if (run === null) continue;
      for (; held <= place; held += 1) turned(held, 'reached', run);
    }
    for (let run; held > 0 && (run = runOf(marks[held - 1], 'failed')) !== null; held -= 1)
      turned(held - 1, 'lost', run);
  });
  return turns;
}

/** Those of which the last turn is `reached`, in the order in which they are reached. */
export const milestonesHeld = (turns: readonly MilestoneTurn[]): ProductionMilestone[] =>
  PRODUCTION_MILESTONES.filter(
    (milestone) => turns.findLast((turn) => turn.milestone === milestone)?.turn === 'reached',
  );

/** The figures that turned it; of one that was reached along with a higher one, those of the higher. */
function turnFacts(
  milestone: ProductionMilestone,
  run: readonly Period[],
  { output, electricity }: BaselineFigures,
  parameters: ProductionParameters,
): Facts {
  const months = run.map(({ month }) => month);
  return {
    months,
    outputs: run.map((period) => period.output),
    outputBaseline: output?.value ?? null,
    baselineSource: output?.source ?? null,
    ...(milestone === 'resumed'
      ? {
          days: run.map((period) => period.days),
          daysAtLeast: parameters.resumedProductionDays,
          electricities: run.map((period) => period.electricity),
          electricityBaseline: electricity?.value ?? null,
          electricityAtLeast: parameters.resumedElectricityAtLeast,
        }
      : {
          atLeast:
            milestone === 'on_target'
              ? parameters.onTargetOutputAtLeast
              : parameters.capacityRestoredOutputAtLeast,
        }),
  };
}
