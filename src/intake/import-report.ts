/** A row of the workbook that was refused, or taken with a warning. `row` counts from 1 as the sheet shows it. */
export interface RowFinding {
  row: number;
  code: string;
  /** Heading of the column it is about. */
  column: string | null;
  detail: string;
}

/** What came of one sheet. */
export interface SheetReport {
  name: string;
  accepted: number;
  unchanged: number;
  rejected: RowFinding[];
  warnings: RowFinding[];
  skippedSubtotals: number;
  skippedBlank: number;
}

/** Why a whole import failed. */
export interface ImportError {
  code: string;
  detail: string;
}
