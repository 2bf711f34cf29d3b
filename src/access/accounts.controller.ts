import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Put, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { requireIfMatch } from '../platform/http/etag.js';
import { Post } from '../platform/http/idempotency/post.js';
import type { Page } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { Account } from './account.entity.js';
import { AccountView, NewAccountView } from './account.view.js';
import { AccountReads } from './account-reads.js';
import {
  AccountBody,
  AccountChangeBody,
  AccountPage,
  AccountQuery,
  AccountRoleBody,
} from './accounts.dto.js';
import { AccountsService } from './accounts.service.js';
import type { AccountActor } from './actor.js';
import { Allow, CurrentActor } from './decorators.js';
import { SecondFactor } from './second-factor/second-factor.service.js';
import { Sessions } from './sessions.service.js';
import { byAccount } from './security-trail.js';

@ApiTags('accounts')
@Allow('accounts.change')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly reads: AccountReads,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
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
  @ApiOperation({
    summary: 'Make an account, without a role yet; its one-time password is shown this once.',
  })
  @ApiCreatedResponse({ type: NewAccountView })
  async create(
    @CurrentActor() actor: AccountActor,
    @Body() { username }: AccountBody,
  ): Promise<NewAccountView> {
    const { id, password } = await this.transactions.run((tx) =>
      this.accounts.create(tx, { username }, true, byAccount(actor.accountId)),
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
  @ApiOperation({ summary: 'Activate or deactivate; works on the very next request.' })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: AccountView })
  change(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() { isActive }: AccountChangeBody,
  ): Promise<AccountView> {
    return this.changed(id, ifMatch, (tx, account) =>
      this.accounts.activate(tx, actor.accountId, account, isActive),
    );
  }

  @Put(':id/role')
  @Allow('roles.give')
  @ApiOperation({ summary: 'Give a role with its binding, or take it away; works on the very next request.' })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: AccountView })
  giveRole(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() { role, ...binding }: AccountRoleBody,
  ): Promise<AccountView> {
    return this.changed(id, ifMatch, (tx, account) =>
      this.accounts.giveRole(tx, actor.accountId, account, role, binding),
    );
  }

  @Post(':id/reset-password')
  @HttpCode(200)
  @ApiOperation({ summary: 'A new one-time password, shown this once; every session of the account ends.' })
  @ApiOkResponse({ type: NewAccountView })
  async resetPassword(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
  ): Promise<NewAccountView> {
    const oneTimePassword = await this.transactions.run((tx) =>
      this.accounts.resetPasswordOf(tx, actor.accountId, id),
    );
    return { account: await this.reads.byId(id), oneTimePassword };
  }

  @Post(':id/reset-second-factor')
  @Allow('second_factors.reset')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take the second factor away, to be enrolled anew; every session ends.' })
  @ApiOkResponse({ type: AccountView })
  async resetSecondFactor(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
  ): Promise<AccountView> {
    if (id === actor.accountId) throw new Refusal(409, 'ACCOUNT_SELF_CHANGE');
    await this.reads.byId(id);
    await this.transactions.run((tx) => this.secondFactor.reset(tx, id, byAccount(actor.accountId)));
    return this.reads.byId(id);
  }

  @Post(':id/sign-out')
  @Allow('accounts.sign_out')
  @HttpCode(204)
  @ApiOperation({ summary: 'End every session of the account at once.' })
  @ApiNoContentResponse()
  async signOut(@CurrentActor() actor: AccountActor, @Param('id', ParseId) id: string): Promise<void> {
    await this.reads.byId(id);
    await this.transactions.run((tx) => this.sessions.signOutEverywhere(tx, id, byAccount(actor.accountId)));
  }

  private async changed(
    id: string,
    ifMatch: string | undefined,
    change: (tx: Transaction, account: Account) => Promise<void>,
  ): Promise<AccountView> {
    await this.transactions.run(async (tx) => {
      const account = await tx.manager.findOneBy(Account, { id });
      if (account === null) throw notFound('account', id);
      requireIfMatch(ifMatch, account.version);
      await change(tx, account);
    });
    return this.reads.byId(id);
  }
}
