import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { AuthorReference } from '../../../cases/case-file/entry-views.js';
import { toLowerCase } from '../../../cases/dto/actions.js';
import { EnterpriseReference } from '../../../cases/views/subject-view.js';
import { MayBeAbsent } from '../../../platform/http/fields.js';
import { PageQuery, pageOf } from '../../../platform/http/paging.js';
import { toList } from '../../../platform/http/query-values.js';
import { CaseReference } from '../candidates.view.js';
import { FINDINGS, FOLLOW_UP_STATUSES, type FollowUpFinding } from './follow-up.entity.js';

/** `overdue`: due, and its day is over. */
export const FOLLOW_UP_STANDINGS = [...FOLLOW_UP_STATUSES, 'overdue'] as const;
export type FollowUpStanding = (typeof FOLLOW_UP_STANDINGS)[number];

export class FollowUpQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: FOLLOW_UP_STANDINGS,
    isArray: true,
    description: '`due`: its day is not over; `overdue`: it is. Left out: both.',
  })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(4)
  @IsIn(FOLLOW_UP_STANDINGS, { each: true })
  status?: FollowUpStanding[];

  @ApiPropertyOptional({
    description: 'Codes of reporting units.',
    example: ['610902'],
    type: String,
    isArray: true,
  })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(20, { each: true })
  reportingUnit?: string[];
}

export class RecordFollowUpBody {
  @ApiProperty({ enum: FINDINGS, description: '`falling` and `stopped` propose reopening.' })
  @IsIn(FINDINGS)
  finding!: FollowUpFinding;

  @ApiPropertyOptional({ maxLength: 2000, example: '现场查看，两条生产线运行正常' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(2000)
  note?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', isArray: true, description: 'Files on the case.' })
  @MayBeAbsent()
  @Transform(toLowerCase)
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  fileIds?: string[];
}

export class FollowUpView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: CaseReference })
  case!: CaseReference;
  @ApiProperty({ type: EnterpriseReference })
  enterprise!: EnterpriseReference;
  @ApiProperty({ type: 'integer', description: 'Days after the closure.', example: 30 })
  afterDays!: number;
  @ApiProperty({ format: 'date', example: '2021-12-01' })
  dueOn!: string;
  @ApiProperty({ enum: FOLLOW_UP_STANDINGS })
  status!: FollowUpStanding;
  @ApiProperty({ type: String, enum: FINDINGS, nullable: true })
  finding!: FollowUpFinding | null;
  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
  @ApiProperty({ type: String, format: 'uuid', isArray: true })
  fileIds!: string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recordedAt!: Date | null;
  @ApiProperty({ type: AuthorReference, nullable: true })
  recordedBy!: AuthorReference | null;
  @ApiProperty({ type: 'integer', description: 'Also its `ETag`.' })
  version!: number;
}

export class FollowUpPage extends pageOf(FollowUpView) {}
