import { firstFault, type Fault } from './findings.js';
import type { KnownFigure, LedgerKnown } from './ledger-known.js';
import type { LedgerPlan, PlannedFigures } from './ledger-plan.js';
import type { LedgerSheet, ProductionRow } from './rows.js';
import type { SheetOutcome } from './sheet-outcome.js';

/** Rows decided with one look-up: some tens of thousands of figures. */
const ROWS_AT_A_TIME = 500;

/** Decides 生产月报. A figure equal to the newest known is unchanged, another one is a correction: a new revision. */
export async function decideProduction(
  sheet: LedgerSheet<ProductionRow>,
  known: LedgerKnown,
  /** Enterprises known, and those that the plan brings. */
  isEnterprise: (creditCode: string) => boolean,
  plan: LedgerPlan,
  outcome: SheetOutcome,
): Promise<void> {
  const firstRows = new Map<string, number>();
  for (let start = 0; start < sheet.rows.length; start += ROWS_AT_A_TIME) {
    const rows = sheet.rows.slice(start, start + ROWS_AT_A_TIME);
    const codes = new Set(rows.map(({ creditCode }) => creditCode).filter((code) => code !== null));
    const figures = new Map((await known.loadFigures([...codes])).map((figure) => [keyOf(figure), figure]));
    for (const row of rows) {
      const fault = faultOf(row, sheet, isEnterprise, firstRows);
      if (fault) outcome.reject(row.row, fault);
      else {
        const planned = newFigures(row, sheet.months, figures);
        if (!planned || planned.months.length === 0) outcome.keep(row.row, row.warnings);
        else {
          plan.figures.push(planned);
          outcome.accept(row.row, row.warnings);
        }
      }
    }
  }
}

const keyOf = (figure: Pick<KnownFigure, 'creditCode' | 'metric' | 'source' | 'month'>): string =>
  `${figure.creditCode}|${figure.metric}|${figure.source}|${figure.month}`;

function faultOf(
  row: ProductionRow,
  sheet: LedgerSheet<ProductionRow>,
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
  const key = `${row.creditCode}|${row.metric}`;
  const first = firstRows.get(key);
  if (first !== undefined) {
    return { code: 'ROW_CONFLICT', column: sheet.heading('metric'), reason: 'same_file', params: { first } };
  }
  firstRows.set(key, row.row);
  return null;
}

function newFigures(
  row: ProductionRow,
  sheetMonths: readonly string[],
  known: ReadonlyMap<string, KnownFigure>,
): PlannedFigures | null {
  const { creditCode, metric, source } = row;
  if (creditCode === null || metric === null) return null;
  const months: string[] = [];
  const values: string[] = [];
  const revisions: number[] = [];
  row.values.forEach((value, index) => {
    const month = sheetMonths[index];
    if (value === null || month === undefined) return;
    const before = known.get(keyOf({ creditCode, metric, source, month }));
    if (before && Number(before.value) === value) return;
    months.push(month);
    values.push(String(value));
    revisions.push((before?.revision ?? 0) + 1);
  });
  return { row: row.row, creditCode, metric, source, months, values, revisions };
}
