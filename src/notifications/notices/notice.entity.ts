import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { NoticeKind, NoticeRole } from './notice-kinds.js';

/** A message that is no reminder, given once for each cause: the unique index is what makes a repeat harmless. */
@Entity('notices')
@Check(
  'notices_kind_check',
  `"kind" IN ('assigned', 'co_handling', 'sent_back', 'extension_decided', 'weekly_published', 'production_report_due', 'test', 'issue_prepared', 'weekly_issue', 'figures_due', 'figure_query', 'follow_up_due', 'relapse_proposed', 'candidates_waiting')`,
)
@Index('notices_key', ['kind', 'cause'], { unique: true })
@Index('notices_due_idx', ['firesAt'], { where: '"recorded_at" IS NULL AND "is_current"' })
@Index('notices_subject_idx', ['subjectId'], { where: '"subject_id" IS NOT NULL' })
@Index('notices_enterprise_idx', ['enterpriseId'], { where: '"enterprise_id" IS NOT NULL AND "is_current"' })
export class Notice {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: NoticeKind;

  /** What gave rise to it: the assignment, co-handler, closure request or extension, query, follow-up or candidate; the week or month, and of whom. */
  @Column('text')
  cause!: string;

  /** The case or problem it is about, or the issue of the bulletin. */
  @Column('uuid', { nullable: true })
  subjectId!: string | null;

  @Column('uuid', { nullable: true })
  caseId!: string | null;

  @Column('uuid', { nullable: true })
  problemId!: string | null;

  /** It holds as long as this assignment does. */
  @Column('uuid', { nullable: true })
  assignmentId!: string | null;

  /** It holds as long as this opinion is awaited. */
  @Column('uuid', { nullable: true })
  coHandlerId!: string | null;

  /** Whose head or liaison it tells, where it is about no assignment. */
  @Column('uuid', { nullable: true })
  departmentId!: string | null;

  /** Whom it tells by name, or who answers for what it is about, where that is no assignment. */
  @Column('uuid', { nullable: true })
  officialId!: string | null;

  /** Of what is about its production: the enterprise, whose contact it tells or which it names. */
  @Column('uuid', { nullable: true })
  enterpriseId!: string | null;

  /** See `NoticeFacts`. */
  @Column('jsonb')
  facts!: object;

  /** By when what it says is to be done; of an assignment as it stood when it was recorded. */
  @Column('timestamptz', { nullable: true })
  deadlineAt!: Date | null;

  /** When it was given, or the next 09:00 where that was outside sending time. */
  @Column('timestamptz')
  firesAt!: Date;

  /** `false`: what it says holds no longer, and it is not sent any more. */
  @Column('boolean', { default: true })
  isCurrent!: boolean;

  /** Data defect: duties that nobody held when it was recorded, for which the task force was told. */
  @Column('text', { array: true, default: () => "'{}'" })
  emptyDuties!: NoticeRole[];

  /** When its recipients were looked up and its deliveries written. */
  @Column('timestamptz', { nullable: true })
  recordedAt!: Date | null;
}
