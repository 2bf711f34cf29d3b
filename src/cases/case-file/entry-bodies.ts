import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsCalendarDate } from '../../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { ReportProblemBody } from '../dto/actions.js';
import { type RatingValue, RATINGS } from '../rating.entity.js';

const MAX_TEXT = 2000;
/** Blanks say nothing. */
const NOT_BLANK = /\S/u;

/** Ids are compared as the database spells them. */
const toLowerCase = ({ value }: TransformFnParams): unknown =>
  Array.isArray(value) ? value.map(lowerCased) : lowerCased(value);
const lowerCased = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

const Text = (description: string, maxLength = MAX_TEXT) =>
  applyDecorators(
    ApiProperty({ description, maxLength }),
    IsString(),
    Matches(NOT_BLANK),
    MaxLength(maxLength),
  );
const Id = () => applyDecorators(Transform(toLowerCase), IsUUID());
const FileIds = () =>
  applyDecorators(
    ApiPropertyOptional({
      type: String,
      format: 'uuid',
      isArray: true,
      description: 'Files on this case or problem.',
    }),
    MayBeAbsent(),
    Transform(toLowerCase),
    IsArray(),
    ArrayMaxSize(50),
    ArrayUnique(),
    IsUUID('all', { each: true }),
  );

export class MeasureBody {
  @Text('What is to be done.', 500)
  what!: string;

  @ApiProperty({ format: 'uuid' })
  @Id()
  departmentId!: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'An active official of that department.' })
  @MayBeAbsent()
  @Id()
  officialId?: string;

  @ApiProperty({ format: 'date' })
  @IsCalendarDate()
  dueOn!: string;

  @ApiPropertyOptional({ format: 'date', description: 'Once it is done; not after today.' })
  @MayBeAbsent()
  @IsCalendarDate()
  doneOn?: string;
}

export class PlanBody {
  @Text('What the plan is to reach.')
  goal!: string;

  @ApiProperty({ type: [MeasureBody] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => MeasureBody)
  measures!: MeasureBody[];
}

export class ProgressNoteBody {
  @Text('What has been done or has come up.')
  text!: string;

  @FileIds()
  fileIds?: string[];
}

export class VisitBody {
  @ApiProperty({ format: 'date', description: 'Not after today.' })
  @IsCalendarDate()
  visitedOn!: string;

  @Text('Where.', 200)
  place!: string;

  @ApiProperty({ type: [String], description: 'Names of who went.', example: ['王思远', '李明'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @IsString({ each: true })
  @Matches(NOT_BLANK, { each: true })
  @MaxLength(50, { each: true })
  people!: string[];

  @Text('What was found.')
  findings!: string;

  @ApiPropertyOptional({
    type: [ReportProblemBody],
    description: 'What of it goes on the responsibility list at once; by those who may report problems.',
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ReportProblemBody)
  problems?: ReportProblemBody[];

  @FileIds()
  fileIds?: string[];
}

export class InstructionBody {
  @Text('What is to be done.')
  text!: string;

  @ApiPropertyOptional({ format: 'date', description: 'Day by which the lead department is to answer.' })
  @MayBeAbsent()
  @IsCalendarDate()
  replyBy?: string;
}

export class ReplyBody {
  @Text('What is answered.')
  text!: string;
}

export class OpinionBody {
  @Text('The opinion of the co-handling department.')
  opinion!: string;
}

export class RatingBody {
  @ApiProperty({ enum: RATINGS })
  @IsIn(RATINGS)
  rating!: RatingValue;

  @ApiProperty({ enum: ['call_back', 'portal'], description: 'How the enterprise was asked.' })
  @IsIn(['call_back', 'portal'])
  source!: 'call_back' | 'portal';

  @ApiPropertyOptional({ maxLength: MAX_TEXT, description: 'What the enterprise said besides.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_TEXT)
  comment?: string;
}
