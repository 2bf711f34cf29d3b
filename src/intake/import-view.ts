import { ApiProperty } from '@nestjs/swagger';
import type { ImportError, RowFinding, SheetReport } from './import-report.js';
import {
  IMPORT_MODES,
  IMPORT_STATUSES,
  type ImportMode,
  type ImportStatus,
  type LedgerImport,
} from './ledger-import.entity.js';

export class ImportProgress {
  @ApiProperty({ type: 'integer' })
  rows!: number;
  @ApiProperty({ type: 'integer' })
  of!: number;
}

export class RowFindingView implements RowFinding {
  @ApiProperty({ type: 'integer', description: 'Row of the worksheet, from 1.', example: 14 })
  row!: number;
  @ApiProperty({ example: 'CREDIT_CODE_INVALID' })
  code!: string;
  @ApiProperty({ type: String, nullable: true, example: '统一社会信用代码' })
  column!: string | null;
  @ApiProperty()
  detail!: string;
}

export class SheetReportView implements SheetReport {
  @ApiProperty({ example: '停产半停产减产企业清单' })
  name!: string;
  @ApiProperty({ type: 'integer' })
  accepted!: number;
  @ApiProperty({ type: 'integer', description: 'Rows that say what is known already.' })
  unchanged!: number;
  @ApiProperty({ type: [RowFindingView] })
  rejected!: RowFindingView[];
  @ApiProperty({ type: [RowFindingView], description: 'Rows taken, with something left out.' })
  warnings!: RowFindingView[];
  @ApiProperty({ type: 'integer' })
  skippedSubtotals!: number;
  @ApiProperty({ type: 'integer' })
  skippedBlank!: number;
}

export class ImportErrorView implements ImportError {
  @ApiProperty({ example: 'ROWS_REJECTED' })
  code!: string;
  @ApiProperty()
  detail!: string;
}

export class ImportView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: IMPORT_STATUSES })
  status!: ImportStatus;
  @ApiProperty({ enum: IMPORT_MODES })
  mode!: ImportMode;
  @ApiProperty({ type: ImportProgress })
  progress!: ImportProgress;
  @ApiProperty({ type: [SheetReportView], description: 'Named as in the workbook; empty until it is done.' })
  sheets!: SheetReportView[];
  @ApiProperty({ type: ImportErrorView, nullable: true, description: 'Why the whole import failed.' })
  error!: ImportErrorView | null;
}

export const viewOfImport = (row: LedgerImport): ImportView => ({
  id: row.id,
  status: row.status,
  mode: row.mode,
  progress: { rows: row.rowsDone, of: row.rowsTotal },
  sheets: row.sheets,
  error: row.error,
});
