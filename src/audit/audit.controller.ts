import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { byAccount } from '../access/security-trail.js';
import { localeOf } from '../platform/errors/message-text.js';
import { type Page, PageQuery } from '../platform/http/paging.js';
import { AuditLists } from './audit-lists.js';
import {
  AnchorPage,
  type AnchorView,
  AuditEventPage,
  AuditEventQuery,
  type AuditEventView,
  VerificationView,
  VerifyQuery,
} from './audit.dto.js';
import { faultText } from './fault-text.js';
import { VerifyTrail } from './verify/verify-trail.js';

/** For the auditor, who reads this and nothing else. */
@ApiTags('audit')
@Allow('audit.read')
@Controller('audit')
export class AuditController {
  constructor(
    private readonly lists: AuditLists,
    private readonly verifier: VerifyTrail,
  ) {}

  @Get('events')
  @ApiOperation({ summary: 'What was done by whom, the last first.' })
  @ApiOkResponse({ type: AuditEventPage })
  events(@Query() query: AuditEventQuery): Promise<Page<AuditEventView>> {
    return this.lists.events(query);
  }

  @Get('anchors')
  @ApiOperation({
    summary: 'How all chains stood at the end of each day, the last first.',
    description: 'Kept elsewhere, a hash shows whether even the anchors were made anew.',
  })
  @ApiOkResponse({ type: AnchorPage })
  anchors(@Query() query: PageQuery): Promise<Page<AnchorView>> {
    return this.lists.anchors(query);
  }

  @Get('verify')
  @ApiOperation({
    summary: 'Whether an event was changed, removed, inserted or put in another order, and which.',
    description:
      'Reads everything there is, one at a time; a large ledger is better verified by the command.',
  })
  @ApiOkResponse({ type: VerificationView })
  async verify(
    @CurrentActor() actor: AccountActor,
    @Query() { chain }: VerifyQuery,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationView> {
    const by = byAccount(actor.accountId);
    const found = await (chain === undefined ? this.verifier.all(by) : this.verifier.one(chain, by));
    const locale = localeOf(languages);
    void reply.header('Content-Language', locale).header('Vary', 'Accept-Language');
    return {
      isIntact: found.isIntact,
      checkedAt: found.checkedAt,
      chains: found.chains,
      events: found.events,
      auditEvents: found.auditEvents,
      anchors: found.anchors,
      faultCount: found.faultCount,
      faults: found.faults.map((fault) => {
        const { params: _params, ...named } = fault;
        return { ...named, detail: faultText(fault, locale) };
      }),
    };
  }
}
