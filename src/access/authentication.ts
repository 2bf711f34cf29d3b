import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/errors/refusal.js';
import { AccessTokens, type TokenClaims } from './access-tokens.js';
import type { Caller } from './actor.js';
import { ApiKeyCallers } from './api-keys/api-key-callers.js';
import type { ApiKeyScope } from './api-keys/api-key-scopes.js';
import { API_KEY_MARK } from './api-keys/api-key-token.js';
import { LiveSessions } from './live-sessions.js';
import { PortalCallers } from './oidc/portal-callers.js';
import type { SignedIn } from './own-proof.js';

/** What a bearer token has proven, as it stands at this request. */
export interface Authenticated {
  /** `null`: an account that awaits its role acts for nobody. */
  actor: Caller | null;
  /** Of an API key. */
  scopes?: readonly ApiKeyScope[];
  /** Of a local sign-in, as is the next. */
  session?: SignedIn;
  hasSecondFactor?: boolean;
  /** A one-time password has yet to be replaced. */
  isPasswordExpired: boolean;
}

/** Three kinds of bearer tokens, told apart by what they look like; each kind is judged in one place. */
@Injectable()
export class Authentication {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: LiveSessions,
    private readonly keys: ApiKeyCallers,
    private readonly portals: PortalCallers,
  ) {}

  /** @throws Refusal 401, 503 where an issuer is away whose token it is */
  async of(token: string): Promise<Authenticated> {
    if (token.startsWith(API_KEY_MARK)) return this.keys.of(token);
    if (this.portals.isOne(token)) return this.portals.of(token);
    return this.ofSession(await this.tokens.verify(token));
  }

  /** @param claims what a session was shown to be by something that was sealed or signed here. @throws Refusal 401 */
  async ofSession(claims: TokenClaims): Promise<Authenticated> {
    const account = await this.sessions.find(claims);
    if (account === undefined) throw new Refusal(401, 'SESSION_ENDED');
    const { role, departmentId, officialId, reportingUnitId, isPasswordExpired, hasSecondFactor } = account;
    const { accountId } = claims;
    const actor =
      role === null
        ? null
        : ({ kind: 'account', accountId, role, departmentId, officialId, reportingUnitId } as const);
    return { actor, session: claims, isPasswordExpired, hasSecondFactor };
  }
}
