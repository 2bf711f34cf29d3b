import { Body, Controller, Get, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotKept } from '../platform/http/idempotency/not-kept.js';
import { Transactions } from '../platform/database/transactions.js';
import { Post } from '../platform/http/idempotency/post.js';
import { AccountView } from './account.view.js';
import { AccountReads } from './account-reads.js';
import { LoginBody, PasswordBody, RefreshBody, SignedInView, TokensView } from './auth.dto.js';
import { ChangePassword } from './change-password.js';
import { Allow, CurrentAccountId, CurrentSession, OpenWithExpiredPassword, Public } from './decorators.js';
import type { SignedIn } from './own-proof.js';
import { byAccount, SecurityTrail } from './security-trail.js';
import { Sessions } from './sessions.service.js';
import { LimitsGuesses } from './sign-in-limit.guard.js';
import { SignIn } from './sign-in.service.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly changePassword: ChangePassword,
    private readonly accounts: AccountReads,
    private readonly transactions: Transactions,
    private readonly trail: SecurityTrail,
  ) {}

  @Public()
  @LimitsGuesses()
  @Post('login')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in. Five failures, of password or code, lock the account for 15 minutes.',
    security: [],
  })
  @ApiOkResponse({ type: SignedInView })
  login(@Body() body: LoginBody): Promise<SignedInView> {
    return this.signIn.signIn(body);
  }

  @Public()
  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Trade the refresh token for new tokens. A used one ends the session.',
    security: [],
  })
  @ApiOkResponse({ type: TokensView })
  refresh(@Body() body: RefreshBody): Promise<TokensView> {
    return this.sessions.refresh(body.refreshToken);
  }

  @Allow('own_account.use')
  @OpenWithExpiredPassword()
  @Post('logout')
  @HttpCode(204)
  @ApiOperation({ summary: 'End this session at once.' })
  @ApiNoContentResponse()
  async logout(@CurrentSession() { accountId, sessionId }: SignedIn): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.sessions.end(tx, sessionId);
      const actor = byAccount(accountId);
      await this.trail.record(tx, { type: 'signed_out', actor, payload: { sessionId } });
    });
  }

  @Allow('own_account.use')
  @OpenWithExpiredPassword()
  @Get('me')
  @ApiOperation({ summary: 'Who is asking.' })
  @ApiOkResponse({ type: AccountView })
  me(@CurrentAccountId() accountId: string): Promise<AccountView> {
    return this.accounts.byId(accountId);
  }

  @Allow('own_account.use')
  @OpenWithExpiredPassword()
  @LimitsGuesses()
  @Post('password')
  @NotKept()
  @HttpCode(204)
  @ApiOperation({ summary: 'Change the own password; every other session of the account ends.' })
  @ApiNoContentResponse()
  async password(@CurrentSession() who: SignedIn, @Body() body: PasswordBody): Promise<void> {
    await this.changePassword.change(who, body.currentPassword, body.newPassword);
  }
}
