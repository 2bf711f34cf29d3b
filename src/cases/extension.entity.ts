import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Assignment } from './assignment.entity.js';

/** 延期: a request for more time on an assignment; one an assignment, decided by the task force. */
@Entity('extensions')
@Check('extensions_decision_check', `"decision" IN ('approved', 'refused', 'lapsed')`)
@Check('extensions_decided_check', `("decision" IS NULL) = ("decided_at" IS NULL)`)
@Check('extensions_decider_check', `("decided_by" IS NULL) = ("decision" IS NULL OR "decision" = 'lapsed')`)
@Check(
  'extensions_separation_check',
  `"decided_by" IS NULL OR ("decided_by" <> "requested_by" AND "decided_by_department_id" IS NOT NULL)`,
)
export class Extension {
  @PrimaryColumn('uuid')
  id!: string;

  @Index('extensions_assignment_key', { unique: true })
  @Column('uuid')
  assignmentId!: string;

  @ManyToOne(() => Assignment)
  @JoinColumn({ name: 'assignment_id' })
  assignment?: Assignment;

  @Column('timestamptz')
  requestedAt!: Date;

  @Column('uuid')
  requestedBy!: string;

  /** The deadline asked for. */
  @Column('timestamptz')
  dueAt!: Date;

  @Column('text')
  reason!: string;

  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  /** `lapsed`: what it was asked for ended before anybody decided. */
  @Column('text', { nullable: true })
  decision!: 'approved' | 'refused' | 'lapsed' | null;

  @Column('uuid', { nullable: true })
  decidedBy!: string | null;

  /** Written by the database, from the account: who stands in the row cannot claim another. */
  @Column('uuid', { nullable: true })
  decidedByDepartmentId!: string | null;

  @Column('text', { nullable: true })
  decisionNote!: string | null;
}
