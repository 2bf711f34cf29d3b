import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotKept } from '../platform/http/idempotency/not-kept.js';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import type { Page } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { RecordedReasonBody } from '../platform/http/reason-body.js';
import {
  OfficialBody,
  OfficialChangeBody,
  OfficialPage,
  OfficialQuery,
  OfficialView,
} from './officials.dto.js';
import { OfficialsService } from './officials.service.js';
import { OfficialContact, RevealOfficialContact } from './reveal-official-contact.js';

@ApiTags('organisation')
@Allow('organization.read')
@Controller('officials')
export class OfficialsController {
  constructor(
    private readonly officials: OfficialsService,
    private readonly contacts: RevealOfficialContact,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Officials by name, with masked contacts.' })
  @ApiOkResponse({ type: OfficialPage })
  list(@CurrentActor() actor: AccountActor, @Query() query: OfficialQuery): Promise<Page<OfficialView>> {
    return this.officials.list(actor, query);
  }

  @Post()
  @Allow('organization.change')
  @ApiOperation({ summary: 'Add an official to a department.' })
  @ApiCreatedResponse({ type: OfficialView })
  add(@Body() body: OfficialBody): Promise<OfficialView> {
    return this.officials.add(body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One official, with masked contacts.' })
  @ApiOkResponse({ type: OfficialView })
  one(@Param('id', ParseId) id: string): Promise<OfficialView> {
    return this.officials.byId(id);
  }

  @Patch(':id')
  @Allow('organization.change')
  @ApiOperation({ summary: 'Change, move or deactivate an official who has no live assignments.' })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: OfficialView })
  change(
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: OfficialChangeBody,
  ): Promise<OfficialView> {
    return this.officials.change(id, ifMatch, body);
  }

  @Post(':id/reveal-contact')
  @NotKept()
  @HttpCode(200)
  @Allow('officials.reveal_contact')
  @ApiOperation({ summary: 'The mobile and e-mail in full, for a reason; who asked is recorded.' })
  @ApiOkResponse({ type: OfficialContact })
  revealContact(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() { reason }: RecordedReasonBody,
  ): Promise<OfficialContact> {
    return this.contacts.reveal(actor, id, reason);
  }
}
