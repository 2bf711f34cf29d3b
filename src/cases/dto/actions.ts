import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
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
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export class ReportCaseBody {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  enterpriseId!: string;

  @ApiProperty({ enum: DISTRESS_TYPES })
  @IsIn(DISTRESS_TYPES)
  distressType!: DistressType;

  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string;
}

export class PatchCaseBody {
  @ApiPropertyOptional({ enum: DISTRESS_TYPES })
  @IsOptional()
  @IsIn(DISTRESS_TYPES)
  distressType?: DistressType;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: MAX_TEXT })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string | null;
}

export class ReportProblemBody {
  @ApiProperty({ example: '厂区扩建用地指标未落实', maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  title!: string;

  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @IsOptional()
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
  @IsUUID()
  departmentId!: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  officialId?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Without it, three working days after day 0.' })
  @IsOptional()
  @Matches(DATE)
  @IsISO8601({ strict: true })
  dueOn?: string;
}

/** A limit by complexity, or a date: one of the two. */
export class AssignBody {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  departmentId!: string;

  @ApiProperty({ format: 'uuid', description: 'An active official of that department.' })
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
  @IsOptional()
  @Matches(DATE)
  @IsISO8601({ strict: true })
  dueOn?: string;

  @ApiPropertyOptional({ type: [CoHandlerBody] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique((coHandler: CoHandlerBody) => coHandler.departmentId)
  @ValidateNested({ each: true })
  @Type(() => CoHandlerBody)
  coHandlers?: CoHandlerBody[];

  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string;
}

export class NoteBody {
  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string;
}

export class ReasonBody {
  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_TEXT)
  reason!: string;
}

abstract class ClosureBody {
  abstract outcome: Outcome;

  @ApiProperty({ maxLength: MAX_TEXT, description: 'What was done, and how it shows.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_TEXT)
  statement!: string;

  @ApiProperty({ type: String, format: 'uuid', isArray: true, description: 'Files on this case or problem.' })
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
