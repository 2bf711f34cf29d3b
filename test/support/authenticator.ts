import { TOTP } from 'otpauth';
import type { FakeClock } from './fake-clock.js';

/** An authenticator app that has scanned the code of an enrolment, on the clock of a test. */
export class Authenticator {
  private readonly totp: TOTP;

  constructor(
    uri: unknown,
    private readonly clock: FakeClock,
  ) {
    const read = new URL(String(uri));
    this.totp = new TOTP({ secret: read.searchParams.get('secret') ?? '', algorithm: 'SHA1', digits: 6 });
  }

  /** @param steps of 30 seconds, from now */
  code(steps = 0): string {
    return this.totp.generate({ timestamp: this.clock.now().getTime() + steps * 30_000 });
  }

  /** A code that is of no time near now. */
  wrongCode(): string {
    const near = new Set([-2, -1, 0, 1, 2].map((steps) => this.code(steps)));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.has(code)) ?? '';
  }
}
