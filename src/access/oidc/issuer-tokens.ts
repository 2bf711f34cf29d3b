import { Injectable } from '@nestjs/common';
import { decodeJwt, errors, type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig, type OidcSettings } from '../../platform/config/app-config.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { IssuerKeys } from './issuer-keys.js';

/** None with a shared secret: what verifies a token must not be able to make one. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const TYPES = new Set(['at+jwt', 'jwt']);
/** Seconds by which the clocks of two machines may differ. */
const TOLERANCE = 60;
/** Seconds; also what makes a token from the future one that is refused. */
const OLDEST = 24 * 3600;
/** Headers by which a token would bring its own key. The issuer has no use for them. */
const OWN_KEYS = ['jwk', 'jku', 'x5u', 'x5c'];
const MAX_LENGTH = 255;

/** Who a token of the issuer is about. */
export interface PortalIdentity {
  issuer: string;
  /** Never given to another at the same issuer. */
  subject: string;
  /** The mapped claim, by which an administrator knows the person; `null` where the token does not say. */
  user: string | null;
}

/** Access tokens of the OIDC issuer. */
@Injectable()
export class IssuerTokens {
  private readonly settings: OidcSettings | null;

  constructor(
    { oidc }: AppConfig,
    private readonly keys: IssuerKeys,
    private readonly clock: Clock,
  ) {
    this.settings = oidc;
  }

  /** By what the token says of itself, unproven: whom to ask about it. */
  isOne(token: string): boolean {
    return this.settings !== null && unproven(token)?.iss === this.settings.issuer;
  }

  /** @throws Refusal 401 TOKEN_INVALID, TOKEN_EXPIRED, 503 ISSUER_AWAY */
  async verify(token: string): Promise<PortalIdentity> {
    const { settings } = this;
    if (settings === null) throw new Refusal(401, 'TOKEN_INVALID');
    const { payload, protectedHeader } = await this.check(token, settings);
    const { sub: subject } = payload;
    if (!isOfAccess(protectedHeader) || typeof subject !== 'string' || !isText(subject))
      throw new Refusal(401, 'TOKEN_INVALID');
    return { issuer: settings.issuer, subject, user: userOf(payload, settings.accountClaim) };
  }

  private async check(token: string, { issuer, audience }: OidcSettings) {
    try {
      return await jwtVerify(token, this.keys.keyOf, {
        algorithms: ALGORITHMS,
        issuer,
        audience,
        requiredClaims: ['sub', 'exp', 'iat'],
        clockTolerance: TOLERANCE,
        maxTokenAge: OLDEST,
        currentDate: this.clock.now(),
      });
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Refusal(401, 'TOKEN_EXPIRED');
      if (!(error instanceof errors.JOSEError) && !(error instanceof TypeError)) throw error;
      throw new Refusal(401, 'TOKEN_INVALID');
    }
  }
}

function unproven(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

const isOfAccess = (header: JWTHeaderParameters): boolean =>
  TYPES.has((header.typ ?? '').toLowerCase().replace(/^application\//, '')) &&
  OWN_KEYS.every((name) => !(name in header));

const isText = (value: string): boolean => value !== '' && value.length <= MAX_LENGTH;

function userOf(payload: JWTPayload, claim: string): string | null {
  const value = payload[claim];
  if (typeof value !== 'string' || !isText(value)) return null;
  // An address that nobody has proven is whatever its holder has typed in.
  return claim === 'email' && payload['email_verified'] !== true ? null : value;
}
