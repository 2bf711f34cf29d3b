import type { MonthFigures } from '../../src/production/rules/month-figures.js';
import type { Metric, Report, Source } from './reports.js';

/** Whom to believe about a metric where several tell, most trusted first. */
const TRUST: Record<'electricity' | 'others', readonly Source[]> = {
  electricity: ['grid', 'enterprise', 'tax'],
  others: ['tax', 'enterprise', 'grid'],
};

/** The figures that were known at the end of a month, sorted by what they are of. */
export function knownSeries(reports: readonly Report[], at: number): MonthFigures[] {
  const byMonth = new Map<string, Report[]>();
  for (const report of reports) {
    if (report.arrivesIn > at) break;
    const key = `${report.month} ${report.coversMonths}`;
    byMonth.set(key, [...(byMonth.get(key) ?? []), report]);
  }
  return [...byMonth.entries()]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([, known]) => figuresOf(known));
}

function figuresOf(known: readonly Report[]): MonthFigures {
  const value = (metric: Metric): number | null => {
    const trust = TRUST[metric === 'electricity' ? 'electricity' : 'others'];
    const sources = trust.map((source) =>
      known.findLast((report) => report.metric === metric && report.source === source),
    );
    return sources.find((report) => report !== undefined)?.value ?? null;
  };
  const [first] = known;
  if (first === undefined) throw new Error('a month without figures');
  return {
    month: first.month,
    coversMonths: first.coversMonths,
    outputValue: value('outputValue'),
    productionDays: value('productionDays'),
    capacityUtilisation: value('capacityUtilisation'),
    electricity: value('electricity'),
    isReported: known.some(({ source }) => source === 'enterprise'),
  };
}
