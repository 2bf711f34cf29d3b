import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { IsCalendarDate } from '../../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../../platform/http/fields.js';
import type { List } from '../../platform/http/list-reader.js';
import { pageOf } from '../../platform/http/paging.js';
import { PROJECT_STAGES, type ProjectStage, STAGE_SOURCES, type StageSource } from './project-stages.js';

/** Something besides blanks. */
const SAID = /\S/u;
const SOURCE = 'Where that comes from; `document`: of an authority, such as an acceptance of works.';

export class ProjectStageBody {
  @ApiProperty({ enum: PROJECT_STAGES, description: 'A later one than that it is at.', example: 'completed' })
  @IsIn(PROJECT_STAGES)
  stage!: ProjectStage;

  @ApiProperty({
    format: 'date',
    description: 'Not after today, and not before the stage before it.',
    example: '2021-10-28',
  })
  @IsCalendarDate()
  reachedOn!: string;

  @ApiProperty({ description: 'What shows it.', example: '竣工验收备案表已出具', maxLength: 2000 })
  @IsString()
  @Length(1, 2000)
  @Matches(SAID)
  statement!: string;

  @ApiProperty({ enum: STAGE_SOURCES, description: SOURCE, example: 'document' })
  @IsIn(STAGE_SOURCES)
  source!: StageSource;

  @ApiPropertyOptional({
    description: 'Why stages are passed over; wanted where any is.',
    example: '租用厂房，无需建设',
    maxLength: 500,
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 500)
  @Matches(SAID)
  skipReason?: string;
}

export class StageCorrectionBody {
  @ApiProperty({ description: 'Why.', example: '日期录入有误', maxLength: 500 })
  @IsString()
  @Length(1, 500)
  @Matches(SAID)
  reason!: string;

  @ApiPropertyOptional({ description: 'It was not reached. Of the last stage alone.', example: true })
  @MayBeAbsent()
  @IsBoolean()
  isWithdrawn?: boolean;

  @ApiPropertyOptional({ format: 'date', description: 'Left out: as it was.', example: '2021-10-29' })
  @MayBeAbsent()
  @IsCalendarDate()
  reachedOn?: string;

  @ApiPropertyOptional({ description: 'Left out: as it was.', maxLength: 2000 })
  @MayBeAbsent()
  @IsString()
  @Length(1, 2000)
  @Matches(SAID)
  statement?: string;

  @ApiPropertyOptional({ enum: STAGE_SOURCES, description: `${SOURCE} Left out: as it was.` })
  @MayBeAbsent()
  @IsIn(STAGE_SOURCES)
  source?: StageSource;
}

export class ProjectStageView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000011' })
  id!: string;

  @ApiProperty({ enum: PROJECT_STAGES })
  stage!: ProjectStage;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: '`null`: withdrawn.',
    example: '2021-10-28',
  })
  reachedOn!: string | null;

  @ApiProperty({ example: '竣工验收备案表已出具' })
  statement!: string;

  @ApiProperty({ enum: STAGE_SOURCES, description: SOURCE })
  source!: StageSource;

  @ApiProperty({ type: String, nullable: true, description: 'Why stages before it were passed over.' })
  skipReason!: string | null;

  @ApiProperty({ description: '`false`: another entry has taken its place.', example: true })
  isStanding!: boolean;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The entry whose place it has taken.',
  })
  correctsId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why that was corrected.' })
  reason!: string | null;

  @ApiProperty({ format: 'date-time', example: '2021-10-29T02:00:00.000Z' })
  recordedAt!: Date;
}

export class ProjectStagePage extends pageOf(ProjectStageView) {}

/** Of entry `s`: none has taken its place. */
export const IS_STANDING = `NOT EXISTS (SELECT 1 FROM project_stages later WHERE later.corrects_id = s.id)`;

export const STAGES: List<ProjectStageView> = {
  name: 'project-stages',
  select: `s.id, s.stage, s.reached_on::text AS "reachedOn", s.statement, s.source, s.skip_reason AS "skipReason",
    ${IS_STANDING} AS "isStanding", s.corrects_id AS "correctsId", s.reason, s.recorded_at AS "recordedAt"`,
  from: 'project_stages s',
  keys: ['s.id'],
  types: ['uuid'],
  positionOf: (row) => [row.id],
};
