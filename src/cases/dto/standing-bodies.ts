import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { IsCalendarDate } from '../../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { HOLD_GROUNDS, TERMINATE_GROUNDS } from '../lifecycle/actions.js';

const MAX_TEXT = 2000;

export class HoldBody {
  @ApiProperty({ enum: HOLD_GROUNDS })
  @IsIn(HOLD_GROUNDS)
  ground!: (typeof HOLD_GROUNDS)[number];

  @ApiProperty({ format: 'date', description: 'After today and within 30 days; the hold ends at its 00:00.' })
  @IsCalendarDate()
  reviewOn!: string;

  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_TEXT)
  reason?: string;
}

export class TerminateBody {
  @ApiProperty({ enum: TERMINATE_GROUNDS })
  @IsIn(TERMINATE_GROUNDS)
  ground!: (typeof TERMINATE_GROUNDS)[number];

  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_TEXT)
  reason?: string;
}
