import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '../../platform/http/paging.js';
import { AuthorReference } from '../case-file/entry-views.js';
import { ACTOR_KINDS, type ActorKind } from '../case-events.js';
import { ASSIGNMENT_ENDS } from '../assignment.entity.js';
import {
  AssignmentView,
  CoHandlerView,
  DepartmentReference,
  OfficialReference,
} from '../views/subject-view.js';

const instant = { type: String, format: 'date-time' } as const;

export class TimelineSubject {
  @ApiProperty({ enum: ['case', 'problem'] })
  kind!: 'case' | 'problem';
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

export class TimelineActor {
  @ApiProperty({ enum: ACTOR_KINDS })
  kind!: ActorKind;
  @ApiProperty({ type: AuthorReference, nullable: true })
  account!: AuthorReference | null;
  @ApiProperty({ type: AuthorReference, nullable: true, description: 'The key of a portal.' })
  apiKey!: AuthorReference | null;
  @ApiProperty({ type: DepartmentReference, nullable: true, description: 'For which it acted.' })
  department!: DepartmentReference | null;
}

export class TimelineEntry {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: 'integer', description: 'In the chain of the case and its problems.' })
  sequence!: number;
  @ApiProperty({ example: 'acknowledged' })
  type!: string;
  @ApiProperty({ type: TimelineSubject, description: 'To what it happened: the case, or a problem of it.' })
  subject!: TimelineSubject;
  @ApiProperty({ type: TimelineActor })
  who!: TimelineActor;
  @ApiProperty({ ...instant, description: 'When it happened.' })
  happenedAt!: Date;
  @ApiProperty({ ...instant, description: 'When the system learnt it: later for imports and late entries.' })
  recordedAt!: Date;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Ids and facts of this type.' })
  facts!: Record<string, unknown>;
  @ApiProperty({ description: 'In the language of Accept-Language.', example: '市工信局李明签收。' })
  sentence!: string;
}

export class TimelinePage extends pageOf(TimelineEntry) {}

export class ExtensionView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ ...instant, description: 'The deadline asked for.' })
  dueAt!: Date;
  @ApiProperty()
  reason!: string;
  @ApiProperty(instant)
  requestedAt!: Date;
  @ApiProperty({ type: String, enum: ['approved', 'refused', 'lapsed'], nullable: true })
  decision!: string | null;
  @ApiProperty({ ...instant, nullable: true })
  decidedAt!: Date | null;
  @ApiProperty({ type: String, nullable: true })
  decisionNote!: string | null;
}

export class HandoverEntry {
  @ApiProperty(instant)
  at!: Date;
  @ApiProperty({ type: OfficialReference })
  from!: OfficialReference;
  @ApiProperty({ type: OfficialReference })
  to!: OfficialReference;
}

const handovers = {
  type: HandoverEntry,
  isArray: true as const,
  description: 'How it came to the official it has now from the one it began with, the first one first.',
};

export class PastCoHandlerView extends CoHandlerView {
  @ApiProperty(handovers)
  handovers!: HandoverEntry[];
}

export class PastAssignmentView extends AssignmentView {
  @ApiProperty({ ...instant, nullable: true, description: '`null`: it is in force.' })
  endedAt!: Date | null;
  @ApiProperty({ type: String, enum: ASSIGNMENT_ENDS, nullable: true })
  endReason!: string | null;
  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
  @ApiProperty(handovers)
  handovers!: HandoverEntry[];
  @ApiProperty({ type: [PastCoHandlerView] })
  coHandlers!: PastCoHandlerView[];
  @ApiProperty({ type: [ExtensionView] })
  extensions!: ExtensionView[];
}

export class AssignmentPage extends pageOf(PastAssignmentView) {}
