import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { CasesRepository } from './cases.repository.js';
import { AssignBody, NoteBody, ProblemClosureBody, ReasonBody } from './dto/actions.js';
import type { SubjectRef } from './subject.js';
import { Acknowledge } from './verbs/acknowledge.js';
import { ApproveClosure } from './verbs/approve-closure.js';
import { Assign } from './verbs/assign.js';
import { RequestClosure } from './verbs/request-closure.js';
import { SendBack } from './verbs/send-back.js';
import { ProblemView } from './views/problem-view.js';

const problemRef = (id: string): SubjectRef => ({ kind: 'problem', id });

/** Each action answers the problem as it is afterwards; 409 says which state and action, and what is allowed. */
@ApiTags('problem actions')
@Controller('problems/:id')
@Allow('task_force', 'department', 'county')
export class ProblemActionsController {
  constructor(
    private readonly cases: CasesRepository,
    private readonly assigning: Assign,
    private readonly acknowledging: Acknowledge,
    private readonly requesting: RequestClosure,
    private readonly approving: ApproveClosure,
    private readonly sendingBack: SendBack,
  ) {}

  @Post('assign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a department and an official answerable by a deadline 交办' })
  @ApiOkResponse({ type: ProblemView })
  async assign(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: AssignBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ProblemView> {
    await this.assigning.run(actor, problemRef(id), body, ifMatch);
    return this.cases.getProblem(actor, id);
  }

  @Post('acknowledge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign for what was assigned 签收' })
  @ApiOkResponse({ type: ProblemView })
  async acknowledge(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: NoteBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ProblemView> {
    await this.acknowledging.run(actor, problemRef(id), body, ifMatch);
    return this.cases.getProblem(actor, id);
  }

  @Post('request-closure')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask to have it struck off, with the evidence' })
  @ApiOkResponse({ type: ProblemView })
  async requestClosure(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ProblemClosureBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ProblemView> {
    await this.requesting.run(actor, problemRef(id), body, ifMatch);
    return this.cases.getProblem(actor, id);
  }

  @Post('approve-closure')
  @HttpCode(200)
  @ApiOperation({ summary: 'Strike it off the ledger 销号; never by the requester' })
  @ApiOkResponse({ type: ProblemView })
  async approveClosure(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: NoteBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ProblemView> {
    await this.approving.run(actor, problemRef(id), body, ifMatch);
    return this.cases.getProblem(actor, id);
  }

  @Post('send-back')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send it back to be done again 退回重办' })
  @ApiOkResponse({ type: ProblemView })
  async sendBack(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ReasonBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ProblemView> {
    await this.sendingBack.run(actor, problemRef(id), body, ifMatch);
    return this.cases.getProblem(actor, id);
  }
}
