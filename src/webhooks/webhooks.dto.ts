import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { MayBeAbsent, MayBeNull } from '../platform/http/fields.js';
import { INSTANT } from '../platform/http/instant.js';
import { pageOf } from '../platform/http/paging.js';
import { WEBHOOK_EVENT_TYPES } from './event-types.js';
import { INACTIVE_REASONS, type InactiveReason } from './webhook.entity.js';
import { MOST_UNITS } from '../access/require-units.js';

const LONGEST_URL = 2_000;
const LONGEST_DESCRIPTION = 500;
/** Hours during which both secrets sign. */
const DEFAULT_OVERLAP = 24;
const LONGEST_OVERLAP = 168;

const address = {
  example: 'https://portal.example.gov.cn/hooks/shukun',
  maxLength: LONGEST_URL,
  description: 'By https, on the open internet; the operator can allow hosts of closed networks.',
};
const types = {
  enum: WEBHOOK_EVENT_TYPES,
  isArray: true,
  example: ['case.assigned', 'case.resolved'],
  description: 'What it is told of.',
};
const units = {
  type: String,
  format: 'uuid',
  isArray: true,
  nullable: true,
  description: 'Reporting units whose cases and problems it is told of; `null`: all.',
} as const;

export class WebhookBody {
  @ApiProperty(address)
  @IsString()
  @MaxLength(LONGEST_URL)
  url!: string;

  @ApiPropertyOptional({ example: '市政务服务平台', maxLength: LONGEST_DESCRIPTION })
  @MayBeAbsent()
  @IsString()
  @MaxLength(LONGEST_DESCRIPTION)
  description?: string;

  @ApiProperty(types)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(WEBHOOK_EVENT_TYPES.length)
  @ArrayUnique()
  @IsIn(WEBHOOK_EVENT_TYPES, { each: true })
  eventTypes!: string[];

  @ApiPropertyOptional(units)
  @MayBeNull()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_UNITS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  reportingUnitIds?: string[] | null;
}

export class WebhookPatch extends PartialType(WebhookBody, { skipNullProperties: false }) {
  @ApiPropertyOptional({ description: '`false` cancels what is yet to be sent.', example: false })
  @MayBeAbsent()
  @IsBoolean()
  isActive?: boolean;
}

export class RotateSecretBody {
  @ApiPropertyOptional({
    type: 'integer',
    default: DEFAULT_OVERLAP,
    minimum: 0,
    maximum: LONGEST_OVERLAP,
    description: 'Hours during which the secret before signs as well.',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(LONGEST_OVERLAP)
  overlapHours: number = DEFAULT_OVERLAP;
}

export class ReplayBody {
  @ApiProperty({ format: 'date-time', example: '2021-11-08T00:00:00+08:00', description: 'Recorded from.' })
  @Matches(INSTANT)
  from!: string;

  @ApiProperty({ format: 'date-time', example: '2021-11-09T00:00:00+08:00', description: 'Recorded before.' })
  @Matches(INSTANT)
  to!: string;
}

export class ReplayView {
  @ApiProperty({
    type: 'integer',
    example: 42,
    description: 'Events that are sent again, or for the first time.',
  })
  replayed!: number;
}

export class WebhookView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty(address)
  url!: string;

  @ApiProperty({ example: '市政务服务平台' })
  description!: string;

  @ApiProperty(types)
  eventTypes!: string[];

  @ApiProperty(units)
  reportingUnitIds!: string[] | null;

  @ApiProperty({ example: true })
  isActive!: boolean;

  @ApiProperty({
    enum: INACTIVE_REASONS,
    type: String,
    nullable: true,
    description: '`gone`: the portal answered 410.',
  })
  inactiveBecause!: InactiveReason | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until then the secret before signs as well.',
  })
  previousSecretUntil!: Date | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ type: 'integer', example: 1 })
  version!: number;
}

export class WebhookWithSecretView {
  @ApiProperty({ type: WebhookView })
  webhook!: WebhookView;

  @ApiProperty({
    description: 'Signs every message (Standard Webhooks). Shown this once.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  })
  secret!: string;
}

export class WebhookPage extends pageOf(WebhookView) {}
