import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { TOTP } from 'otpauth';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Totp } from './totp.js';

const clock = new FakeClock(new Date('2021-11-03T09:00:00+08:00'));
const totpOf = (tokenSecret: string): Totp =>
  new Totp(Object.assign(new AppConfig(), { tokenSecret }), clock);
const totp = totpOf('s'.repeat(32));
const NOW = Math.floor(clock.now().getTime() / 30_000);

// That a secret does not open is told to the log, and here it is meant.
beforeAll(() => Logger.overrideLogger(false));

/** The code of RFC 6238 for a step, as any app makes it. */
const codeAt = (secret: string, step: number): string =>
  new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: step * 30_000 });

describe('a time-based code', () => {
  it('is that of RFC 6238', () => {
    // Its appendix B: secret 12345678901234567890 at 59 s gives 94287082, of which six digits are asked for.
    expect(codeAt('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 1)).toBe('287082');
  });

  it('is taken one step before and after, and no further', () => {
    const { secret, sealed } = totp.make('account', 'li.ming');
    for (const delta of [-1, 0, 1])
      expect(totp.stepOf('account', sealed, codeAt(secret, NOW + delta))).toBe(NOW + delta);
    for (const delta of [-2, 2])
      expect(totp.stepOf('account', sealed, codeAt(secret, NOW + delta))).toBeUndefined();
  });

  it('is told to the app by an address that names the product and the account', () => {
    const { secret, uri } = totp.make('account', 'li.ming');
    const { protocol, pathname, searchParams } = new URL(uri);
    expect([protocol, decodeURIComponent(pathname)]).toEqual(['otpauth:', '/Shukun:li.ming']);
    expect(Object.fromEntries(searchParams)).toMatchObject({ issuer: 'Shukun', secret, period: '30' });
    expect(Buffer.byteLength(secret)).toBe(32);
  });
});

describe('a secret', () => {
  const { secret, sealed } = totp.make('account', 'li.ming');
  const code = codeAt(secret, NOW);

  it('is sealed', () => {
    expect(sealed.toString('latin1')).not.toContain(secret);
    expect(totp.make('account', 'li.ming').secret).not.toBe(secret);
  });

  it('opens for its account only, by this installation only, and only unchanged', () => {
    expect(totp.stepOf('account', sealed, code)).toBe(NOW);
    expect(totp.stepOf('another', sealed, code)).toBeUndefined();
    expect(totpOf('t'.repeat(32)).stepOf('account', sealed, code)).toBeUndefined();
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(totp.stepOf('account', changed, code)).toBeUndefined();
  });
});
