import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ImportError, SheetReport } from './import-report.js';

export const IMPORT_MODES = ['preview', 'commit'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];
export const ON_ERROR = ['reject_all', 'keep_valid'] as const;
export type OnError = (typeof ON_ERROR)[number];
export const IMPORT_STATUSES = ['pending', 'running', 'done', 'failed'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** What a worker needs to know of an import to run it. */
export interface ImportJob {
  id: string;
  sha256: string;
  mode: ImportMode;
  onError: OnError;
  /** Days by which every date is moved, for the example ledger. */
  shiftDays: number;
}

/** One workbook sent in, and what came of it. */
@Entity('imports')
@Check('imports_mode_check', `"mode" IN ('preview', 'commit')`)
@Check('imports_on_error_check', `"on_error" IN ('reject_all', 'keep_valid')`)
@Check('imports_status_check', `"status" IN ('pending', 'running', 'done', 'failed')`)
export class LedgerImport {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  fileName!: string;

  /** Hex; the workbook is kept in the file store under it. */
  @Column('text')
  sha256!: string;

  @Column('text')
  mode!: ImportMode;

  @Column('text')
  onError!: OnError;

  /** Days by which every date is moved, for the example ledger; 0 for any other. */
  @Column('int', { default: 0 })
  shiftDays!: number;

  @Index('imports_unfinished_idx', { where: `"status" IN ('pending', 'running')` })
  @Column('text')
  status!: ImportStatus;

  @Column('int', { default: 0 })
  rowsDone!: number;

  @Column('int', { default: 0 })
  rowsTotal!: number;

  @Column('jsonb', { default: () => "'[]'" })
  sheets!: SheetReport[];

  @Column('jsonb', { nullable: true })
  error!: ImportError | null;

  @Column('uuid', { nullable: true })
  createdBy!: string | null;

  @Column('timestamptz')
  createdAt!: Date;

  /** How often a worker has begun it. */
  @Column('int', { default: 0 })
  attempts!: number;

  /** A worker that stops renewing it is dead, and another takes the import up again. */
  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
