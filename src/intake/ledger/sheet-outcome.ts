import type { RowFinding, SheetReport } from '../import-report.js';
import { findingText, type Locale } from './finding-text.js';
import type { Fault, RejectionCode, WarningCode } from './findings.js';
import type { LedgerSheet } from './rows.js';

/** What came of a sheet, gathered row by row. */
export class SheetOutcome {
  private accepted = 0;
  private unchanged = 0;
  private readonly rejected: RowFinding[] = [];
  private readonly warnings: RowFinding[] = [];

  constructor(
    private readonly sheet: LedgerSheet<{ row: number }>,
    private readonly locale: Locale,
  ) {
    if (sheet.headerlessRow !== null)
      this.reject(sheet.headerlessRow, { code: 'HEADER_UNKNOWN', column: null });
  }

  accept(row: number, warnings?: ReadonlyArray<Fault<WarningCode>>): void {
    this.accepted += 1;
    this.warn(row, warnings);
  }

  keep(row: number, warnings?: ReadonlyArray<Fault<WarningCode>>): void {
    this.unchanged += 1;
    this.warn(row, warnings);
  }

  reject(row: number, fault: Fault): void {
    this.rejected.push(this.finding(row, fault));
  }

  report(): SheetReport {
    const { name, skippedSubtotals, skippedBlank } = this.sheet;
    const { accepted, unchanged, warnings } = this;
    // Rows of 生产月报 are not decided in their order: years to date rest on the months.
    const rejected = this.rejected.toSorted((one, other) => one.row - other.row);
    return { name, accepted, unchanged, rejected, warnings, skippedSubtotals, skippedBlank };
  }

  private warn(row: number, warnings: ReadonlyArray<Fault<WarningCode>> = []): void {
    for (const warning of warnings) this.warnings.push(this.finding(row, warning));
  }

  private finding(row: number, fault: Fault<RejectionCode | WarningCode>): RowFinding {
    return { row, code: fault.code, column: fault.column, detail: findingText(fault, this.locale) };
  }
}
