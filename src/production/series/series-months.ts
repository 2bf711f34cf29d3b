import { grouped } from '../../platform/grouped.js';
import type { ProductionMetric, ProductionSource } from '../production-figure.entity.js';
import { TRUST } from '../rules/trust.js';
import type { UnreportedReason } from '../unreported/unreported-month.entity.js';

export interface NewestFigure {
  month: string;
  coversMonths: 1 | 2;
  metric: ProductionMetric;
  source: ProductionSource;
  value: number;
  revision: number;
}

type Shown = Pick<NewestFigure, 'value' | 'source' | 'revision'> | null;

export interface SeriesMonth {
  month: string;
  coversMonths: 1 | 2;
  outputValue: Shown;
  productionDays: Shown;
  capacityUtilisation: Shown;
  electricity: Shown;
  staff: Shown;
  unreported: UnreportedReason | null;
}

/** Every month once, known or not; twice where it has figures of its own and merged ones. Of several sources the most trusted. */
export function seriesMonths(
  months: readonly string[],
  figures: readonly NewestFigure[],
  unreported: ReadonlyMap<string, UnreportedReason>,
): SeriesMonth[] {
  const known = grouped(figures, ({ month }) => month);
  return months.flatMap((month) => {
    const of = known.get(month) ?? [];
    const reason = unreported.get(month) ?? null;
    const covers = ([1, 2] as const).filter((many) => of.some(({ coversMonths }) => coversMonths === many));
    return (covers.length === 0 ? [1 as const] : covers).map((coversMonths) =>
      monthOf(
        month,
        coversMonths,
        of.filter((figure) => figure.coversMonths === coversMonths),
        reason,
      ),
    );
  });
}

function monthOf(
  month: string,
  coversMonths: 1 | 2,
  figures: readonly NewestFigure[],
  unreported: UnreportedReason | null,
): SeriesMonth {
  const shown = (metric: ProductionMetric): Shown => {
    for (const trusted of TRUST[metric === 'staff' ? 'production_days' : metric]) {
      const found = figures.find((figure) => figure.metric === metric && figure.source === trusted);
      if (found !== undefined) return { value: found.value, source: found.source, revision: found.revision };
    }
    return null;
  };
  return {
    month,
    coversMonths,
    outputValue: shown('output_value'),
    productionDays: shown('production_days'),
    capacityUtilisation: shown('capacity_utilisation'),
    electricity: shown('electricity'),
    staff: shown('staff'),
    unreported,
  };
}
