import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { CasesRepository } from './cases.repository.js';
import { AssignBody, CaseClosureBody, NoteBody, ReasonBody } from './dto/actions.js';
import type { SubjectRef } from './subject.js';
import { Acknowledge } from './verbs/acknowledge.js';
import { ApproveClosure } from './verbs/approve-closure.js';
import { Assign } from './verbs/assign.js';
import { RequestClosure } from './verbs/request-closure.js';
import { SendBack } from './verbs/send-back.js';
import { CaseView } from './views/case-view.js';

const caseRef = (id: string): SubjectRef => ({ kind: 'case', id });

/** Each action answers the case as it is afterwards; 409 says which state and action, and what is allowed. */
@ApiTags('case actions')
@Controller('cases/:id')
@Allow('task_force', 'department', 'county')
export class CaseActionsController {
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
  @ApiOkResponse({ type: CaseView })
  async assign(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: AssignBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.assigning.run(actor, caseRef(id), body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @Post('acknowledge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign for what was assigned 签收' })
  @ApiOkResponse({ type: CaseView })
  async acknowledge(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: NoteBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.acknowledging.run(actor, caseRef(id), body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @Post('request-closure')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask to have it struck off, with the evidence' })
  @ApiOkResponse({ type: CaseView })
  async requestClosure(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: CaseClosureBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.requesting.run(actor, caseRef(id), body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @Post('approve-closure')
  @HttpCode(200)
  @ApiOperation({ summary: 'Strike it off the ledger 销号; never by the requester' })
  @ApiOkResponse({ type: CaseView })
  async approveClosure(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: NoteBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.approving.run(actor, caseRef(id), body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @Post('send-back')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send it back to be done again 退回重办' })
  @ApiOkResponse({ type: CaseView })
  async sendBack(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ReasonBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.sendingBack.run(actor, caseRef(id), body, ifMatch);
    return this.cases.getCase(actor, id);
  }
}
