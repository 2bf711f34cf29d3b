import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { toLowerCase } from '../dto/actions.js';
import { HOLDING_KINDS, type HoldingKind } from './holding.js';

const MOST_SUCCESSORS = 50;
const MOST_NAMES = 5000;

const Names = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ isArray: true, type: String, format: 'uuid', description }),
    MayBeAbsent(),
    Transform(toLowerCase),
    IsArray(),
    ArrayNotEmpty(),
    ArrayMaxSize(MOST_NAMES),
    ArrayUnique(),
    IsUUID(undefined, { each: true }),
  );

export class SuccessorBody {
  @ApiProperty({
    format: 'uuid',
    description: 'An active official of the same department; pairings of a leader go to any other leader.',
  })
  @Transform(toLowerCase)
  @IsUUID()
  officialId!: string;

  @Names('Cases that go to this one, with their problems unless these are named. Nothing named: the rest.')
  caseIds?: string[];

  @Names('Problems that go to this one.')
  problemIds?: string[];

  @Names('Enterprises whose pairing goes to this one.')
  enterpriseIds?: string[];

  @Names('Projects whose pairing goes to this one.')
  projectIds?: string[];
}

export class HandoverBody {
  @ApiProperty({ type: [SuccessorBody], description: 'Who takes over; one of them may take the rest.' })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_SUCCESSORS)
  @ValidateNested({ each: true })
  @Type(() => SuccessorBody)
  to!: SuccessorBody[];

  @ApiPropertyOptional({ description: 'Say what would be done, and do nothing.', default: false })
  @MayBeAbsent()
  @IsBoolean()
  preview?: boolean;
}

class HandoverItem {
  @ApiProperty({
    enum: HOLDING_KINDS,
    description: '`case` and `problem` are assignments, `plan` the open measures of a plan.',
  })
  kind!: HoldingKind;

  @ApiProperty({ format: 'uuid', description: 'Of the assignment, the co-handler, the pairing or the plan.' })
  id!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  caseId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  problemId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '`null` of a project.' })
  enterpriseId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '`null` of an enterprise.' })
  projectId!: string | null;

  @ApiProperty({ description: 'Number of the case or problem, or name of the enterprise or project.' })
  name!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Requests to close or to extend that wait on it for a decision.',
  })
  pendingApprovals!: number;

  @ApiProperty({ format: 'uuid' })
  toOfficialId!: string;
}

class StandInView {
  @ApiProperty({ format: 'uuid', description: 'Who is away.' })
  officialId!: string;

  @ApiProperty({ example: '王思远' })
  name!: string;

  @ApiProperty({ format: 'date' })
  fromOn!: string;

  @ApiProperty({ format: 'date', description: 'Last day.' })
  toOn!: string;
}

class HandoverCounts {
  @ApiProperty({ type: 'integer' })
  cases!: number;

  @ApiProperty({ type: 'integer' })
  problems!: number;

  @ApiProperty({ type: 'integer' })
  coHandling!: number;

  @ApiProperty({ type: 'integer' })
  pairings!: number;

  @ApiProperty({ type: 'integer', description: 'Plans by which something is still to be done.' })
  plans!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Requests that wait for a decision of the task force; they stay with their assignment.',
  })
  pendingApprovals!: number;

  @ApiProperty({ type: 'integer', description: 'Reminders recorded and not yet sent, by channel.' })
  deliveries!: number;
}

export class HandoverView {
  @ApiProperty({ format: 'uuid', description: 'Who hands over.' })
  officialId!: string;

  @ApiProperty({ description: 'Nothing was done yet.' })
  preview!: boolean;

  @ApiProperty({ type: [HandoverItem] })
  items!: HandoverItem[];

  @ApiProperty({ type: HandoverCounts })
  counts!: HandoverCounts;

  @ApiProperty({
    type: [StandInView],
    description: 'For whom the one who hands over stands in; it stays so until another deputy is named.',
  })
  standsInFor!: StandInView[];
}
