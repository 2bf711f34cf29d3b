import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '../../platform/http/paging.js';
import { type RatingValue, RATINGS } from '../rating.entity.js';
import { DepartmentReference, OfficialReference } from '../views/subject-view.js';

const instant = { type: String, format: 'date-time' } as const;
const ids = { type: String, format: 'uuid', isArray: true } as const;

export class EntryReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

export class AuthorReference {
  @ApiProperty({ format: 'uuid', description: 'Account.' })
  id!: string;
  @ApiProperty({ description: 'The official it belongs to, or else its user name.', example: '王思远' })
  name!: string;
}

export class MeasureView {
  @ApiProperty({ type: 'integer', example: 1 })
  ordinal!: number;
  @ApiProperty()
  what!: string;
  @ApiProperty({ type: DepartmentReference })
  department!: DepartmentReference;
  @ApiProperty({ type: OfficialReference, nullable: true })
  official!: OfficialReference | null;
  @ApiProperty({ format: 'date' })
  dueOn!: string;
  @ApiProperty({ type: String, format: 'date', nullable: true })
  doneOn!: string | null;
}

export class PlanView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: 'integer', description: 'From 1; the highest is the plan in force.' })
  planVersion!: number;
  @ApiProperty()
  goal!: string;
  @ApiProperty({ type: [MeasureView] })
  measures!: MeasureView[];
  @ApiProperty(instant)
  savedAt!: Date;
  @ApiProperty({ type: AuthorReference })
  savedBy!: AuthorReference;
}

export class NoteView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  text!: string;
  @ApiProperty(ids)
  fileIds!: string[];
  @ApiProperty(instant)
  notedAt!: Date;
  @ApiProperty({ type: AuthorReference, nullable: true })
  notedBy!: AuthorReference | null;
}

export class FoundProblem {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'P-2021-000456' })
  number!: string;
  @ApiProperty()
  title!: string;
}

export class VisitView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'date' })
  visitedOn!: string;
  @ApiProperty()
  place!: string;
  @ApiProperty({ type: [String] })
  people!: string[];
  @ApiProperty()
  findings!: string;
  @ApiProperty({ type: [FoundProblem], description: 'Put on the responsibility list in the same step.' })
  problems!: FoundProblem[];
  @ApiProperty(ids)
  fileIds!: string[];
  @ApiProperty(instant)
  recordedAt!: Date;
  @ApiProperty({ type: AuthorReference })
  recordedBy!: AuthorReference;
}

export class ReplyView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  text!: string;
  @ApiProperty({ type: DepartmentReference })
  department!: DepartmentReference;
  @ApiProperty(instant)
  repliedAt!: Date;
}

export class InstructionView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  text!: string;
  @ApiProperty({ type: OfficialReference, nullable: true, description: '`null`: left by the task force.' })
  leader!: OfficialReference | null;
  @ApiProperty({ ...instant, nullable: true, description: '`null`: no reply is expected.' })
  replyBy!: Date | null;
  @ApiProperty({ description: 'A reply was expected by now, and there is none.' })
  isReplyOverdue!: boolean;
  @ApiProperty({ type: [ReplyView] })
  replies!: ReplyView[];
  @ApiProperty(instant)
  leftAt!: Date;
}

export class RatingView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: RATINGS })
  rating!: RatingValue;
  @ApiProperty({ enum: ['call_back', 'portal', 'ledger'] })
  source!: string;
  @ApiProperty({ type: String, nullable: true })
  comment!: string | null;
  @ApiProperty({ ...instant, description: 'When the enterprise said it.' })
  effectiveAt!: Date;
  @ApiProperty(instant)
  recordedAt!: Date;
}

export class PlanPage extends pageOf(PlanView) {}
export class NotePage extends pageOf(NoteView) {}
export class VisitPage extends pageOf(VisitView) {}
export class InstructionPage extends pageOf(InstructionView) {}

export class RatingPage extends pageOf(RatingView) {
  @ApiProperty({
    ...instant,
    nullable: true,
    description: 'Since when reopening is proposed: the last rating of this closure was not satisfied.',
  })
  reopenProposedAt!: Date | null;
}

export class ReopenProposalView {
  @ApiProperty({ enum: ['case', 'problem'] })
  kind!: 'case' | 'problem';
  @ApiProperty({ format: 'uuid', description: 'Of the case or problem.' })
  id!: string;
  @ApiProperty({ example: 'AK-2021-000123' })
  number!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Of the enterprise; `null` of a project.' })
  enterpriseName!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Of the project; `null` of an enterprise.' })
  projectName!: string | null;
  @ApiProperty(instant)
  resolvedAt!: Date;
  @ApiProperty({
    enum: ['rating', 'relapse'],
    description: 'Not satisfied, or production has fallen again 反弹.',
  })
  cause!: 'rating' | 'relapse';
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Of a relapse: the candidate to accept or dismiss.',
  })
  candidateId!: string | null;
  @ApiProperty({ type: String, enum: RATINGS, nullable: true, description: '`null` of a relapse.' })
  rating!: RatingValue | null;
  @ApiProperty({ type: String, nullable: true })
  comment!: string | null;
  @ApiProperty(instant)
  reopenProposedAt!: Date;
}

export class ReopenProposalPage extends pageOf(ReopenProposalView) {}
