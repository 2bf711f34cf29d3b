import { createSecretKey, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { Refusal } from '../platform/errors/refusal.js';

const ISSUER = 'shukun';
const AUDIENCE = 'shukun-api';
const TYPE = 'at+jwt';
const ALGORITHM = 'HS256';
/** Seconds. Shorter than the idle time-out, so that who works on has renewed it before the session runs out. */
export const ACCESS_TOKEN_SECONDS = 10 * 60;

export interface TokenClaims {
  accountId: string;
  sessionId: string;
}

/** Access tokens of local accounts: short-lived JWTs, bound to a session. */
@Injectable()
export class AccessTokens {
  private readonly key;

  constructor(
    config: AppConfig,
    private readonly clock: Clock,
  ) {
    this.key = createSecretKey(
      Buffer.from(hkdfSync('sha256', config.tokenSecret, '', 'shukun access token', 32)),
    );
  }

  async issue(claims: TokenClaims): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ sid: claims.sessionId })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(claims.accountId)
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
      .sign(this.key);
  }

  /** Algorithm, issuer, audience, type and times are all checked; whatever `kid`, `jku` or `jwk` say is ignored. */
  async verify(token: string): Promise<TokenClaims> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        typ: TYPE,
        requiredClaims: ['sub', 'sid', 'exp', 'iat'],
        maxTokenAge: ACCESS_TOKEN_SECONDS,
        currentDate: this.clock.now(),
      });
      if (typeof payload.sub === 'string' && typeof payload['sid'] === 'string') {
        return { accountId: payload.sub, sessionId: payload['sid'] };
      }
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Refusal(401, 'TOKEN_EXPIRED');
      if (!(error instanceof errors.JOSEError) && !(error instanceof TypeError)) throw error;
    }
    throw new Refusal(401, 'TOKEN_INVALID');
  }
}
