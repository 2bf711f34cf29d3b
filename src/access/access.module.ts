import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { Admission } from './admission.js';
import { ApiKeyCallers } from './api-keys/api-key-callers.js';
import { ApiKeyReads } from './api-keys/api-key-reads.js';
import { ApiKeyUses } from './api-keys/api-key-uses.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeys } from './api-keys/api-keys.service.js';
import { Authentication } from './authentication.js';
import { IssuerHttp } from './oidc/issuer-http.js';
import { IssuerKeys } from './oidc/issuer-keys.js';
import { IssuerTokens } from './oidc/issuer-tokens.js';
import { PortalCallers } from './oidc/portal-callers.js';
import { PortalLinkController } from './oidc/portal-link.controller.js';
import { PortalLink } from './oidc/portal-link.js';
import { AccountReads } from './account-reads.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { AuthController } from './auth.controller.js';
import { ChangePassword } from './change-password.js';
import { ExampleAccounts } from './example-accounts.js';
import { FirstAdministrators } from './first-administrators.js';
import { LiveSessions } from './live-sessions.js';
import { OwnProof } from './own-proof.js';
import { OwnSessions } from './own-sessions.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { PasswordFailures } from './password-failures.js';
import { PasswordHistory } from './password-history.js';
import { Passwords } from './passwords.js';
import { RefreshTokens } from './refresh-tokens.js';
import { RecoveryCodes } from './second-factor/recovery-codes.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SecondFactorPolicy } from './second-factor/second-factor-policy.js';
import { SecondFactor } from './second-factor/second-factor.service.js';
import { Totp } from './second-factor/totp.js';
import { Sessions } from './sessions.service.js';
import { SignInTrail } from './sign-in-trail.js';
import { SignIn } from './sign-in.service.js';

/** Who is asking and what they may; its guard stands before every route of the house. */
@Global()
@Module({
  controllers: [
    AuthController,
    SecondFactorController,
    OwnSessionsController,
    AccountsController,
    ApiKeysController,
    PortalLinkController,
  ],
  providers: [
    AccessTokens,
    AccountReads,
    AccountsService,
    Admission,
    ApiKeyCallers,
    ApiKeyReads,
    ApiKeyUses,
    ApiKeys,
    Authentication,
    ChangePassword,
    ExampleAccounts,
    FirstAdministrators,
    IssuerHttp,
    IssuerKeys,
    IssuerTokens,
    LiveSessions,
    OwnProof,
    OwnSessions,
    PasswordFailures,
    PasswordHistory,
    Passwords,
    RecoveryCodes,
    PortalCallers,
    PortalLink,
    RefreshTokens,
    SecondFactor,
    SecondFactorPolicy,
    Sessions,
    SignIn,
    SignInTrail,
    Totp,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccountsService, Admission, Authentication, ExampleAccounts, FirstAdministrators],
})
export class AccessModule {}
