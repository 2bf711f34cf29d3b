import { ApiProperty, PickType } from '@nestjs/swagger';
import { CLOCKS, type ClockKind } from '../cases/deadlines/clocks.js';
import { type Channel, CHANNELS } from '../notifications/channel.js';
import { DEADLINE_CLASSES, type DeadlineClass, RECIPIENT_ROLES, type RecipientRole } from './ladder.js';
import { PolicyBody } from './policies.dto.js';

export class PreviewBody extends PickType(PolicyBody, ['appliesTo', 'rungs']) {}

class ChannelCountView {
  @ApiProperty({ enum: CHANNELS, example: 'sms' })
  channel!: Channel;

  @ApiProperty({ type: 'integer', example: 36 })
  deliveries!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Of them those of people without an address there.',
    example: 1,
  })
  withoutAddress!: number;
}

export class RungCountView {
  @ApiProperty({ example: 'overdue' })
  rung!: string;

  @ApiProperty({ type: 'integer', example: 12 })
  reminders!: number;

  @ApiProperty({ type: ChannelCountView, isArray: true })
  channels!: ChannelCountView[];
}

class PreviewedPersonView {
  @ApiProperty({ format: 'uuid' })
  officialId!: string;

  @ApiProperty({ example: '王建国' })
  name!: string;

  @ApiProperty({ enum: CHANNELS, isArray: true, example: ['email', 'sms'] })
  channels!: Channel[];
}

/** A rung that would go for one clock of a case or problem. */
export class PreviewedReminderView {
  @ApiProperty({ description: 'Of the case or problem.', example: 'AK-2021-000123' })
  number!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  caseId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  problemId!: string | null;

  @ApiProperty({ enum: CLOCKS, example: 'handle' })
  clock!: ClockKind;

  @ApiProperty({ format: 'date-time' })
  deadlineAt!: Date;

  @ApiProperty({ example: 'overdue' })
  rung!: string;

  @ApiProperty({
    type: String,
    isArray: true,
    description: 'Lower rungs that are due too.',
    example: ['due_today'],
  })
  supersedes!: string[];

  @ApiProperty({ type: PreviewedPersonView, isArray: true })
  recipients!: PreviewedPersonView[];

  @ApiProperty({
    enum: RECIPIENT_ROLES,
    isArray: true,
    description: 'Held by nobody: the task force instead.',
  })
  emptyDuties!: RecipientRole[];
}

/** Whom a ladder would remind in the next sweep, of the clocks that it would be for. */
export class PolicyPreviewView {
  @ApiProperty({ enum: DEADLINE_CLASSES, example: 'default' })
  appliesTo!: DeadlineClass;

  @ApiProperty({ format: 'date', description: 'The day on which they would go.', example: '2021-11-08' })
  sendsOn!: string;

  @ApiProperty({ format: 'date-time' })
  sendsAt!: Date;

  @ApiProperty({ description: '`false`: nothing is sent any more today.' })
  isSendingToday!: boolean;

  @ApiProperty({ description: '`false`: time was up; what follows is of the first `subjects` alone.' })
  isComplete!: boolean;

  @ApiProperty({ type: 'integer', description: 'Live cases and problems looked at.', example: 812 })
  subjects!: number;

  @ApiProperty({ type: 'integer', description: 'Rungs that would go.', example: 12 })
  reminders!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Lower rungs that would not, for a higher one goes.',
    example: 4,
  })
  superseded!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Of what would go: to one person over one channel each.',
    example: 72,
  })
  deliveries!: number;

  @ApiProperty({ type: 'integer', description: 'People who would be reminded.', example: 30 })
  people!: number;

  @ApiProperty({ type: RungCountView, isArray: true })
  byRung!: RungCountView[];

  @ApiProperty({ type: PreviewedReminderView, isArray: true, description: 'The first hundred.' })
  items!: PreviewedReminderView[];
}
