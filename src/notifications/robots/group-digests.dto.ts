import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '../../platform/http/paging.js';
import {
  GROUP_DIGEST_STATUSES,
  type GroupDigestStatus,
  type RobotName,
  ROBOTS,
} from './group-digest.entity.js';

/** What the robot of a group told on one day, and what became of it. */
export class GroupDigestView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ROBOTS, example: 'wecom' })
  robot!: RobotName;

  @ApiProperty({ format: 'date', example: '2021-11-08' })
  onDay!: string;

  @ApiProperty({ description: 'Markdown.', example: '### 稳增长专班每日提醒（11月8日）' })
  content!: string;

  @ApiProperty({
    enum: GROUP_DIGEST_STATUSES,
    description: '`unknown`: handed over, and no answer came; it may have been posted and is not repeated.',
    example: 'sent',
  })
  status!: GroupDigestStatus;

  @ApiProperty({ type: 'integer', example: 1 })
  attempts!: number;

  @ApiProperty({ format: 'date-time' })
  queuedAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt!: Date | null;

  @ApiProperty({ type: String, nullable: true, description: 'What the robot said.', example: 'OK' })
  gatewayCode!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'ok' })
  gatewayText!: string | null;
}

export class GroupDigestPage extends pageOf(GroupDigestView) {}
