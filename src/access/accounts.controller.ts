import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Transactions } from '../platform/database/transactions.js';
import { notFound } from '../platform/errors/refusal.js';
import { requireIfMatch } from '../platform/http/etag.js';
import type { Page } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { Account } from './account.entity.js';
import { AccountView, NewAccountView } from './account.view.js';
import { AccountReads } from './account-reads.js';
import { AccountBody, AccountChangeBody, AccountPage, AccountQuery } from './accounts.dto.js';
import { AccountsService } from './accounts.service.js';
import type { AccountActor } from './actor.js';
import { Allow, CurrentActor } from './decorators.js';
import { byAccount } from './security-trail.js';

@ApiTags('accounts')
@Allow('accounts.change')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly reads: AccountReads,
    private readonly transactions: Transactions,
  ) {}

  @Get()
  @Allow('accounts.read')
  @ApiOperation({ summary: 'Accounts by user name.' })
  @ApiOkResponse({ type: AccountPage })
  list(@Query() query: AccountQuery): Promise<Page<AccountView>> {
    return this.reads.list(query);
  }

  @Post()
  @ApiOperation({ summary: 'Make an account; its one-time password is shown this once.' })
  @ApiCreatedResponse({ type: NewAccountView })
  async create(@CurrentActor() actor: AccountActor, @Body() body: AccountBody): Promise<NewAccountView> {
    const { id, password } = await this.transactions.run((tx) =>
      this.accounts.create(tx, body, true, byAccount(actor.accountId)),
    );
    return { account: await this.reads.byId(id), oneTimePassword: password };
  }

  @Get(':id')
  @Allow('accounts.read')
  @ApiOperation({ summary: 'One account.' })
  @ApiOkResponse({ type: AccountView })
  one(@Param('id', ParseId) id: string): Promise<AccountView> {
    return this.reads.byId(id);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Activate, deactivate, give another role or binding; works on the very next request.',
  })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: AccountView })
  async change(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: AccountChangeBody,
  ): Promise<AccountView> {
    await this.transactions.run(async (tx) => {
      const account = await tx.manager.findOneBy(Account, { id });
      if (account === null) throw notFound('account', id);
      requireIfMatch(ifMatch, account.version);
      await this.accounts.change(tx, actor.accountId, account, body);
    });
    return this.reads.byId(id);
  }

  @Post(':id/reset-password')
  @HttpCode(200)
  @ApiOperation({ summary: 'A new one-time password, shown this once; every session of the account ends.' })
  @ApiOkResponse({ type: NewAccountView })
  async resetPassword(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
  ): Promise<NewAccountView> {
    await this.reads.byId(id);
    const oneTimePassword = await this.transactions.run((tx) =>
      this.accounts.resetPassword(tx, id, true, byAccount(actor.accountId)),
    );
    return { account: await this.reads.byId(id), oneTimePassword };
  }
}
