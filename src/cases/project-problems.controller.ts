import { Body, Controller, Param } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../access/actor.js';
import { Allow, CurrentCaller } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { CasesRepository } from './cases.repository.js';
import { ReportProblemBody } from './dto/actions.js';
import { ReportProblem } from './verbs/report-problem.js';
import { ProblemView } from './views/problem-view.js';

/** What stands in the way of a project. */
@ApiTags('problems')
@Controller('projects/:id/problems')
@Allow('problems.report')
export class ProjectProblemsController {
  constructor(
    private readonly cases: CasesRepository,
    private readonly reportProblem: ReportProblem,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Report a problem of a project',
    description:
      'It belongs to the project, also where the enterprise that owns it has a live case. Refused (409) where the project is not active.',
  })
  @ApiCreatedResponse({ type: ProblemView })
  async add(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Body() body: ReportProblemBody,
  ): Promise<ProblemView> {
    return this.cases.getProblem(caller, await this.reportProblem.ofProject(caller, id, body));
  }
}
