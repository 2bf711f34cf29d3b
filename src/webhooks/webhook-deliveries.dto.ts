import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import { pageOf, PageQuery } from '../platform/http/paging.js';
import { toList } from '../platform/http/query-values.js';
import { WEBHOOK_DELIVERY_STATUSES, type WebhookDeliveryStatus } from './webhook-delivery.entity.js';

export class WebhookDeliveryQuery extends PageQuery {
  @ApiPropertyOptional({ enum: WEBHOOK_DELIVERY_STATUSES, isArray: true, example: ['failed'] })
  @IsOptional()
  @Transform(toList)
  @IsIn(WEBHOOK_DELIVERY_STATUSES, { each: true })
  status?: WebhookDeliveryStatus[];
}

/** One event for one webhook, and what became of it. */
export class WebhookDeliveryView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  webhookId!: string;

  @ApiProperty({
    description: 'The `webhook-id` under which it is sent, however often.',
    example: 'msg_0193a1b2000070008000000000000001',
  })
  messageId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '`null` for a test.' })
  eventId!: string | null;

  @ApiProperty({ example: 'case.assigned' })
  type!: string;

  @ApiProperty({
    enum: WEBHOOK_DELIVERY_STATUSES,
    description: '`pending`: yet to be sent, or to be tried again; `failed`: given up.',
  })
  status!: WebhookDeliveryStatus;

  @ApiProperty({ type: 'integer', example: 1, description: 'Attempts since it was queued.' })
  attempts!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Of a pending one.' })
  nextAttemptAt!: Date | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 204,
    description: 'What the portal answered last; `null` where it did not.',
  })
  statusCode!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'TIMEOUT',
    description: 'Why the last attempt failed, or it was cancelled.',
  })
  error!: string | null;

  @ApiProperty({ format: 'date-time', description: 'When it was planned, or last asked for again.' })
  queuedAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  attemptedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deliveredAt!: Date | null;
}

export class WebhookDeliveryPage extends pageOf(WebhookDeliveryView) {}
