import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Matches } from 'class-validator';
import { type Channel, CHANNELS } from '../../notifications/channel.js';
import { NOTICE_KINDS, type NoticeKind } from '../../notifications/notices/notice-kinds.js';
import { RUNG_CODE } from '../../notifications/rung-code.js';
import { MayBeAbsent } from '../../platform/http/fields.js';

type SampledKind = Exclude<NoticeKind, 'test'>;
const SAMPLED_KINDS = NOTICE_KINDS.filter((kind): kind is SampledKind => kind !== 'test');

/** One of the two. */
export class TestFireBody {
  @ApiPropertyOptional({ description: 'A rung of the ladder in force.', example: 'overdue' })
  @MayBeAbsent()
  @IsString()
  @Matches(RUNG_CODE)
  rung?: string;

  @ApiPropertyOptional({ enum: SAMPLED_KINDS, description: 'A kind of other message.', example: 'assigned' })
  @MayBeAbsent()
  @IsIn(SAMPLED_KINDS)
  kind?: SampledKind;
}

export class TestFireView {
  @ApiProperty({ format: 'uuid' })
  noticeId!: string;

  @ApiProperty({ format: 'uuid', description: 'To whom it goes: the official of the account.' })
  officialId!: string;

  @ApiProperty({
    enum: CHANNELS,
    isArray: true,
    description: 'Those of the rung or kind by which the official can be reached.',
    example: ['email', 'sms'],
  })
  channels!: Channel[];

  @ApiProperty({ format: 'date-time', description: 'Now, or the next 09:00 outside sending time.' })
  goesAt!: Date;
}
