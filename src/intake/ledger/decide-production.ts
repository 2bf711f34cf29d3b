import { type KnownOfYear, monthOfYearToDate } from '../../production/figures/year-to-date.js';
import { firstFault, type Fault } from './findings.js';
import type { KnownFigure, LedgerKnown } from './ledger-known.js';
import type { LedgerPlan, PlannedFigures } from './ledger-plan.js';
import type { LedgerSheet, ProductionRow } from './rows.js';
import type { SheetOutcome } from './sheet-outcome.js';

/** Rows decided with one look-up: some tens of thousands of figures. */
const ROWS_AT_A_TIME = 500;

type Sheet = LedgerSheet<ProductionRow>;
type Series = Pick<KnownFigure, 'creditCode' | 'metric' | 'source'>;

/** What one row is decided against. */
interface Deciding {
  sheet: Sheet;
  /** Newest known, by series and month. */
  figures: ReadonlyMap<string, KnownFigure>;
  /** What this sheet itself says of series of which it also tells the year to date, by series and month. */
  told: Map<string, KnownOfYear>;
}

/**
 * Decides 生产月报. A figure equal to the newest known is unchanged, another one is a correction: a new revision. Years
 * to date come after all months, since they rest on them wherever they stand in the sheet.
 */
export async function decideProduction(
  sheet: Sheet,
  known: LedgerKnown,
  /** Enterprises known, and those that the plan brings. */
  isEnterprise: (creditCode: string) => boolean,
  plan: LedgerPlan,
  outcome: SheetOutcome,
): Promise<void> {
  const firstRows = new Map<string, number>();
  const told = new Map<string, KnownOfYear>();
  const cumulative = sheet.rows.filter(({ basis }) => basis === 'year_to_date');
  const summed = new Set(cumulative.map(seriesOf));
  const ordered = [...sheet.rows.filter(({ basis }) => basis === 'month'), ...cumulative];
  for (let start = 0; start < ordered.length; start += ROWS_AT_A_TIME) {
    const rows = ordered.slice(start, start + ROWS_AT_A_TIME);
    const codes = new Set(rows.map(({ creditCode }) => creditCode).filter((code) => code !== null));
    const figures = new Map(
      (await known.loadFigures([...codes])).map((figure) => [keyOf(figure, figure.month), figure]),
    );
    for (const row of rows) {
      const fault = faultOf(row, sheet, isEnterprise, firstRows);
      const planned = fault ?? newFigures(row, { sheet, figures, told });
      if (planned !== null && 'code' in planned) {
        outcome.reject(row.row, planned);
        continue;
      }
      if (row.basis === 'month' && summed.has(seriesOf(row))) tellMonths(row, sheet, told);
      if (planned === null || planned.months.length === 0) outcome.keep(row.row, row.warnings);
      else {
        plan.figures.push(planned);
        outcome.accept(row.row, row.warnings);
      }
    }
  }
}

const seriesOf = ({
  creditCode,
  metric,
  source,
}: Pick<ProductionRow, 'creditCode' | 'metric' | 'source'>): string => `${creditCode}|${metric}|${source}`;
const keyOf = (series: Series, month: string): string => `${seriesOf(series)}|${month}`;

function faultOf(
  row: ProductionRow,
  sheet: Sheet,
  isEnterprise: (creditCode: string) => boolean,
  firstRows: Map<string, number>,
): Fault | null {
  const found = firstFault(row.faults);
  if (row.creditCode !== null && !isEnterprise(row.creditCode)) {
    const params = { value: row.creditCode };
    const unknown: Fault = { code: 'ENTERPRISE_UNKNOWN', column: sheet.heading('creditCode'), params };
    return firstFault(found ? [found, unknown] : [unknown]);
  }
  if (found) return found;
  const key = `${seriesOf(row)}|${row.basis}`;
  const first = firstRows.get(key);
  if (first !== undefined) {
    return { code: 'ROW_CONFLICT', column: sheet.heading('metric'), reason: 'same_file', params: { first } };
  }
  firstRows.set(key, row.row);
  return null;
}

