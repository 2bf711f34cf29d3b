/** A cell that the sheet shows as a date or time: days since the workbook's epoch, with the time as fraction. */
export class DateCell {
  constructor(readonly serial: number) {}
}

/** What a cell holds; of a formula, its stored result. Errors such as `#N/A` are the text that the sheet shows. */
export type CellValue = string | number | boolean | DateCell | null;

/** One row that has at least one filled cell. */
export interface WorkbookRow {
  /** Name of the sheet, as in the workbook. */
  sheet: string;
  /** As the sheet shows it, from 1. */
  row: number;
  /** From column A; without empty ones at the end. */
  cells: CellValue[];
}
