import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../access/actor.js';
import { Allow, CurrentCaller } from '../access/decorators.js';
import type { Page } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { CasesRepository } from './cases.repository.js';
import { ProblemListQuery } from './dto/list-query.js';
import { ProblemPage } from './dto/pages.js';
import { ListFilters } from './list-filters.js';
import { ProblemView } from './views/problem-view.js';

/** The responsibility list, across cases. */
@ApiTags('problems')
@Controller('problems')
@Allow('problems.read')
export class ProblemsController {
  constructor(
    private readonly cases: CasesRepository,
    private readonly filters: ListFilters,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the problems you may see, by due date unless asked otherwise' })
  @ApiOkResponse({ type: ProblemPage })
  async list(@CurrentCaller() caller: Caller, @Query() query: ProblemListQuery): Promise<Page<ProblemView>> {
    const conditions = await this.filters.ofProblems(query);
    return this.cases.listProblems(caller, { conditions, sort: query.sort ?? 'dueAt', page: query });
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a problem' })
  @ApiOkResponse({ type: ProblemView })
  get(@CurrentCaller() caller: Caller, @Param('id', ParseId) id: string): Promise<ProblemView> {
    return this.cases.getProblem(caller, id);
  }
}
