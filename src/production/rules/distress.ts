import type { Finding } from './finding.js';
import type { ProductionParameters } from './parameters.js';
import { type Period, rounded, runAt, shareOf } from './periods.js';

/** Periods with what stood in the same months of the year before. */
export interface YearOnYear {
  periods: readonly Period[];
  /** `undefined`: nothing is known of that time. */
  lastYear: ReadonlyArray<Period | undefined>;
}

/** The gravest rule of distress that applies to the period at a place, if any. */
export function distressAt(known: YearOnYear, at: number, parameters: ProductionParameters): Finding | null {
  return (
    stalled(known, at, parameters) ??
    semiStalled(known, at, parameters) ??
    reducedOutput(known, at, parameters)
  );
}

function stalled(
  { periods }: YearOnYear,
  at: number,
  { stalledMonths }: ProductionParameters,
): Finding | null {
  const run = runAt(periods, at, stalledMonths, ({ output, days }) => isNothing(output) && isNothing(days));
  return run && { status: 'stalled', rule: 'nothing_produced', facts: { months: monthsOf(run) } };
}

/** A figure that takes back what was reported too much is below zero. */
export const isNothing = (figure: number | null): boolean => figure !== null && figure <= 0;

function semiStalled(known: YearOnYear, at: number, parameters: ProductionParameters): Finding | null {
  const {
    semiStalledMonths: length,
    semiStalledUtilisationBelow: utilisationBelow,
    semiStalledOutputAtMost: outputAtMost,
  } = parameters;
  const run = runAt(
    known.periods,
    at,
    length,
    ({ utilisation }, one) =>
      (utilisation !== null && utilisation < utilisationBelow) ||
      isAtMost(yearOnYear(known, one), outputAtMost),
  );
  return (
    run && {
      status: 'semi_stalled',
      rule: 'half_idle',
      facts: {
        months: monthsOf(run),
        utilisations: run.map(({ utilisation }) => utilisation),
        outputs: run.map(({ output }) => output),
        lastYear: lastYearOf(known, at, length),
        utilisationBelow,
        outputAtMost,
      },
    }
  );
}

function reducedOutput(known: YearOnYear, at: number, parameters: ProductionParameters): Finding | null {
  const { reducedOutputMonths: length, reducedOutputAtMost: atMost } = parameters;
  const run = runAt(known.periods, at, length, (_, one) => isAtMost(yearOnYear(known, one), atMost));
  if (run === null) return yearToDate(known, at, parameters);
  const facts = {
    months: monthsOf(run),
    outputs: run.map(({ output }) => output ?? 0),
    lastYear: lastYearOf(known, at, length).map((output) => output ?? 0),
    atMost,
  };
  return { status: 'reduced_output', rule: 'output_below_last_year', facts };
}

/** Applies where both years are known without a gap; what lay in a stop in either year is left out of both. */
function yearToDate(
  { periods, lastYear }: YearOnYear,
  at: number,
  { reducedYearToDateAtMost: atMost }: ProductionParameters,
): Finding | null {
  const year = periods[at]?.month.slice(0, 4);
  const months: string[] = [];
  let output = 0;
  let before = 0;
  let one = at;
  for (; ; one -= 1) {
    const [period, then] = [periods[one], lastYear[one]];
    if (period === undefined || period.month.slice(0, 4) !== year) break;
    if (period.stop === null && (then === undefined || then.stop === null)) {
      if (period.output === null || then === undefined || then.output === null) return null;
      output += period.output;
      before += then.output;
      months.unshift(period.month);
    }
  }
  // Where the series begins within the year, the months before are not known.
  if (periods[one + 1]?.months !== 2 || !isAtMost(shareOf(output, before), atMost)) return null;
  const facts = { months, output: rounded(output, 4), lastYear: rounded(before, 4), atMost };
  return { status: 'reduced_output', rule: 'year_to_date_below', facts };
}

const monthsOf = (run: readonly Period[]): string[] => run.map(({ month }) => month);

const yearOnYear = ({ periods, lastYear }: YearOnYear, at: number): number | null =>
  shareOf(periods[at]?.output ?? null, lastYear[at]?.output ?? null);

const lastYearOf = ({ lastYear }: YearOnYear, at: number, length: number): Array<number | null> =>
  lastYear.slice(at + 1 - length, at + 1).map((period) => period?.output ?? null);

const isAtMost = (share: number | null, most: number): boolean => share !== null && share <= most;
