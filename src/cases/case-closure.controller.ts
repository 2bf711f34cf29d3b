import { Body, Controller, Headers, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { ActionRoute } from './action-route.js';
import { CasesRepository } from './cases.repository.js';
import { CaseClosureBody, NoteBody, ReasonBody } from './dto/actions.js';
import { ReopenBody } from './dto/assignment-bodies.js';
import { TerminateBody } from './dto/standing-bodies.js';
import { ClosureVerbs } from './subject-verbs.js';
import { CaseView } from './views/case-view.js';

/** How a case ends, and comes back. Each action answers it as it is afterwards; 409 says which state and action, and what is allowed. */
@ApiTags('case actions')
@Controller('cases/:id')
@Allow('cases.act')
export class CaseClosureController {
  constructor(
    private readonly cases: CasesRepository,
    private readonly verbs: ClosureVerbs,
  ) {}

  @ActionRoute('case', 'request-closure', 'Ask to have it struck off, with the evidence')
  async requestClosure(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: CaseClosureBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.requestClosure.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'approve-closure', 'Strike it off the ledger 销号; never by the requester')
  async approveClosure(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: NoteBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.approveClosure.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'send-back', 'Send it back to be done again 退回重办')
  async sendBack(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ReasonBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.sendBack.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'reopen', 'Reopen what was struck off')
  async reopen(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ReopenBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.reopen.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'reject', 'Refuse to take it on 不予受理')
  async reject(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ReasonBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.reject.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'terminate', 'Take it off the books without closure 终止')
  async terminate(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: TerminateBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.terminate.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }
}