function tellMonths(row: ProductionRow, sheet: Sheet, told: Map<string, KnownOfYear>): void {
  const { creditCode, metric, source } = row;
  if (creditCode === null || metric === null) return;
  row.values.forEach((value, index) => {
    const month = sheet.months[index];
    if (value === null || month === undefined) return;
    const coversMonths = sheet.coversMonths[index] ?? 1;
    told.set(keyOf({ creditCode, metric, source }, month), {
      month: month.slice(0, 7),
      value: String(value),
      coversMonths,
    });
  });
}

function newFigures(row: ProductionRow, deciding: Deciding): PlannedFigures | Fault | null {
  const { creditCode, metric, source } = row;
  if (creditCode === null || metric === null) return null;
  const series = { creditCode, metric, source };
  const planned = new Planned(row.row, series, deciding.figures);
  for (const { value, month, coversMonths } of inOrder(row, deciding.sheet)) {
    if (row.basis === 'month') {
      // How many people there are is no matter of how long.
      planned.add(month, String(value), metric === 'staff' ? 1 : coversMonths);
      continue;
    }
    const known = knownOfYear(series, month, deciding);
    const found = monthOfYearToDate(month.slice(0, 7), String(value), known);
    const column = month.slice(0, 7);
    if ('code' in found) {
      const { code, ...params } = found;
      return { code, column, params: 'months' in params ? { months: params.months.join('、') } : params };
    }
    const key = keyOf(series, month);
    const said = deciding.told.get(key);
    if (said !== undefined && Number(said.value) !== Number(found.value))
      return { code: 'ROW_CONFLICT', column, reason: 'year_to_date', params: { known: said.value } };
    if (said !== undefined) continue;
    deciding.told.set(key, { month: month.slice(0, 7), ...found });
    planned.add(month, found.value, found.coversMonths);
  }
  return planned.figures();
}

/** Through the months, whatever the order of the columns. */
function inOrder(
  row: ProductionRow,
  sheet: Sheet,
): Array<{ value: number; month: string; coversMonths: 1 | 2 }> {
  return row.values
    .flatMap((value, index) => {
      const month = sheet.months[index];
      return value === null || month === undefined
        ? []
        : [{ value, month, coversMonths: sheet.coversMonths[index] ?? 1 }];
    })
    .toSorted((one, other) => (one.month < other.month ? -1 : Number(one.month > other.month)));
}

/** What this sheet says of the year, and of what it does not, what is known. */
function knownOfYear(series: Series, month: string, { figures, told }: Deciding): KnownOfYear[] {
  return Array.from({ length: 12 }, (_, index) => {
    const one = `${month.slice(0, 5)}${String(index + 1).padStart(2, '0')}-01`;
    const key = keyOf(series, one);
    const figure = figures.get(key);
    return told.get(key) ?? (figure && { ...figure, month: one.slice(0, 7) });
  }).filter((one) => one !== undefined);
}

/** The new figures of one row, side by side. */
class Planned {
  private readonly months: string[] = [];
  private readonly values: string[] = [];
  private readonly revisions: number[] = [];
  private readonly coversMonths: Array<1 | 2> = [];

  constructor(
    private readonly row: number,
    private readonly series: Series,
    private readonly known: ReadonlyMap<string, KnownFigure>,
  ) {}

  /** Unless it is what is known. */
  add(month: string, value: string, coversMonths: 1 | 2): void {
    const before = this.known.get(keyOf(this.series, month));
    if (before && Number(before.value) === Number(value) && before.coversMonths === coversMonths) return;
    this.months.push(month);
    this.values.push(value);
    this.revisions.push((before?.revision ?? 0) + 1);
    this.coversMonths.push(coversMonths);
  }

  figures(): PlannedFigures {
    const { row, series, months, values, revisions, coversMonths } = this;
    return { row, ...series, months, values, revisions, coversMonths };
  }
}
