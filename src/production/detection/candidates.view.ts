import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AuthorReference } from '../../cases/case-file/entry-views.js';
import { DISTRESS_TYPES, type DistressType } from '../../cases/lifecycle/states.js';
import { EnterpriseReference } from '../../cases/views/subject-view.js';
import { pageOf } from '../../platform/http/paging.js';
import type { Facts } from '../rules/facts.js';
import { PRODUCTION_STATUSES, type ProductionStatus } from '../rules/statuses.js';
import {
  CANDIDATE_KINDS,
  CANDIDATE_ORIGINS,
  CANDIDATE_STATUSES,
  type CandidateKind,
  type CandidateOrigin,
  type CandidateStatus,
  LAPSE_REASONS,
  type LapseReason,
} from './candidate-terms.js';

const instant = { type: String, format: 'date-time' } as const;
export const CANDIDATE_ACTIONS = ['accept', 'merge', 'dismiss'] as const;
export type CandidateAction = (typeof CANDIDATE_ACTIONS)[number];

export class CaseReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'AK-2021-000123' })
  number!: string;
}

export class EvidenceView {
  @ApiProperty({ enum: PRODUCTION_STATUSES, description: 'As judged for `month`.' })
  status!: ProductionStatus;
  @ApiProperty({ example: '2021-10' })
  month!: string;
  @ApiProperty({ type: [String], description: 'The months running through `month` that speak for it.' })
  months!: string[];
  @ApiProperty({
    description: 'Rule that led to it, or `relapse`, or `follow_up`.',
    example: 'nothing_produced',
  })
  rule!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Months and figures that led to it.',
  })
  facts!: Facts;
  @ApiProperty({ type: 'integer', description: 'Version of the parameters.' })
  policyVersion!: number;
  @ApiProperty({ description: 'The same in the language of Accept-Language.' })
  text!: string;
}

export class CandidateDecisionView {
  @ApiProperty(instant)
  at!: Date;
  @ApiProperty({ type: AuthorReference, nullable: true, description: '`null`: it lapsed.' })
  by!: AuthorReference | null;
  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
  @ApiProperty({
    type: CaseReference,
    nullable: true,
    description: 'Opened, reopened, changed, or merged into.',
  })
  case!: CaseReference | null;
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'Of a dismissal: quiet to its end.',
  })
  quietUntil!: string | null;
  @ApiProperty({ type: String, enum: LAPSE_REASONS, nullable: true })
  lapseReason!: LapseReason | null;
  @ApiProperty({ type: EvidenceView, nullable: true, description: 'What was judged when it lapsed.' })
  judgedInstead!: EvidenceView | null;
}

export class CandidateView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: CANDIDATE_KINDS })
  kind!: CandidateKind;
  @ApiProperty({ enum: CANDIDATE_STATUSES })
  status!: CandidateStatus;
  @ApiProperty({ enum: CANDIDATE_ORIGINS })
  origin!: CandidateOrigin;
  @ApiProperty({ type: EnterpriseReference })
  enterprise!: EnterpriseReference;
  @ApiProperty({ type: String, enum: DISTRESS_TYPES, nullable: true, description: 'What a case would be.' })
  distressType!: DistressType | null;
  @ApiProperty({ type: CaseReference, nullable: true, description: 'That has become worse, or relapsed.' })
  case!: CaseReference | null;
  @ApiProperty({ type: CaseReference, nullable: true, description: 'Live now, to merge into.' })
  liveCase!: CaseReference | null;
  @ApiProperty({ type: EvidenceView })
  evidence!: EvidenceView;
  @ApiProperty(instant)
  raisedAt!: Date;
  @ApiProperty({ ...instant, description: 'When its evidence last changed; it is frozen once decided.' })
  renewedAt!: Date;
  @ApiProperty({ type: CandidateDecisionView, nullable: true, description: '`null` while it is open.' })
  decision!: CandidateDecisionView | null;
  @ApiProperty({ type: 'integer', description: 'Also its `ETag`.' })
  version!: number;
  @ApiProperty({ enum: CANDIDATE_ACTIONS, isArray: true, description: 'What you could do with it now.' })
  allowedActions!: CandidateAction[];
}

class CandidateCounts {
  @ApiProperty({ type: 'integer' })
  new_distress!: number;
  @ApiProperty({ type: 'integer' })
  worsening!: number;
  @ApiProperty({ type: 'integer' })
  suspected!: number;
  @ApiProperty({ type: 'integer' })
  relapse!: number;
}

export class CandidatePage extends pageOf(CandidateView) {
  @ApiPropertyOptional({ type: CandidateCounts, description: 'By kind, with `count=exact`.' })
  counts?: CandidateCounts;
}
