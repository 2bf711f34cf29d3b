import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { AccountReads } from './account-reads.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { AuthController } from './auth.controller.js';
import { ChangePassword } from './change-password.js';
import { ExampleAccounts } from './example-accounts.js';
import { LiveSessions } from './live-sessions.js';
import { PasswordFailures } from './password-failures.js';
import { Passwords } from './passwords.js';
import { RefreshTokens } from './refresh-tokens.js';
import { Sessions } from './sessions.service.js';
import { SignInTrail } from './sign-in-trail.js';
import { SignIn } from './sign-in.service.js';

/** Who is asking and what they may; its guard stands before every route of the house. */
@Global()
@Module({
  controllers: [AuthController, AccountsController],
  providers: [
    AccessTokens,
    AccountReads,
    AccountsService,
    ChangePassword,
    ExampleAccounts,
    LiveSessions,
    PasswordFailures,
    Passwords,
    RefreshTokens,
    Sessions,
    SignIn,
    SignInTrail,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccountsService, ExampleAccounts],
})
export class AccessModule {}
