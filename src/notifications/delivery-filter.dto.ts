import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { IsCalendarDate } from '../platform/http/calendar-date.validator.js';
import { toList } from '../platform/http/query-values.js';
import { type Channel, CHANNELS } from './channel.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from './delivery.entity.js';
import { NOTICE_KINDS, type NoticeKind } from './notices/notice-kinds.js';
import { RUNG_CODE } from './rung-code.js';

/** Gateways choose their own: `SMTP_550`, `isv.BUSINESS_LIMIT_CONTROL`, `250`. */
const CODE = /^[\w.:-]{1,100}$/;
const MOST_VALUES = 50;

/** Which deliveries; all that is named must hold. */
export class DeliveryFilter {
  @ApiPropertyOptional({ enum: DELIVERY_STATUSES, isArray: true, example: ['failed'] })
  @IsOptional()
  @Transform(toList)
  @IsIn(DELIVERY_STATUSES, { each: true })
  status?: DeliveryStatus[];

  @ApiPropertyOptional({ enum: CHANNELS, isArray: true, example: ['sms'] })
  @IsOptional()
  @Transform(toList)
  @IsIn(CHANNELS, { each: true })
  channel?: Channel[];

  @ApiPropertyOptional({
    type: String,
    isArray: true,
    description: 'Rungs of the ladder.',
    example: ['overdue'],
  })
  @IsOptional()
  @Transform(toList)
  @Matches(RUNG_CODE, { each: true })
  rung?: string[];

  @ApiPropertyOptional({
    enum: NOTICE_KINDS,
    isArray: true,
    description: 'Messages that are no reminders, by kind.',
    example: ['assigned'],
  })
  @IsOptional()
  @Transform(toList)
  @IsIn(NOTICE_KINDS, { each: true })
  kind?: NoticeKind[];

  @ApiPropertyOptional({ format: 'uuid', description: 'A case, with its problems.' })
  @IsOptional()
  @IsUUID()
  caseId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  problemId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The recipient.' })
  @IsOptional()
  @IsUUID()
  official?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The enterprise whose contact is the recipient.' })
  @IsOptional()
  @IsUUID()
  enterprise?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The department of the recipient, as it is now.' })
  @IsOptional()
  @IsUUID()
  department?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The message that carries them.' })
  @IsOptional()
  @IsUUID()
  messageId?: string;

  @ApiPropertyOptional({
    type: String,
    isArray: true,
    description: 'Why they were suppressed, failed or are unknown.',
    example: ['NO_ADDRESS'],
  })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(MOST_VALUES)
  @Matches(CODE, { each: true })
  reason?: string[];

  @ApiPropertyOptional({
    type: String,
    isArray: true,
    description: 'What the mail server or gateway said last.',
    example: ['SMTP_550'],
  })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(MOST_VALUES)
  @Matches(CODE, { each: true })
  gatewayCode?: string[];

  @ApiPropertyOptional({ description: 'Recorded on this day or later, office time.', format: 'date' })
  @IsOptional()
  @IsCalendarDate()
  queuedFrom?: string;

  @ApiPropertyOptional({ description: 'Recorded on this day or earlier, office time.', format: 'date' })
  @IsOptional()
  @IsCalendarDate()
  queuedTo?: string;
}
