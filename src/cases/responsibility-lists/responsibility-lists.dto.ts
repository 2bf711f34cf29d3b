import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsCalendarDate } from '../../platform/http/calendar-date.validator.js';
import { MayBeAbsent, MayBeNull } from '../../platform/http/fields.js';
import { PageQuery } from '../../platform/http/paging.js';
import { toList } from '../../platform/http/query-values.js';
import { ReportProblemBody } from '../dto/actions.js';
import {
  LIST_SOURCES,
  LIST_STATUSES,
  type ListSource,
  type ListStatus,
} from './responsibility-list.entity.js';

/** As many as one transaction issues without keeping others waiting. */
export const MAX_ITEMS = 500;
const NUMBER = /^[\p{L}\p{N}][\p{L}\p{N}〔〕()（）[\]_./-]{1,59}$/u;

/** Ids are compared as the database spells them. */
const toLowerCase = ({ value }: TransformFnParams): unknown =>
  Array.isArray(value) ? value.map(lowerCased) : lowerCased(value);
const lowerCased = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

/** Of an enterprise, of a live case, which says the enterprise, or of a project: one of the three. */
export class ListItemBody extends ReportProblemBody {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The enterprise that asks; or give its live case, or a project.',
  })
  @ValidateIf(
    ({ enterpriseId, caseId, projectId }: ListItemBody) =>
      enterpriseId !== undefined || (caseId === undefined && projectId === undefined),
  )
  @Transform(toLowerCase)
  @IsUUID()
  enterpriseId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'A live case, instead of its enterprise.' })
  @MayBeAbsent()
  @Transform(toLowerCase)
  @IsUUID()
  caseId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'A project, instead of an enterprise.' })
  @MayBeAbsent()
  @Transform(toLowerCase)
  @IsUUID()
  projectId?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    isArray: true,
    description: 'Departments that might take it; none is bound by it.',
  })
  @MayBeAbsent()
  @Transform(toLowerCase)
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  suggestedDepartmentIds?: string[];
}

/** What every edition says of itself. */
export class EditionBody {
  @ApiProperty({ example: '8月24日企业座谈会问题责任清单', maxLength: 200 })
  @IsString()
  @Matches(/\S/u)
  @MaxLength(200)
  title!: string;

  @ApiProperty({ format: 'date', example: '2021-08-24', description: 'The date the document bears.' })
  @IsCalendarDate()
  issuedOn!: string;

  @ApiPropertyOptional({
    format: 'date',
    example: '2021-08-31',
    description:
      'Last day of the claim window, to 18:00; on a non-working day it means the working day before. Without it there is no end.',
  })
  @MayBeAbsent()
  @IsCalendarDate()
  claimUntilOn?: string;

  @ApiPropertyOptional({ type: [ListItemBody], maxItems: MAX_ITEMS })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => ListItemBody)
  items?: ListItemBody[];
}

export class ResponsibilityListBody extends EditionBody {
  @ApiProperty({ example: 'ZRQD-2021-003', maxLength: 60 })
  @IsString()
  @Matches(NUMBER)
  number!: string;

  @ApiProperty({ enum: LIST_SOURCES, description: 'Where it comes from: a forum, a circular, a canvass.' })
  @IsIn(LIST_SOURCES)
  source!: ListSource;
}

export class ListItemsBody {
  @ApiProperty({ type: [ListItemBody], maxItems: MAX_ITEMS })
  @IsArray()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => ListItemBody)
  items!: ListItemBody[];
}

export class PatchListBody {
  @ApiPropertyOptional({ maxLength: 200 })
  @MayBeAbsent()
  @IsString()
  @Matches(/\S/u)
  @MaxLength(200)
  title?: string;

  @ApiPropertyOptional({ format: 'date' })
  @MayBeAbsent()
  @IsCalendarDate()
  issuedOn?: string;

  @ApiPropertyOptional({ type: String, format: 'date', nullable: true, description: '`null`: no end.' })
  @MayBeNull()
  @IsCalendarDate()
  claimUntilOn?: string | null;
}

export class ResponsibilityListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: LIST_STATUSES, isArray: true })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(2)
  @IsIn(LIST_STATUSES, { each: true })
  status?: ListStatus[];

  @ApiPropertyOptional({ enum: LIST_SOURCES, isArray: true })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(4)
  @IsIn(LIST_SOURCES, { each: true })
  source?: ListSource[];

  @ApiPropertyOptional({ description: 'All editions of one number.', example: 'ZRQD-2021-003' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  number?: string;
}
