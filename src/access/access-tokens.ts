import { createSecretKey, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { validate } from 'uuid';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { Refusal } from '../platform/errors/refusal.js';

const ISSUER = 'shukun';
const AUDIENCE = 'shukun-api';
const TYPE = 'at+jwt';
const ALGORITHM = 'HS256';
/** Seconds. Shorter than the idle time-out, so that who works on has renewed it before the session runs out. */
export const ACCESS_TOKEN_SECONDS = 10 * 60;

const isUuid = (claim: unknown): claim is string => validate(claim);

/** Verified tokens that are remembered, some 300 bytes each. */
const MOST_KNOWN = 10_000;

export interface TokenClaims {
  accountId: string;
  sessionId: string;
}

interface VerifiedToken {
  claims: TokenClaims;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Access tokens of local accounts: short-lived JWTs, bound to a session. */
@Injectable()
export class AccessTokens {
  private readonly key;
  private readonly verified = new Map<string, VerifiedToken>();

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

  /**
   * Algorithm, issuer, audience, type and times are all checked; whatever `kid`, `jku` or `jwk` say is ignored. A token
   * that passed is known until it expires, for the check costs more than the read it guards; whether its session still
   * lives is asked elsewhere, every time.
   */
  async verify(token: string): Promise<TokenClaims> {
    const known = this.verified.get(token);
    if (known !== undefined && this.clock.now().getTime() < known.expiresAt) return known.claims;
    const verified = await this.check(token);
    // The oldest goes: a Map keeps the order of insertion.
    const [oldest] = this.verified.size < MOST_KNOWN ? [] : this.verified.keys();
    if (oldest !== undefined) this.verified.delete(oldest);
    this.verified.set(token, verified);
    return verified.claims;
  }

  private async check(token: string): Promise<VerifiedToken> {
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
      const { sub, sid, exp = 0, iat = 0 } = payload;
      // Sessions are asked for together: one id that is none would fail the others' question.
      if (isUuid(sub) && isUuid(sid)) {
        const expiresAt = Math.min(exp, iat + ACCESS_TOKEN_SECONDS) * 1000;
        return { claims: { accountId: sub, sessionId: sid }, expiresAt };
      }
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Refusal(401, 'TOKEN_EXPIRED');
      if (!(error instanceof errors.JOSEError) && !(error instanceof TypeError)) throw error;
    }
    throw new Refusal(401, 'TOKEN_INVALID');
  }
}
