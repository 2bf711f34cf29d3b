import { ApiProperty } from '@nestjs/swagger';
import { CLOCKS, type ClockKind } from '../cases/deadlines/clocks.js';
import { STATUSES, type Status } from '../cases/lifecycle/states.js';
import { type Channel, CHANNELS } from '../notifications/channel.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../notifications/delivery.entity.js';
import { RUNG_FATES, type RungFate, STOP_REASONS, type StopReason } from './explain-clock.js';
import { RECIPIENT_ROLES, type RecipientRole } from './ladder.js';

class ExplainedPersonView {
  @ApiProperty({ format: 'uuid' })
  officialId!: string;

  @ApiProperty({ example: '王建国' })
  name!: string;

  @ApiProperty({ enum: CHANNELS, example: 'sms' })
  channel!: Channel;

  @ApiProperty({ description: '`false`: there is no address for this channel.' })
  hasAddress!: boolean;
}

export class ExplainedDeliveryView {
  @ApiProperty({ format: 'uuid' })
  officialId!: string;

  @ApiProperty({ example: '王建国' })
  name!: string;

  @ApiProperty({ enum: CHANNELS, example: 'sms' })
  channel!: Channel;

  @ApiProperty({ enum: DELIVERY_STATUSES, example: 'sent' })
  status!: DeliveryStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Why it was not sent.', example: null })
  reason!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt!: Date | null;
}

export class ExplainedRungView {
  @ApiProperty({ example: 'overdue' })
  rung!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  offsetWorkingDays!: number;

  @ApiProperty({
    enum: RUNG_FATES,
    description:
      '`waits_for_opening`: due in quiet hours · `clock_stopped`, `not_in_ladder`: cancelled · `past_when_planned`: before the deadline, never armed · `outdone`: below a rung that went · `being_planned`: an edit of the ladder is being followed',
    example: 'to_come',
  })
  fate!: RungFate;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it goes, went or would have.',
  })
  at!: Date | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The rung that goes or went instead.',
    example: null,
  })
  by!: string | null;

  @ApiProperty({ type: ExplainedPersonView, isArray: true, description: 'Of one to come: looked up now.' })
  recipients!: ExplainedPersonView[];

  @ApiProperty({
    enum: RECIPIENT_ROLES,
    isArray: true,
    description: 'Duties that nobody holds, or held: the task force instead.',
  })
  emptyDuties!: RecipientRole[];

  @ApiProperty({ type: ExplainedDeliveryView, isArray: true, description: 'Of one that fell due.' })
  deliveries!: ExplainedDeliveryView[];
}

/** One deadline of one run of a clock; or a clock that has never run. */
export class ExplainedClockView {
  @ApiProperty({ enum: CLOCKS, example: 'handle' })
  clock!: ClockKind;

  @ApiProperty()
  isRunning!: boolean;

  @ApiProperty({ enum: STOP_REASONS, nullable: true, description: 'Why it does not run.', example: null })
  reason!: StopReason | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  clockRunId!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deadlineAt!: Date | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  deadlineVersion!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the ladder in force for it.', example: 1 })
  policyVersion!: number | null;

  @ApiProperty({ type: ExplainedRungView, isArray: true })
  rungs!: ExplainedRungView[];
}

/** Which reminder of a case or problem comes when, to whom and why, or why not. */
export class ReminderExplanationView {
  @ApiProperty({ example: 'AK-2021-000123' })
  number!: string;

  @ApiProperty({ enum: STATUSES, example: 'in_progress' })
  status!: Status;

  @ApiProperty({ format: 'date-time', description: 'The moment of which all this is said.' })
  at!: Date;

  @ApiProperty({ format: 'date-time', description: 'When sending opens; `at` itself where it is open.' })
  opensAt!: Date;

  @ApiProperty({ type: ExplainedClockView, isArray: true, description: 'Those that run first.' })
  clocks!: ExplainedClockView[];
}
