import { Body, Controller, Get } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Post } from '../../platform/http/idempotency/post.js';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { BulletinPolicies } from './bulletin-policies.js';
import { BulletinPolicyBody, BulletinPolicyView } from './bulletin-policy.dto.js';

@ApiTags('statistics')
@Allow('statistics.publish')
@Controller('statistics/bulletin-policy')
export class BulletinPolicyController {
  constructor(private readonly policies: BulletinPolicies) {}

  @Get()
  @ApiOperation({ summary: 'When the bulletin is prepared, who approves it, and to whom it is mailed' })
  @ApiOkResponse({ type: BulletinPolicyView })
  current(): Promise<BulletinPolicyView> {
    return this.policies.current();
  }

  @Post()
  @ApiOperation({ summary: 'Save another version; it is in force at once' })
  @ApiCreatedResponse({ type: BulletinPolicyView })
  async change(
    @CurrentActor() { accountId }: AccountActor,
    @Body() { basedOnVersion, ...edit }: BulletinPolicyBody,
  ): Promise<BulletinPolicyView> {
    await this.policies.change(accountId, basedOnVersion, edit);
    return this.policies.current();
  }
}
