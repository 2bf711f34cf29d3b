import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Case } from '../../cases/case.entity.js';
import type { DistressType } from '../../cases/lifecycle/states.js';
import { Enterprise } from '../../enterprises/enterprise.entity.js';
import type {
  CandidateKind,
  CandidateOrigin,
  CandidateStatus,
  Evidence,
  LapseReason,
} from './candidate-terms.js';

/** What detection found and a person has to decide on. Never a case by itself. */
@Entity('distress_candidates')
@Check('distress_candidates_kind_check', `"kind" IN ('new_distress', 'worsening', 'suspected', 'relapse')`)
@Check(
  'distress_candidates_status_check',
  `"status" IN ('open', 'accepted', 'merged', 'dismissed', 'lapsed')`,
)
@Check('distress_candidates_origin_check', `"origin" IN ('figures', 'follow_up')`)
@Check(
  'distress_candidates_distress_type_check',
  `"distress_type" IN ('stalled', 'semi_stalled', 'reduced_output')`,
)
@Check(
  'distress_candidates_lapse_check',
  `("status" = 'lapsed') = ("lapse_reason" IS NOT NULL)
   AND "lapse_reason" IN ('ground_gone', 'superseded', 'case_reopened', 'case_ended')`,
)
@Check('distress_candidates_decided_check', `("status" = 'open') = ("decided_at" IS NULL)`)
@Index('distress_candidates_open_key', ['enterpriseId', 'kind'], { unique: true, where: `"status" = 'open'` })
@Index('distress_candidates_enterprise_idx', ['enterpriseId', 'id'])
@Index('distress_candidates_case_idx', ['caseId'], { where: `"status" = 'open'` })
@Index('distress_candidates_decided_case_idx', ['decidedCaseId'])
@Index('distress_candidates_status_idx', ['status', 'id'])
@Index('distress_candidates_quiet_idx', ['quietUntil'], { where: '"is_quiet"' })
export class DistressCandidate {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  enterpriseId!: string;

  @ManyToOne(() => Enterprise)
  @JoinColumn({ name: 'enterprise_id' })
  enterprise?: Enterprise;

  @Column('text')
  kind!: CandidateKind;

  @Column('text')
  status!: CandidateStatus;

  @Column('text')
  origin!: CandidateOrigin;

  /** What the case would be opened or changed as; `null` where production is not in distress by its status. */
  @Column('text', { nullable: true })
  distressType!: DistressType | null;

  /** The case that has become worse, or that it relapsed from. */
  @Column('uuid', { nullable: true })
  caseId!: string | null;

  @ManyToOne(() => Case)
  @JoinColumn({ name: 'case_id' })
  case?: Case | null;

  /** The follow-up by which it was raised. */
  @Column('uuid', { nullable: true })
  followUpId!: string | null;

  @Column('jsonb')
  evidence!: Evidence;

  @Column('timestamptz')
  raisedAt!: Date;

  /** When its evidence last changed. */
  @Column('timestamptz')
  renewedAt!: Date;

  /** When somebody decided, or it lapsed. */
  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  /** The account; `null`: it lapsed. */
  @Column('uuid', { nullable: true })
  decidedBy!: string | null;

  /** The case that was opened, reopened, changed, or that it was merged into. */
  @Column('uuid', { nullable: true })
  decidedCaseId!: string | null;

  @ManyToOne(() => Case)
  @JoinColumn({ name: 'decided_case_id' })
  decidedCase?: Case | null;

  /** Why it was dismissed, or what was noted. */
  @Column('text', { nullable: true })
  decisionNote!: string | null;

  /** Last day on which the same is not raised again. */
  @Column('date', { nullable: true })
  quietUntil!: string | null;

  /** Until that day is over and the enterprise has been put up for judging again. */
  @Column('boolean', { default: false })
  isQuiet!: boolean;

  @Column('text', { nullable: true })
  lapseReason!: LapseReason | null;

  /** What was judged when it lapsed; `null` where nothing was. */
  @Column('jsonb', { nullable: true })
  lapseFacts!: Evidence | null;

  @Column('int', { default: 1 })
  version!: number;
}
