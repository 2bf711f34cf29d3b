import { ApiProperty } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { NOTICE_CHANNELS, type NoticeChannel } from './official.entity.js';

export class NoticeChannelsBody {
  @ApiProperty({
    enum: NOTICE_CHANNELS,
    isArray: true,
    description:
      'One at least. For messages that policy leaves to choose: extension decided, weekly published, production report due. Reminders, assignments and what was sent back come by every channel.',
    example: ['email'],
  })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(NOTICE_CHANNELS, { each: true })
  channels!: NoticeChannel[];
}

export class NoticeChannelsView {
  @ApiProperty({ format: 'uuid' })
  officialId!: string;

  @ApiProperty({ enum: NOTICE_CHANNELS, isArray: true, example: ['email', 'sms'] })
  channels!: NoticeChannel[];
}
