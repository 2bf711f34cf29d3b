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

/** Demands of enterprises that need not be in distress. */
@ApiTags('problems')
@Controller('enterprises/:id/problems')
@Allow('problems.report')
export class EnterpriseProblemsController {
  constructor(
    private readonly cases: CasesRepository,
    private readonly reportProblem: ReportProblem,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Report a problem of an enterprise',
    description:
      'It belongs to the live case of the enterprise, or to the enterprise itself where it has none.',
  })
  @ApiCreatedResponse({ type: ProblemView })
  async add(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Body() body: ReportProblemBody,
  ): Promise<ProblemView> {
    return this.cases.getProblem(caller, await this.reportProblem.ofEnterprise(caller, id, body));
  }
}
