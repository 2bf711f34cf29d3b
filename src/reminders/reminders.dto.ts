import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { CLOCKS, type ClockKind } from '../cases/deadlines/clocks.js';
import { RUNG_CODE } from '../notifications/rung-code.js';
import { pageOf, PageQuery } from '../platform/http/paging.js';
import { toList } from '../platform/http/query-values.js';
import { RECIPIENT_ROLES, type RecipientRole } from './ladder.js';
import { REMINDER_STATES, type ReminderState } from './reminder-states.js';

export class ReminderQuery extends PageQuery {
  @ApiPropertyOptional({ enum: REMINDER_STATES, isArray: true, example: ['armed'] })
  @IsOptional()
  @Transform(toList)
  @IsIn(REMINDER_STATES, { each: true })
  state?: ReminderState[];

  @ApiPropertyOptional({
    type: String,
    isArray: true,
    description: 'Rungs of the ladder.',
    example: ['overdue'],
  })
  @IsOptional()
  @Transform(toList)
  @Matches(RUNG_CODE, { each: true })
  rung?: string[];

  @ApiPropertyOptional({ enum: CLOCKS, isArray: true, example: ['handle'] })
  @IsOptional()
  @Transform(toList)
  @IsIn(CLOCKS, { each: true })
  clock?: ClockKind[];

  @ApiPropertyOptional({ format: 'uuid', description: 'A case, with its problems.' })
  @IsOptional()
  @IsUUID()
  caseId?: string;
}

/** A rung of the ladder for one deadline version of one clock run. */
export class ReminderView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'overdue' })
  rung!: string;

  @ApiProperty({ enum: CLOCKS, example: 'handle' })
  clock!: ClockKind;

  @ApiProperty({ format: 'uuid', description: 'One start of the clock.' })
  clockRunId!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  deadlineVersion!: number;

  @ApiProperty({ format: 'date-time', description: 'The deadline that the rung is measured from.' })
  deadlineAt!: Date;

  @ApiProperty({ format: 'date-time' })
  firesAt!: Date;

  @ApiProperty({
    enum: REMINDER_STATES,
    description: '`superseded`: a higher rung of the same clock run went instead.',
    example: 'armed',
  })
  state!: ReminderState;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it fell due.' })
  recordedAt!: Date | null;

  @ApiProperty({
    enum: RECIPIENT_ROLES,
    isArray: true,
    description: 'Duties that nobody held when it fell due; the task force was reminded instead.',
    example: [],
  })
  emptyDuties!: RecipientRole[];

  @ApiProperty({ type: 'integer', description: 'Version of the policy it was armed under.', example: 1 })
  policyVersion!: number;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  assignmentId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  caseId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  problemId!: string | null;
}

export class ReminderPage extends pageOf(ReminderView) {}
