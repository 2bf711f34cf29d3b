import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsCalendarDate } from '../../platform/http/calendar-date.validator.js';
import { IsOneLine, MayBeAbsent } from '../../platform/http/fields.js';
import { PageQuery } from '../../platform/http/paging.js';
import { toBoolean } from '../../platform/http/query-values.js';
import { type Milestone, MILESTONES } from './milestones.js';

/** No blanks at either end. */
const TRIMMED = /^\S([\s\S]*\S)?$/u;
/** Members that one request may add. */
export const MOST_AT_ONCE = 1_000;

export class CampaignQuery extends PageQuery {
  @ApiPropertyOptional({ description: '`true`: those that are pursued; `false`: those that were ended.' })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  isActive?: boolean;
}

export class CampaignBody {
  @ApiProperty({ example: '停产半停产减产企业复产攻坚', maxLength: 200 })
  @IsOneLine()
  @IsString()
  @Length(1, 200)
  @Matches(TRIMMED)
  name!: string;

  @ApiProperty({
    enum: MILESTONES,
    description:
      'What a member is to reach since the campaign began, and not lose again. `recovered`: its last case was closed with this outcome, and stands closed. `resumed`, `capacity_restored`, `on_target`: as its monthly figures say by the rules in force. `full_capacity`: utilisation in the last known month; never over capacity in mining or hazardous chemistry. `project_completed`, `in_production`: a stage of a project; members are projects then.',
  })
  @IsIn(MILESTONES)
  milestone!: Milestone;

  @ApiProperty({
    type: 'integer',
    description: 'Members that are to reach it by the final date.',
    example: 245,
    minimum: 1,
  })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  target!: number;

  @ApiProperty({ format: 'date', description: 'Its first day.', example: '2021-08-25' })
  @IsCalendarDate()
  startsOn!: string;

  @ApiProperty({
    format: 'date',
    description:
      'Its last day. A due date of a member’s case or problem that is set or extended lies no later; those given before stay.',
    example: '2021-12-31',
  })
  @IsCalendarDate()
  finalOn!: string;

  @ApiPropertyOptional({
    description: 'One that is not is told of no more, and caps no due dates.',
    default: true,
    example: true,
  })
  @MayBeAbsent()
  @IsBoolean()
  isActive?: boolean;
}

export class CampaignChangeBody extends PartialType(CampaignBody, { skipNullProperties: false }) {}

export class CampaignMembersBody {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'One enterprise; instead of `creditCodes`, in a campaign of enterprises.',
    example: '0193a1b2-0000-7000-8000-000000000005',
  })
  @MayBeAbsent()
  @IsUUID()
  enterpriseId?: string;

  @ApiPropertyOptional({
    type: [String],
    description: 'Credit codes of enterprises of the register, all of them or none; as people write them.',
    example: ['91610900MA70XXXX0P'],
    maxItems: MOST_AT_ONCE,
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_AT_ONCE)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  creditCodes?: string[];

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'One project; in a campaign of projects, instead of `projectNumbers`.',
    example: '0193a1b2-0000-7000-8000-000000000007',
  })
  @MayBeAbsent()
  @IsUUID()
  projectId?: string;

  @ApiPropertyOptional({
    type: [String],
    description: 'Numbers of projects, all of them or none.',
    example: ['XM-2021-000012'],
    maxItems: MOST_AT_ONCE,
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_AT_ONCE)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  projectNumbers?: string[];

  @ApiPropertyOptional({
    format: 'date',
    description: 'Members from this day on, not after today. Left out: today.',
    example: '2021-08-25',
  })
  @MayBeAbsent()
  @IsCalendarDate()
  since?: string;
}
