import { Injectable, Logger } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Sealer } from '../../platform/seal/sealer.js';

const ISSUER = 'Shukun';
/** What every authenticator app understands (RFC 6238); SHA-1 is sound within an HMAC. */
const KIND = { algorithm: 'SHA1', digits: 6, period: 30 };
const SECRET_BYTES = 20;
/** Steps before and after the present one, for clocks that differ and people who type. */
const WINDOW = 1;

/** Secrets of time-based codes. They leave here once, at their enrolment, and are otherwise kept sealed. */
@Injectable()
export class Totp {
  private readonly logger = new Logger(Totp.name);
  private readonly sealer: Sealer;

  constructor(
    config: AppConfig,
    private readonly clock: Clock,
  ) {
    this.sealer = new Sealer(config, 'shukun second factor');
  }

  /** A new secret: in Base32 and as `otpauth://` for the app, and sealed for the account. */
  make(accountId: string, username: string): { secret: string; uri: string; sealed: Buffer } {
    const secret = new Secret({ size: SECRET_BYTES });
    const uri = new TOTP({ ...KIND, issuer: ISSUER, label: username, secret }).toString();
    return { secret: secret.base32, uri, sealed: this.sealer.seal(Buffer.from(secret.bytes), accountId) };
  }

  /** The step of 30 seconds since 1970 to which the code belongs; `undefined` for a wrong one. */
  stepOf(accountId: string, sealed: Buffer, code: string): number | undefined {
    const bytes = this.open(accountId, sealed);
    if (bytes === undefined) return undefined;
    const secret = new Secret({ buffer: new Uint8Array(bytes).buffer });
    const timestamp = this.clock.now().getTime();
    const delta = new TOTP({ ...KIND, secret }).validate({ token: code, timestamp, window: WINDOW });
    return delta === null ? undefined : TOTP.counter({ period: KIND.period, timestamp }) + delta;
  }

  private open(accountId: string, sealed: Buffer): Buffer | undefined {
    try {
      return this.sealer.open(sealed, accountId);
    } catch {
      // Its owner has recovery codes, which hang on no key.
      this.logger.warn({ accountId }, 'a second factor does not open: was TOKEN_SECRET changed?');
      return undefined;
    }
  }
}
