import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsCalendarDate } from '../../platform/http/calendar-date.validator.js';
import { PageQuery } from '../../platform/http/paging.js';
import { toBoolean, toList } from '../../platform/http/query-values.js';
import { LIGHTS } from '../deadlines/light.js';
import { CAUSES, DISTRESS_TYPES, PROBLEM_CATEGORIES, STATUSES } from '../lifecycle/states.js';
import { type Sort, SORTS } from '../subject-filter.js';

const many = { isArray: true } as const;

/** Filters that the lists of cases and of problems share. Repeatable ones mean any of them. */
export abstract class SubjectListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATUSES, ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(20)
  @IsIn(STATUSES, { each: true })
  status?: string[];

  @ApiPropertyOptional({
    description: 'Codes of reporting units.',
    example: ['610902'],
    type: String,
    ...many,
  })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(20, { each: true })
  reportingUnit?: string[];

  @ApiPropertyOptional({ description: 'Ids of lead departments.', type: String, format: 'uuid', ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  leadDepartment?: string[];

  @ApiPropertyOptional({ description: 'Ids of answerable officials.', type: String, format: 'uuid', ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  official?: string[];

  @ApiPropertyOptional({ enum: LIGHTS, ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(4)
  @IsIn(LIGHTS, { each: true })
  light?: string[];

  @ApiPropertyOptional({ description: '`true`: overdue ones only; `false`: all others.' })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  overdue?: boolean;

  @ApiPropertyOptional({ description: 'Reported on this day or later, office time.', format: 'date' })
  @IsOptional()
  @IsCalendarDate()
  openedFrom?: string;

  @ApiPropertyOptional({ description: 'Reported on this day or earlier, office time.', format: 'date' })
  @IsOptional()
  @IsCalendarDate()
  openedTo?: string;

  @ApiPropertyOptional({ description: 'Due on this day or later.', format: 'date' })
  @IsOptional()
  @IsCalendarDate()
  dueFrom?: string;

  @ApiPropertyOptional({ description: 'Due on this day or earlier.', format: 'date' })
  @IsOptional()
  @IsCalendarDate()
  dueTo?: string;

  @ApiPropertyOptional({
    description: 'Fragment of name, number or credit code; of one or two characters: of the name.',
    example: '光电',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @ApiPropertyOptional({
    enum: SORTS,
    default: 'dueAt',
    description: 'What has no deadline comes last by `dueAt`.',
  })
  @IsOptional()
  @IsIn(SORTS)
  sort?: Sort;
}

export class CaseListQuery extends SubjectListQuery {
  @ApiPropertyOptional({ enum: DISTRESS_TYPES, ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(3)
  @IsIn(DISTRESS_TYPES, { each: true })
  distressType?: string[];

  @ApiPropertyOptional({
    description: 'Ids of campaigns: cases of enterprises that belong to any of them now.',
    type: String,
    format: 'uuid',
    ...many,
  })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  campaign?: string[];
}

/** Of one case, which is named by the path alone. */
export class CaseProblemListQuery extends SubjectListQuery {
  @ApiPropertyOptional({ enum: PROBLEM_CATEGORIES, ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(20)
  @IsIn(PROBLEM_CATEGORIES, { each: true })
  category?: string[];

  @ApiPropertyOptional({ enum: CAUSES, ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(3)
  @IsIn(CAUSES, { each: true })
  cause?: string[];
}

export class ProblemListQuery extends CaseProblemListQuery {
  @ApiPropertyOptional({ description: 'Ids of cases.', type: String, format: 'uuid', ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  case?: string[];

  @ApiPropertyOptional({ description: 'Ids of projects.', type: String, format: 'uuid', ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  project?: string[];
}
