import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { pageOf, PageQuery } from '../platform/http/paging.js';
import { toList } from '../platform/http/query-values.js';
import { type Channel, CHANNELS } from './channel.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from './delivery.entity.js';
import { NOTICE_KINDS, type NoticeKind } from './notices/notice-kinds.js';

const RUNG = /^[a-z][a-z_]{0,39}$/;

export class DeliveryQuery extends PageQuery {
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
  @Matches(RUNG, { each: true })
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
}

class DeliveredReminder {
  @ApiProperty({ example: 'overdue' })
  rung!: string;

  @ApiProperty({ enum: ['assign', 'sign', 'handle', 'co_handle', 'verify'], example: 'handle' })
  clock!: string;

  @ApiProperty({ format: 'uuid', description: 'One start of the clock.' })
  clockRunId!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  deadlineVersion!: number;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  assignmentId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  caseId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  problemId!: string | null;
}

class DeliveredNotice {
  @ApiProperty({ enum: NOTICE_KINDS, example: 'assigned' })
  kind!: NoticeKind;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  assignmentId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  caseId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  problemId!: string | null;
}

class Recipient {
  @ApiProperty({ format: 'uuid' })
  officialId!: string;

  @ApiProperty({ example: '王建国' })
  name!: string;
}

/** One reminder or notice to one recipient over one channel. */
export class DeliveryView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The message that carries it, alone or in a digest; `null` where none was made.',
  })
  messageId!: string | null;

  @ApiProperty({ type: DeliveredReminder, nullable: true, description: '`null` of a notice.' })
  reminder!: DeliveredReminder | null;

  @ApiProperty({
    type: DeliveredNotice,
    nullable: true,
    description:
      'Another message than a reminder, such as that something was assigned; `null` of a reminder.',
  })
  notice!: DeliveredNotice | null;

  @ApiProperty({ type: Recipient })
  recipient!: Recipient;

  @ApiProperty({ enum: CHANNELS, example: 'sms' })
  channel!: Channel;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The present address of the recipient, masked.',
    example: '199****0001',
  })
  address!: string | null;

  @ApiProperty({
    enum: DELIVERY_STATUSES,
    description: '`unknown`: handed over, and no answer came; it may have arrived and is not repeated.',
    example: 'sent',
  })
  status!: DeliveryStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why it was suppressed, failed or is unknown: a code.',
    example: null,
  })
  reason!: string | null;

  @ApiProperty({ type: 'integer', description: 'Attempts to send its message.', example: 1 })
  attempts!: number;

  @ApiProperty({ format: 'date-time' })
  queuedAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deliveredAt!: Date | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What the mail server or gateway said.',
    example: '250',
  })
  gatewayCode!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '250 OK: message queued' })
  gatewayText!: string | null;
}

export class DeliveryPage extends pageOf(DeliveryView) {}
