import { Body, Controller, Get, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ChangeProductionPolicy } from './change-production-policy.js';
import { ProductionPolicyBody, ProductionPolicyPage, ProductionPolicyView } from './policies.dto.js';
import { ProductionPolicyList } from './policy-list.js';

@ApiTags('production')
@Allow('production_policies.read')
@Controller('production-policies')
export class ProductionPoliciesController {
  constructor(
    private readonly list: ProductionPolicyList,
    private readonly changing: ChangeProductionPolicy,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every version of the parameters by which figures are judged, newest first.' })
  @ApiOkResponse({ type: ProductionPolicyPage })
  versions(@Query() query: PageQuery): Promise<Page<ProductionPolicyView>> {
    return this.list.page(query);
  }

  @Get('current')
  @ApiOperation({ summary: 'The parameters in force.' })
  @ApiOkResponse({ type: ProductionPolicyView })
  current(): Promise<ProductionPolicyView> {
    return this.list.current();
  }

  @Post()
  @Allow('production_policies.change')
  @ApiOperation({ summary: 'Save other parameters; every enterprise is judged anew by them.' })
  @ApiCreatedResponse({ type: ProductionPolicyView })
  async change(
    @CurrentActor() { accountId }: AccountActor,
    @Body() body: ProductionPolicyBody,
  ): Promise<ProductionPolicyView> {
    await this.changing.run(accountId, body);
    return this.list.current();
  }
}
