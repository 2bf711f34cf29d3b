import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Subscriber } from './bulletin-policy.entity.js';
import type { PolicyInForce } from './bulletin-policies.js';
import { ISSUE_FORMATS } from './issue-formats.js';

const MOST_SUBSCRIBERS = 500;
const LARGEST_VERSION = 2_147_483_647;

export class SubscriberView implements Subscriber {
  @ApiProperty({ format: 'uuid', description: 'An official; the mail goes to the address that holds then.' })
  @IsUUID()
  officialId!: string;

  @ApiProperty({ enum: ISSUE_FORMATS, isArray: true, example: ['xlsx'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(ISSUE_FORMATS.length)
  @ArrayUnique()
  @IsIn(ISSUE_FORMATS, { each: true })
  formats!: string[];
}

class PolicyFields {
  @ApiProperty({ description: 'Whether issues are prepared by themselves.' })
  @IsBoolean()
  isEnabled!: boolean;

  @ApiProperty({
    description: 'Day on which the week before is prepared, 1 Monday to 7 Sunday, or the next working day.',
    type: 'integer',
    minimum: 1,
    maximum: 7,
    example: 1,
  })
  @IsInt()
  @Min(1)
  @Max(7)
  weekday!: number;

  @ApiProperty({ description: 'Office time.', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', example: '08:30' })
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/)
  time!: string;

  @ApiProperty({ description: 'Whether what somebody prepared by hand is approved by somebody else.' })
  @IsBoolean()
  needsAnother!: boolean;

  @ApiProperty({ type: [SubscriberView], maxItems: MOST_SUBSCRIBERS })
  @IsArray()
  @ArrayMaxSize(MOST_SUBSCRIBERS)
  @ArrayUnique((one: SubscriberView | null) => one?.officialId)
  @ValidateNested({ each: true })
  @Type(() => SubscriberView)
  subscribers!: SubscriberView[];
}

export class BulletinPolicyBody extends PolicyFields {
  @ApiProperty({
    description: 'The version in force that it was made from.',
    type: 'integer',
    minimum: 0,
    maximum: LARGEST_VERSION,
    example: 0,
  })
  @IsInt()
  @Min(0)
  @Max(LARGEST_VERSION)
  basedOnVersion!: number;
}

export class BulletinPolicyView extends PolicyFields implements PolicyInForce {
  @ApiProperty({ description: '0: nobody has said anything yet.', type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recordedAt!: Date | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  recordedBy!: string | null;
}
