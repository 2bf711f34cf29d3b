import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Case } from '../../../cases/case.entity.js';

export const FOLLOW_UP_STATUSES = ['due', 'done', 'cancelled'] as const;
export type FollowUpStatus = (typeof FOLLOW_UP_STATUSES)[number];
export const FINDINGS = ['holding', 'falling', 'stopped'] as const;
export type FollowUpFinding = (typeof FINDINGS)[number];

/** 回访: somebody is to look, so many days after a closure as recovered, whether production still holds. */
@Entity('recovery_follow_ups')
@Check('recovery_follow_ups_status_check', `"status" IN ('due', 'done', 'cancelled')`)
@Check('recovery_follow_ups_finding_check', `"finding" IN ('holding', 'falling', 'stopped')`)
@Check('recovery_follow_ups_done_check', `("status" = 'done') = ("finding" IS NOT NULL)`)
@Index('recovery_follow_ups_key', ['closureEventId', 'afterDays'], { unique: true })
@Index('recovery_follow_ups_case_idx', ['caseId'])
@Index('recovery_follow_ups_due_idx', ['dueOn', 'id'])
export class RecoveryFollowUp {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  caseId!: string;

  @ManyToOne(() => Case)
  @JoinColumn({ name: 'case_id' })
  case?: Case;

  /** The event `resolved` of the closure that it follows. */
  @Column('uuid')
  closureEventId!: string;

  @Column('int')
  afterDays!: number;

  @Column('date')
  dueOn!: string;

  /** `cancelled`: the case was reopened before anybody looked. */
  @Column('text')
  status!: FollowUpStatus;

  @Column('text', { nullable: true })
  finding!: FollowUpFinding | null;

  @Column('timestamptz', { nullable: true })
  recordedAt!: Date | null;

  @Column('uuid', { nullable: true })
  recordedBy!: string | null;

  @Column('text', { nullable: true })
  note!: string | null;

  @Column('uuid', { array: true, default: () => "'{}'" })
  fileIds!: string[];

  @Column('int', { default: 1 })
  version!: number;
}
