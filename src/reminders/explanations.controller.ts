import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { ExplainReminders } from './explain-reminders.js';
import { ReminderExplanationView } from './explanation.dto.js';

@ApiTags('reminders')
@Allow('reminders.read')
@Controller()
export class ExplanationsController {
  constructor(private readonly explaining: ExplainReminders) {}

  @Get('cases/:id/reminders/explanation')
  @ApiOperation({ summary: 'Which reminder of a case comes when, to whom and why, or why not.' })
  @ApiOkResponse({ type: ReminderExplanationView })
  ofCase(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
  ): Promise<ReminderExplanationView> {
    return this.explaining.run(actor, { kind: 'case', id });
  }

  @Get('problems/:id/reminders/explanation')
  @ApiOperation({ summary: 'Which reminder of a problem comes when, to whom and why, or why not.' })
  @ApiOkResponse({ type: ReminderExplanationView })
  ofProblem(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
  ): Promise<ReminderExplanationView> {
    return this.explaining.run(actor, { kind: 'problem', id });
  }
}
