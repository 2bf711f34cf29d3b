import { Body, Controller, Get, Headers, HttpCode, Param, Query } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { MoveProjects } from './move-projects.js';
import { ProjectView } from './project.view.js';
import { ProjectRegister } from './project-register.js';
import {
  ProjectStageBody,
  ProjectStagePage,
  type ProjectStageView,
  StageCorrectionBody,
} from './project-stages.dto.js';

@ApiTags('projects')
@Controller('projects/:id')
export class ProjectStagesController {
  constructor(
    private readonly moves: MoveProjects,
    private readonly register: ProjectRegister,
  ) {}

  @Post('stage')
  @Allow('projects.move')
  @HttpCode(200)
  @ApiOperation({
    summary: 'That it reached a stage (签约, 在建, 竣工, 投产), with what shows it; forward only.',
  })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: ProjectView })
  async forward(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: ProjectStageBody,
  ): Promise<ProjectView> {
    await this.moves.forward({ actor, ifMatch }, id, body);
    return this.register.byId(actor, id);
  }

  @Get('stages')
  @Allow('projects.read')
  @ApiOperation({ summary: 'Stages as they were entered and corrected, oldest entry first.' })
  @ApiOkResponse({ type: ProjectStagePage })
  stages(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<ProjectStageView>> {
    return this.register.stages(actor, id, query);
  }

  @Post('stages/:entryId/correct')
  @Allow('projects.change')
  @HttpCode(200)
  @ApiOperation({ summary: 'Correct or withdraw an entry; the wrong one stays in the list.' })
  @ApiHeader({ name: 'If-Match', required: true, example: '"2"' })
  @ApiOkResponse({ type: ProjectView })
  async correct(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Param('entryId', ParseId) entryId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: StageCorrectionBody,
  ): Promise<ProjectView> {
    await this.moves.correct({ actor, ifMatch }, id, entryId, body);
    return this.register.byId(actor, id);
  }
}
