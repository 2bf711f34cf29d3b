import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor, Caller } from '../access/actor.js';
import { Allow, CurrentActor, CurrentCaller } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import type { Page } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { CasesRepository } from './cases.repository.js';
import { ChangeCase } from './change-case.js';
import { PatchCaseBody, ReportCaseBody, ReportProblemBody } from './dto/actions.js';
import { CaseListQuery, CaseProblemListQuery } from './dto/list-query.js';
import { CasePage, ProblemPage } from './dto/pages.js';
import { ListFilters } from './list-filters.js';
import { ReportCase } from './verbs/report-case.js';
import { ReportProblem } from './verbs/report-problem.js';
import { CaseView } from './views/case-view.js';
import { ProblemView } from './views/problem-view.js';

@ApiTags('cases')
@Controller('cases')
@Allow('cases.read')
export class CasesController {
  constructor(
    private readonly cases: CasesRepository,
    private readonly reportCase: ReportCase,
    private readonly reportProblem: ReportProblem,
    private readonly changeCase: ChangeCase,
    private readonly filters: ListFilters,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the cases you may see, by due date unless asked otherwise' })
  @ApiOkResponse({ type: CasePage })
  async list(@CurrentCaller() caller: Caller, @Query() query: CaseListQuery): Promise<Page<CaseView>> {
    const conditions = await this.filters.ofCases(query);
    return this.cases.listCases(caller, { conditions, sort: query.sort ?? 'dueAt', page: query });
  }

  @Post()
  @Allow('cases.report')
  @ApiOperation({ summary: 'Report a case 上报' })
  @ApiCreatedResponse({ type: CaseView })
  async report(@CurrentCaller() caller: Caller, @Body() body: ReportCaseBody): Promise<CaseView> {
    return this.cases.getCase(caller, await this.reportCase.run(caller, body));
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a case' })
  @ApiOkResponse({ type: CaseView })
  get(@CurrentCaller() caller: Caller, @Param('id', ParseId) id: string): Promise<CaseView> {
    return this.cases.getCase(caller, id);
  }

  @Patch(':id')
  @Allow('cases.change')
  @HttpCode(200)
  @ApiOperation({ summary: 'Correct what a case says of the distress; needs If-Match' })
  @ApiOkResponse({ type: CaseView })
  async change(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: PatchCaseBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.changeCase.run(actor, id, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @Get(':id/problems')
  @Allow('problems.read')
  @ApiOperation({ summary: 'List the problems of a case' })
  @ApiOkResponse({ type: ProblemPage })
  async problems(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Query() query: CaseProblemListQuery,
  ): Promise<Page<ProblemView>> {
    await this.cases.getCase(caller, id);
    const conditions = await this.filters.ofProblems({ ...query, case: [id] });
    return this.cases.listProblems(caller, { conditions, sort: query.sort ?? 'dueAt', page: query });
  }

  @Post(':id/problems')
  @Allow('problems.report')
  @ApiOperation({ summary: 'Report a problem of a case' })
  @ApiCreatedResponse({ type: ProblemView })
  async addProblem(
    @CurrentCaller() caller: Caller,
    @Param('id', ParseId) id: string,
    @Body() body: ReportProblemBody,
  ): Promise<ProblemView> {
    return this.cases.getProblem(caller, await this.reportProblem.run(caller, id, body));
  }
}
