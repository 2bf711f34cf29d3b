import { plusDays } from '../../calendar/calendar-date.js';
import type { CellValue } from '../workbook/cell-value.js';
import { readDate, readMonth } from './cells/date.js';
import { readLimit } from './cells/limit.js';
import { INVALID, type Reading } from './cells/reading.js';
import { readName, readText } from './cells/text.js';
import type { ColumnOf, SheetKind } from './columns.js';
import type { Fault, RejectionCode, WarningCode } from './findings.js';
import type { LedgerLimit } from './ledger-plan.js';
import type { SheetLayout } from './sheet-layout.js';

/** Against what dates are read. */
export interface DateContext {
  /** Office date of today. */
  today: string;
  /** Added to every date of the ledger; whole weeks, so that weekdays stay. */
  shiftDays: number;
  is1904: boolean;
}

/** Details quote what was found there, but no more of it than helps. */
const QUOTED = 40;

/** Reads the cells of one row after another by column, and gathers what is wrong with each row. */
export class RowReader<Kind extends SheetKind> {
  private cells: readonly CellValue[] = [];
  faults: Fault[] | undefined;
  warnings: Array<Fault<WarningCode>> | undefined;
  /** The same few dates and limits come again and again; each is kept once. */
  private readonly dates = new Map<string, string>();
  private readonly limits = new Map<string, LedgerLimit>();

  constructor(
    readonly layout: SheetLayout,
    private readonly context: DateContext,
  ) {}

  start(cells: readonly CellValue[]): void {
    this.cells = cells;
    this.faults = undefined;
    this.warnings = undefined;
  }

  cell(column: ColumnOf<Kind>): CellValue | undefined {
    const index = this.layout.columns.get(column);
    return index === undefined ? undefined : this.cells[index];
  }

  cellAt(index: number): CellValue | undefined {
    return this.cells[index];
  }

  text(column: ColumnOf<Kind>): string {
    return readText(this.cell(column));
  }

  name(column: ColumnOf<Kind>): string {
    return readName(this.cell(column));
  }

  /** Columns without which the row says nothing; the first empty one is the fault. */
  require(columns: ReadonlyArray<ColumnOf<Kind>>): void {
    const missing = columns.find((column) => this.text(column) === '');
    if (missing !== undefined) this.refuse('REQUIRED_MISSING', missing);
  }

  /** The value, or `null` with the row refused. */
  orRefuse<T>(code: RejectionCode, column: ColumnOf<Kind>, reading: Reading<T>): T | null {
    if (reading !== INVALID) return reading;
    this.refuse(code, column);
    return null;
  }

  /** The value, or `null` with a warning. */
  orWarn<T>(code: WarningCode, column: ColumnOf<Kind>, reading: Reading<T>): T | null {
    if (reading !== INVALID) return reading;
    const warning: Fault<WarningCode> = { code, column: this.layout.heading(column) };
    // A telephone number or an address is not repeated in a report.
    if (code === 'VALUE_UNKNOWN') warning.params = { value: this.quote(column) };
    (this.warnings ??= []).push(warning);
    return null;
  }

  refuse(code: RejectionCode, column: ColumnOf<Kind>, reason?: string): void {
    const fault: Fault = { code, column: this.layout.heading(column), params: { value: this.quote(column) } };
    (this.faults ??= []).push(reason === undefined ? fault : { ...fault, reason });
  }

  warn(code: WarningCode, column: ColumnOf<Kind>): void {
    (this.warnings ??= []).push({ code, column: this.layout.heading(column) });
  }

  /** A day that has come: what lies in the future has not happened. */
  pastDate(column: ColumnOf<Kind>): string | null {
    const on = this.orRefuse('DATE_INVALID', column, readDate(this.cell(column), this.context.is1904));
    if (on === null) return null;
    const shifted = this.shift(on);
    if (shifted <= this.context.today) return shifted;
    this.refuse('DATE_INVALID', column, 'future');
    return null;
  }

  /** Checks a day that has come, or a month of which only that is said. */
  checkPastDayOrMonth(column: ColumnOf<Kind>): void {
    const { is1904 } = this.context;
    const month =
      readDate(this.cell(column), is1904) === INVALID ? readMonth(this.cell(column), is1904) : null;
    if (typeof month !== 'string') this.pastDate(column);
    else if (this.shift(month) > this.context.today) this.refuse('DATE_INVALID', column, 'future');
  }

  limit(column: ColumnOf<Kind>): LedgerLimit | null {
    const limit = this.orRefuse('DATE_INVALID', column, readLimit(this.cell(column), this.context.is1904));
    if (limit === null) return null;
    const key = limit.dueOn ?? String(limit.workingDays);
    let kept = this.limits.get(key);
    if (!kept) {
      kept = limit.dueOn === null ? limit : { workingDays: null, dueOn: this.shift(limit.dueOn) };
      this.limits.set(key, kept);
    }
    return kept;
  }

  /** What must not come before what; the later column is the fault. Empty days are in order. */
  requireOrder(
    code: RejectionCode,
    earlier: string | null,
    later: string | null,
    column: ColumnOf<Kind>,
    reason: string,
  ): void {
    if (earlier !== null && later !== null && later < earlier) this.refuse(code, column, reason);
  }

  private shift(on: string): string {
    let shifted = this.dates.get(on);
    if (shifted === undefined) {
      shifted = this.context.shiftDays === 0 ? on : plusDays(on, this.context.shiftDays);
      this.dates.set(on, shifted);
    }
    return shifted;
  }

  private quote(column: ColumnOf<Kind>): string {
    const text = this.text(column);
    return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  }
}
