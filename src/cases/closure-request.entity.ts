import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Assignment } from './assignment.entity.js';
import type { Outcome } from './lifecycle/states.js';

/** The lead department's claim that the work is done; it starts the verifier's clock. */
@Entity('closure_requests')
@Check('closure_requests_decision_check', `"decision" IN ('approved', 'sent_back', 'terminated')`)
@Check('closure_requests_decided_check', `("decision" IS NULL) = ("decided_at" IS NULL)`)
@Check(
  'closure_requests_decider_check',
  `("decided_by" IS NULL) = ("decision" IS NULL OR "decision" = 'terminated')`,
)
@Check(
  'closure_requests_separation_check',
  `"decided_by" IS NULL OR ("decided_by" <> "requested_by" AND "decided_by_department_id" IS NOT NULL
    AND "decided_by_department_id" IS DISTINCT FROM "requested_by_department_id")`,
)
@Index('closure_requests_open_key', ['assignmentId'], { unique: true, where: '"decided_at" IS NULL' })
@Index('closure_requests_assignment_idx', ['assignmentId', 'requestedAt'])
export class ClosureRequest {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  assignmentId!: string;

  @ManyToOne(() => Assignment)
  @JoinColumn({ name: 'assignment_id' })
  assignment?: Assignment;

  @Column('timestamptz')
  requestedAt!: Date;

  @Column('uuid')
  requestedBy!: string;

  @Column('uuid', { nullable: true })
  requestedByDepartmentId!: string | null;

  @Column('text')
  outcome!: Outcome;

  @Column('text')
  statement!: string;

  @Column('uuid', { array: true })
  evidenceFileIds!: string[];

  /** Deadline of the verifier's clock. */
  @Column('timestamptz')
  verifyBy!: Date;

  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  @Column('text', { nullable: true })
  decision!: 'approved' | 'sent_back' | 'terminated' | null;

  @Column('uuid', { nullable: true })
  decidedBy!: string | null;

  /** Written by the database, from the account: who stands in the row cannot claim another. */
  @Column('uuid', { nullable: true })
  decidedByDepartmentId!: string | null;

  @Column('text', { nullable: true })
  decisionNote!: string | null;
}
