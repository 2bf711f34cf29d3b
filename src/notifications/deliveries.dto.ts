import { ApiProperty, IntersectionType, OmitType } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { pageOf, PageQuery } from '../platform/http/paging.js';
import { type Channel, CHANNELS } from './channel.js';
import { DeliveryFilter } from './delivery-filter.dto.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from './delivery.entity.js';
import { NOTICE_KINDS, type NoticeKind } from './notices/notice-kinds.js';

export class DeliveryQuery extends IntersectionType(PageQuery, DeliveryFilter) {}

/** Which failed ones are sent again; named in the query, as those of a list are. */
export class RetryQuery extends OmitType(DeliveryFilter, ['status']) {}

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
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: '`null` of the contact of an enterprise.',
  })
  officialId!: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The enterprise whose contact it goes to; `null` of an official.',
  })
  enterpriseId!: string | null;

  @ApiProperty({
    description: 'Of the official, or of the contact; of the enterprise where its contact has no name.',
    example: '王建国',
  })
  name!: string;
}

class DeliveryAcknowledgement {
  @ApiProperty({ format: 'date-time' })
  at!: Date;

  @ApiProperty({ format: 'date', description: 'Day by which it will be done, as the recipient says.' })
  doneBy!: string;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
}

class DeliveryResolution {
  @ApiProperty({ format: 'date-time' })
  at!: Date;

  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  @ApiProperty()
  note!: string;
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

  @ApiProperty({
    type: DeliveryAcknowledgement,
    nullable: true,
    description: 'What the recipient said of the reminder, over whichever channel it came.',
  })
  acknowledgement!: DeliveryAcknowledgement | null;

  @ApiProperty({
    type: DeliveryResolution,
    nullable: true,
    description: 'Who said what became of it, where nobody had known.',
  })
  resolution!: DeliveryResolution | null;
}

export class DeliveryPage extends pageOf(DeliveryView) {}

const OUTCOMES = ['sent', 'failed'] as const;

export class ResolveBody {
  @ApiProperty({ enum: OUTCOMES, description: 'What the gateway or the recipient says.', example: 'failed' })
  @IsIn(OUTCOMES)
  outcome!: (typeof OUTCOMES)[number];

  @ApiProperty({
    description: 'Who was asked and said it; recorded with who asks and when.',
    minLength: 3,
    maxLength: 200,
    example: '电话询问责任人，未收到',
  })
  @IsString()
  @Length(3, 200)
  @Matches(/\S/u)
  note!: string;
}

export class RetriedView {
  @ApiProperty({ type: 'integer', description: 'Messages that are sent again.', example: 12 })
  messages!: number;

  @ApiProperty({ type: 'integer', description: 'Deliveries that they carry.', example: 30 })
  deliveries!: number;

  @ApiProperty({ description: 'More of them failed than one request sends again.', example: false })
  hasMore!: boolean;
}

class DeliveryCount {
  @ApiProperty({ enum: DELIVERY_STATUSES, example: 'sent' })
  status!: DeliveryStatus;

  @ApiProperty({ enum: CHANNELS, example: 'email' })
  channel!: Channel;

  @ApiProperty({ type: 'integer', example: 1200 })
  count!: number;
}

export class DeliveryCountsView {
  @ApiProperty({ format: 'date', example: '2021-10-03' })
  queuedFrom!: string;

  @ApiProperty({ format: 'date', example: '2021-11-01' })
  queuedTo!: string;

  @ApiProperty({ type: 'integer', example: 1200 })
  total!: number;

  @ApiProperty({ type: [DeliveryCount], description: 'Of each that there is, by status and channel.' })
  counts!: DeliveryCount[];
}
