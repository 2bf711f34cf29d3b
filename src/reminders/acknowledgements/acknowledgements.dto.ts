import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { IsCalendarDate } from '../../platform/http/calendar-date.validator.js';
import { IsOneLine, MayBeAbsent } from '../../platform/http/fields.js';
import { LONGEST_NOTE } from './page.js';

export class AcknowledgeBody {
  @ApiProperty({
    format: 'date',
    description: 'Day by which it will be done, office time: today or later, within a year.',
    example: '2021-11-12',
  })
  @IsCalendarDate()
  doneBy!: string;

  @ApiPropertyOptional({ minLength: 1, maxLength: LONGEST_NOTE, example: '待环评批复' })
  @MayBeAbsent()
  @IsString()
  @Length(1, LONGEST_NOTE)
  @Matches(/\S/u)
  @IsOneLine()
  note?: string;
}
