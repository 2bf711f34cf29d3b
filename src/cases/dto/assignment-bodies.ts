import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { IsCalendarDate } from '../../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { RETURN_GROUNDS } from '../lifecycle/actions.js';
import { toLowerCase } from './actions.js';

const MAX_TEXT = 2000;
/** Blanks are no reason. */
const NOT_BLANK = /\S/u;

export class ClaimBody {
  @ApiProperty({ format: 'uuid', description: 'An active official of your own department.' })
  @Transform(toLowerCase)
  @IsUUID()
  officialId!: string;
}

export class ReturnBody {
  @ApiProperty({ enum: RETURN_GROUNDS })
  @IsIn(RETURN_GROUNDS)
  ground!: (typeof RETURN_GROUNDS)[number];

  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEXT)
  reason!: string;
}

export class ReassignBody {
  @ApiProperty({ format: 'uuid' })
  @Transform(toLowerCase)
  @IsUUID()
  departmentId!: string;

  @ApiProperty({ format: 'uuid', description: 'An active official of that department.' })
  @Transform(toLowerCase)
  @IsUUID()
  officialId!: string;

  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEXT)
  reason!: string;

  @ApiPropertyOptional({
    format: 'date',
    description: 'By the task force alone; without it the deadline stays.',
  })
  @MayBeAbsent()
  @IsCalendarDate()
  dueOn?: string;
}

export class ReopenBody {
  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEXT)
  reason!: string;

  @ApiProperty({ format: 'uuid' })
  @Transform(toLowerCase)
  @IsUUID()
  departmentId!: string;

  @ApiProperty({ format: 'uuid', description: 'An active official of that department.' })
  @Transform(toLowerCase)
  @IsUUID()
  officialId!: string;

  @ApiProperty({ format: 'date' })
  @IsCalendarDate()
  dueOn!: string;
}

export class ExtensionBody {
  @ApiProperty({ format: 'date', description: 'The new due date asked for.' })
  @IsCalendarDate()
  dueOn!: string;

  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEXT)
  reason!: string;
}
