import { Body, Controller, HttpCode } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { TestFireBody, TestFireView } from './test-fire.dto.js';
import { TestFire } from './test-fire.js';

@ApiTags('reminders')
@Allow('reminder_policies.change')
@Controller('reminder-policies')
export class TestFireController {
  constructor(private readonly tests: TestFire) {}

  @Post('test-fire')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send oneself a sample of a rung or of another message, of an invented case.',
    description: 'It goes the way of every message, and is shown among the deliveries. One a minute.',
  })
  @ApiAcceptedResponse({ type: TestFireView })
  fire(@CurrentActor() actor: AccountActor, @Body() body: TestFireBody): Promise<TestFireView> {
    return this.tests.run(actor, body);
  }
}
