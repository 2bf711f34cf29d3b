import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import { Post } from '../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { Allow, CurrentSession, OpenWithExpiredPassword } from './decorators.js';
import type { SignedIn } from './own-proof.js';
import { OwnSessions, SessionPage, SessionView } from './own-sessions.js';
import { byAccount } from './security-trail.js';
import { Sessions } from './sessions.service.js';

@ApiTags('auth')
@Allow('own_account.use')
@OpenWithExpiredPassword()
@Controller('auth')
export class OwnSessionsController {
  constructor(
    private readonly own: OwnSessions,
    private readonly sessions: Sessions,
    private readonly transactions: Transactions,
  ) {}

  @Post('logout-everywhere')
  @HttpCode(204)
  @ApiOperation({ summary: 'End every session of the account at once, this one too.' })
  @ApiNoContentResponse()
  async logoutEverywhere(@CurrentSession() { accountId }: SignedIn): Promise<void> {
    await this.transactions.run((tx) => this.sessions.signOutEverywhere(tx, accountId, byAccount(accountId)));
  }

  @Get('sessions')
  @ApiOperation({ summary: 'Where the account is signed in, the oldest first.' })
  @ApiOkResponse({ type: SessionPage })
  list(@CurrentSession() who: SignedIn, @Query() query: PageQuery): Promise<Page<SessionView>> {
    return this.own.list(who, query);
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one session of the account at once.' })
  @ApiNoContentResponse()
  async end(@CurrentSession() { accountId }: SignedIn, @Param('id', ParseId) id: string): Promise<void> {
    const isEnded = await this.transactions.run((tx) => this.sessions.endOwn(tx, accountId, id));
    if (!isEnded) throw notFound('session', id);
  }
}
