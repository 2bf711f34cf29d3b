import { Body, Controller, Get, Headers, Param, Patch, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import type { Page } from '../../platform/http/paging.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { ChangeProjects } from './change-projects.js';
import { ProjectPage, ProjectView } from './project.view.js';
import { ProjectRegister } from './project-register.js';
import { ProjectBody, ProjectChangeBody, ProjectQuery } from './projects.dto.js';

@ApiTags('projects')
@Allow('projects.read')
@Controller('projects')
export class ProjectsController {
  constructor(
    private readonly register: ProjectRegister,
    private readonly changes: ChangeProjects,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Projects by name, within the scope of who asks.' })
  @ApiOkResponse({ type: ProjectPage })
  list(@CurrentActor() actor: AccountActor, @Query() query: ProjectQuery): Promise<Page<ProjectView>> {
    return this.register.list(actor, query);
  }

  @Post()
  @Allow('projects.change')
  @ApiOperation({ summary: 'Add a project, of an enterprise or of none.' })
  @ApiCreatedResponse({ type: ProjectView })
  async add(@CurrentActor() actor: AccountActor, @Body() body: ProjectBody): Promise<ProjectView> {
    return this.register.byId(actor, await this.changes.add(body));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One project.' })
  @ApiOkResponse({ type: ProjectView })
  one(@CurrentActor() actor: AccountActor, @Param('id', ParseId) id: string): Promise<ProjectView> {
    return this.register.byId(actor, id);
  }

  @Patch(':id')
  @Allow('projects.change')
  @ApiOperation({ summary: 'Change a project; earlier weeks keep the earlier name and unit.' })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: ProjectView })
  async change(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: ProjectChangeBody,
  ): Promise<ProjectView> {
    await this.changes.change(id, ifMatch, body);
    return this.register.byId(actor, id);
  }
}
