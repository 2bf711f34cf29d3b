import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { CLOCKS, type ClockKind } from '../cases/deadlines/clocks.js';
import { type Channel, CHANNELS } from '../notifications/channel.js';
import { RUNG_CODE } from '../notifications/rung-code.js';
import { pageOf, PageQuery } from '../platform/http/paging.js';
import { toList } from '../platform/http/query-values.js';
import {
  DEADLINE_CLASSES,
  type DeadlineClass,
  RECIPIENT_ROLES,
  type RecipientRole,
  type Rung,
} from './ladder.js';
import { MOST_RUNGS, OFFSETS } from './ladder-rules.js';

const LARGEST_VERSION = 2_147_483_647;

const deadlineClass = {
  enum: DEADLINE_CLASSES,
  example: 'default',
  description:
    'Assignments of which complexity it is for; `default`: all that have no ladder of their own, and clocks without an assignment.',
};

export class PolicyQuery extends PageQuery {
  @ApiPropertyOptional({ ...deadlineClass, isArray: true, example: ['default'] })
  @IsOptional()
  @Transform(toList)
  @IsIn(DEADLINE_CLASSES, { each: true })
  appliesTo?: DeadlineClass[];
}

export class CurrentPolicyQuery {
  @ApiPropertyOptional({ ...deadlineClass, default: 'default' })
  @IsOptional()
  @IsIn(DEADLINE_CLASSES)
  appliesTo?: DeadlineClass;
}

export class RungView implements Rung {
  @ApiProperty({
    pattern: RUNG_CODE.source,
    description: 'Once in a ladder. What has been recorded under a code for a deadline never repeats.',
    example: 'overdue',
  })
  @Matches(RUNG_CODE)
  code!: string;

  @ApiProperty({ enum: CLOCKS, example: 'handle' })
  @IsIn(CLOCKS)
  clock!: ClockKind;

  @ApiProperty({
    type: 'integer',
    description: 'Working days from the day of the deadline; negative is before it. Once for each clock.',
    minimum: OFFSETS.least,
    maximum: OFFSETS.most,
    example: 1,
  })
  @IsInt()
  @Min(OFFSETS.least)
  @Max(OFFSETS.most)
  offsetWorkingDays!: number;

  @ApiProperty({ enum: RECIPIENT_ROLES, isArray: true, example: ['official', 'liaison', 'paired_leader'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(RECIPIENT_ROLES.length)
  @ArrayUnique()
  @IsIn(RECIPIENT_ROLES, { each: true })
  recipients!: RecipientRole[];

  @ApiProperty({ enum: CHANNELS, isArray: true, example: ['email', 'sms'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(CHANNELS.length)
  @ArrayUnique()
  @IsIn(CHANNELS, { each: true })
  channels!: Channel[];
}

export class PolicyBody {
  @ApiProperty(deadlineClass)
  @IsIn(DEADLINE_CLASSES)
  appliesTo!: DeadlineClass;

  @ApiProperty({
    type: RungView,
    isArray: true,
    maxItems: MOST_RUNGS,
    description: 'None for a class other than `default`: it climbs the default again.',
  })
  @IsArray()
  @ArrayMaxSize(MOST_RUNGS)
  @ValidateNested({ each: true })
  @Type(() => RungView)
  rungs!: RungView[];

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_VERSION,
    description: 'The version in force that it was made from, as `/reminder-policies/current` tells it.',
    example: 1,
  })
  @IsInt()
  @Min(1)
  @Max(LARGEST_VERSION)
  basedOnVersion!: number;
}

/** One version of the ladder of a deadline class; the highest for it is in force. */
export class ReminderPolicyView {
  @ApiProperty({ type: 'integer', description: 'One counter for all classes.', example: 1 })
  version!: number;

  @ApiProperty(deadlineClass)
  appliesTo!: DeadlineClass;

  @ApiProperty({ type: RungView, isArray: true })
  rungs!: readonly Rung[];

  @ApiProperty({ format: 'date-time' })
  recordedAt!: Date;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The account that edited it.' })
  recordedBy!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When every reminder that was armed had followed it; `null` while that is under way.',
  })
  replannedAt!: Date | null;
}

export class ReminderPolicyPage extends pageOf(ReminderPolicyView) {}
