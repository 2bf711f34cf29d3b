import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsCalendarDate } from '../../platform/http/calendar-date.validator.js';
import { MayBeAbsent, MayBeNull } from '../../platform/http/fields.js';
import {
  CAUSES,
  type Cause,
  COMPLEXITIES,
  type Complexity,
  DISTRESS_TYPES,
  type DistressType,
  type Outcome,
  PROBLEM_CATEGORIES,
  type ProblemCategory,
} from '../lifecycle/states.js';

const MAX_TEXT = 2000;
/** Blanks are no reason. */
const NOT_BLANK = /\S/u;

/** Events name things by id as the database spells it: what reads them compares text. */
export const toLowerCase = ({ value }: TransformFnParams): unknown =>
  Array.isArray(value) ? value.map(lowerCased) : lowerCased(value);
const lowerCased = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

export class ReportCaseBody {
  @ApiProperty({ format: 'uuid' })
  @Transform(toLowerCase)
  @IsUUID()
  enterpriseId!: string;

  @ApiProperty({ enum: DISTRESS_TYPES })
  @IsIn(DISTRESS_TYPES)
  distressType!: DistressType;

  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string;
}

export class PatchCaseBody {
  @ApiPropertyOptional({ enum: DISTRESS_TYPES })
  @MayBeAbsent()
  @IsIn(DISTRESS_TYPES)
  distressType?: DistressType;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: MAX_TEXT })
  @MayBeNull()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string | null;
}

export class ReportProblemBody {
  @ApiProperty({ example: '厂区扩建用地指标未落实', maxLength: 200 })
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(200)
  title!: string;

  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_TEXT)
  description?: string;

  @ApiProperty({ enum: PROBLEM_CATEGORIES })
  @IsIn(PROBLEM_CATEGORIES)
  category!: ProblemCategory;

  @ApiProperty({ enum: CAUSES })
  @IsIn(CAUSES)
  cause!: Cause;
}

export class CoHandlerBody {
  @ApiProperty({ format: 'uuid' })
  @Transform(toLowerCase)
  @IsUUID()
  departmentId!: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @MayBeAbsent()
  @Transform(toLowerCase)
  @IsUUID()
  officialId?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Without it, three working days after day 0.' })
  @MayBeAbsent()
  @IsCalendarDate()
  dueOn?: string;
}

/** A limit by complexity, or a date: one of the two. */
export class AssignBody {
  @ApiProperty({ format: 'uuid' })
  @Transform(toLowerCase)
  @IsUUID()
  departmentId!: string;

  @ApiProperty({ format: 'uuid', description: 'An active official of that department.' })
  @Transform(toLowerCase)
  @IsUUID()
  officialId!: string;

  @ApiPropertyOptional({ enum: COMPLEXITIES, description: 'simple 5, general 15, complex 30 working days.' })
  @ValidateIf((body: AssignBody) => body.dueOn === undefined || body.complexity !== undefined)
  @IsIn(COMPLEXITIES)
  complexity?: Complexity;

  @ApiPropertyOptional({
    format: 'date',
    description: 'On a non-working day it means the working day before.',
  })
  @MayBeAbsent()
  @IsCalendarDate()
  dueOn?: string;

  @ApiPropertyOptional({ type: [CoHandlerBody] })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique((coHandler: CoHandlerBody) => coHandler.departmentId)
  @ValidateNested({ each: true })
  @Type(() => CoHandlerBody)
  coHandlers?: CoHandlerBody[];

  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string;
}

export class NoteBody {
  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string;
}

export class ReasonBody {
  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEXT)
  reason!: string;
}

abstract class ClosureBody {
  abstract outcome: Outcome;

  @ApiProperty({ maxLength: MAX_TEXT, description: 'What was done, and how it shows.' })
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEXT)
  statement!: string;

  @ApiProperty({ type: String, format: 'uuid', isArray: true, description: 'Files on this case or problem.' })
  @Transform(toLowerCase)
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  evidenceFileIds!: string[];
}

export class CaseClosureBody extends ClosureBody {
  @ApiProperty({ enum: ['recovered', 'explained'] })
  @IsIn(['recovered', 'explained'])
  outcome!: 'recovered' | 'explained';
}

export class ProblemClosureBody extends ClosureBody {
  @ApiProperty({ enum: ['solved', 'explained'] })
  @IsIn(['solved', 'explained'])
  outcome!: 'solved' | 'explained';
}
