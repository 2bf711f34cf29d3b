import { Body, Controller, HttpCode, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { HandoverBody, HandoverView } from './handover.dto.js';
import { Handover } from './handover.js';

@ApiTags('organisation')
@Allow('officials.hand_over')
@Controller('officials/:id/handover')
export class HandoverController {
  constructor(private readonly handover: Handover) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Hand over everything that an official answers for.',
    description:
      'Live assignments, co-handling, pairings, open measures of plans and unsent reminders go to others at once; deadlines stay. Afterwards the official can be deactivated.',
  })
  @ApiOkResponse({ type: HandoverView })
  run(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: HandoverBody,
  ): Promise<HandoverView> {
    return this.handover.run(actor, id, body);
  }
}
