import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotKept } from '../platform/http/idempotency/not-kept.js';
import type { AccountActor, Caller } from '../access/actor.js';
import { Allow, CurrentActor, CurrentCaller } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import type { Page } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { RecordedReasonBody } from '../platform/http/reason-body.js';
import { ChangeRegister } from './change-register.js';
import { EnterprisePage, EnterpriseView } from './enterprise.view.js';
import { EnterpriseRegister } from './enterprise-register.js';
import { EnterpriseBody, EnterpriseChangeBody, EnterpriseQuery } from './enterprises.dto.js';
import { EnterpriseContact, RevealEnterpriseContact } from './reveal-enterprise-contact.js';

@ApiTags('enterprises')
@Allow('enterprises.read')
@Controller('enterprises')
export class EnterprisesController {
  constructor(
    private readonly register: EnterpriseRegister,
    private readonly changes: ChangeRegister,
    private readonly contacts: RevealEnterpriseContact,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Enterprises by name, within the scope of who asks.' })
  @ApiOkResponse({ type: EnterprisePage })
  list(@CurrentCaller() caller: Caller, @Query() query: EnterpriseQuery): Promise<Page<EnterpriseView>> {
    return this.register.list(caller, query);
  }

  @Post()
  @Allow('enterprises.change')
  @ApiOperation({ summary: 'Register an enterprise; a county within its own unit.' })
  @ApiCreatedResponse({ type: EnterpriseView })
  async add(@CurrentActor() actor: AccountActor, @Body() body: EnterpriseBody): Promise<EnterpriseView> {
    return this.register.byId(actor, await this.changes.add(actor, body));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One enterprise.' })
  @ApiOkResponse({ type: EnterpriseView })
  one(@CurrentCaller() caller: Caller, @Param('id', ParseId) id: string): Promise<EnterpriseView> {
    return this.register.byId(caller, id);
  }

  @Patch(':id')
  @Allow('enterprises.change')
  @ApiOperation({
    summary: 'Change an enterprise; earlier weeks keep the earlier name, unit, industry and size.',
  })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: EnterpriseView })
  async change(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: EnterpriseChangeBody,
  ): Promise<EnterpriseView> {
    await this.changes.change(actor, id, ifMatch, body);
    return this.register.byId(actor, id);
  }

  @Post(':id/reveal-contact')
  @NotKept()
  @HttpCode(200)
  @Allow('enterprises.reveal_contact')
  @ApiOperation({
    summary: 'The telephone number of the contact in full, for a reason; who asked is recorded.',
  })
  @ApiOkResponse({ type: EnterpriseContact })
  revealContact(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() { reason }: RecordedReasonBody,
  ): Promise<EnterpriseContact> {
    return this.contacts.reveal(actor, id, reason);
  }
}
