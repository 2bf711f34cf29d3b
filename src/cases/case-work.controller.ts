import { Body, Controller, Headers, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { ActionRoute } from './action-route.js';
import { CasesRepository } from './cases.repository.js';
import { AssignBody, NoteBody } from './dto/actions.js';
import { ClaimBody, ReassignBody, ReturnBody } from './dto/assignment-bodies.js';
import { HoldBody } from './dto/standing-bodies.js';
import { WorkVerbs } from './subject-verbs.js';
import { CaseView } from './views/case-view.js';

/** Who answers for a case, and whether its clock runs. Each action answers it as it is afterwards; 409 says which state and action, and what is allowed. */
@ApiTags('case actions')
@Controller('cases/:id')
@Allow('cases.act')
export class CaseWorkController {
  constructor(
    private readonly cases: CasesRepository,
    private readonly verbs: WorkVerbs,
  ) {}

  @ActionRoute('case', 'assign', 'Make a department and an official answerable by a deadline 交办')
  async assign(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: AssignBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.assign.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'claim', 'Claim it for your own department 认领')
  async claim(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ClaimBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.claim.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'acknowledge', 'Sign for what was assigned 签收')
  async acknowledge(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: NoteBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.acknowledge.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'return', 'Give it back before the sign-for time 退回')
  async giveBack(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ReturnBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.giveBack.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'reassign', 'Make someone else answerable')
  async reassign(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ReassignBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.reassign.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'hold', 'Put it on hold until its review date 挂账')
  async hold(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: HoldBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.hold.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }

  @ActionRoute('case', 'resume', 'End the hold')
  async resume(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: NoteBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CaseView> {
    await this.verbs.resume.run(actor, { kind: 'case', id }, body, ifMatch);
    return this.cases.getCase(actor, id);
  }
}
