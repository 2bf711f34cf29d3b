import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Case } from './case.entity.js';
import { Problem } from './problem.entity.js';

export const EVIDENCE_SOURCES = ['enterprise', 'grid', 'tax', 'site_check', 'other'] as const;
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

/** A file on a case or problem; its content is stored once by its hash. */
@Entity('case_files')
@Check('case_files_subject_check', `num_nonnulls("case_id", "problem_id") >= 1`)
@Check('case_files_source_check', `"source" IN ('enterprise', 'grid', 'tax', 'site_check', 'other')`)
export class CaseFile {
  @PrimaryColumn('uuid')
  id!: string;

  @Index('case_files_case_idx')
  @Column('uuid', { nullable: true })
  caseId!: string | null;

  @ManyToOne(() => Case)
  @JoinColumn({ name: 'case_id' })
  case?: Case | null;

  @Index('case_files_problem_idx')
  @Column('uuid', { nullable: true })
  problemId!: string | null;

  @ManyToOne(() => Problem)
  @JoinColumn({ name: 'problem_id' })
  problem?: Problem | null;

  @Column('text')
  name!: string;

  /** Bytes. */
  @Column('int')
  size!: number;

  /** Hex. */
  @Column('text')
  sha256!: string;

  @Column('text')
  mediaType!: string;

  /** What it is, e.g. `photo`, `electricity_bill`, `tax_receipt`: lower snake case. */
  @Column('text')
  kind!: string;

  @Column('text')
  source!: EvidenceSource;

  @Column('timestamptz')
  uploadedAt!: Date;

  @Column('uuid', { nullable: true })
  uploadedBy!: string | null;
}
