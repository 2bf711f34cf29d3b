import { Body, Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { etagOf } from '../../platform/http/etag.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { CaseFileReader } from './case-file-reader.js';
import { PlanBody } from './entry-bodies.js';
import { PlanPage, PlanView } from './entry-views.js';
import { SavePlan } from './save-plan.js';

/** 一企一策: one plan a case, by versions. */
@ApiTags('case file')
@Controller('cases/:id')
@Allow('case_file.read')
export class PlansController {
  constructor(
    private readonly saving: SavePlan,
    private readonly file: CaseFileReader,
  ) {}

  @Get('plan')
  @ApiOperation({ summary: 'The plan in force: the last version; 404 where there is none yet' })
  @ApiOkResponse({ type: PlanView })
  current(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanView> {
    return this.tagged(actor, id, reply);
  }

  @Get('plans')
  @ApiOperation({ summary: 'All versions of the plan, the newest first' })
  @ApiOkResponse({ type: PlanPage })
  versions(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<PlanView>> {
    return this.file.plans(actor, id, query);
  }

  @Post('plans')
  @Allow('plans.write')
  @ApiOperation({
    summary: 'Save the next version of the plan; by the lead department or the task force',
    description: '`If-Match` takes the `ETag` of the plan that it is made from, `"0"` where there was none.',
  })
  @ApiCreatedResponse({ type: PlanView })
  async save(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: PlanBody,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanView> {
    await this.saving.run(actor, id, body, ifMatch);
    return this.tagged(actor, id, reply);
  }

  private async tagged(actor: AccountActor, id: string, reply: FastifyReply): Promise<PlanView> {
    const plan = await this.file.plan(actor, id);
    void reply.header('ETag', etagOf(plan.planVersion));
    return plan;
  }
}
