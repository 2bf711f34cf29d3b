import type { MonthFigures } from '../../src/production/rules/month-figures.js';
import { plusMonths } from '../../src/production/rules/months.js';

/** What is known of a month; left out is unknown. */
export const month = (of: string, known: Partial<MonthFigures> = {}): MonthFigures => ({
  month: of,
  coversMonths: 1,
  outputValue: null,
  productionDays: null,
  capacityUtilisation: null,
  electricity: null,
  isReported: true,
  ...known,
});

/** Outputs of months running from `first` on; `null` is a month of which nothing is known. */
export const outputs = (first: string, ...values: Array<number | null>): MonthFigures[] =>
  values.flatMap((outputValue, at) =>
    outputValue === null
      ? []
      : [month(plusMonths(first, at), { outputValue, productionDays: outputValue > 0 ? 20 : 0 })],
  );
