import { describe, expect, it } from '@jest/globals';
import { AppConfig } from '../platform/config/app-config.js';
import { newSecret, SecretSeal } from './secret-seal.js';

const sealOf = (tokenSecret: string): SecretSeal =>
  new SecretSeal(Object.assign(new AppConfig(), { tokenSecret }));

describe('the secret of a webhook', () => {
  const seal = sealOf('one installation');

  it('is of the standard’s form, and another each time', () => {
    expect(newSecret()).toMatch(/^whsec_[A-Za-z\d+/]{43}=$/);
    expect(newSecret()).not.toBe(newSecret());
  });

  it('opens in its own row only', () => {
    const secret = newSecret();
    const sealed = seal.seal(secret, 'webhook-1');
    expect(sealed.toString('latin1')).not.toContain(secret.slice(6));
    expect(seal.open(sealed, 'webhook-1')).toBe(secret);
    expect([seal.canOpen(sealed, 'webhook-1'), seal.canOpen(sealed, 'webhook-2')]).toEqual([true, false]);
    expect(() => seal.open(sealed, 'webhook-2')).toThrow();
    expect(() => sealOf('another installation').open(sealed, 'webhook-1')).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => seal.open(sealed, 'webhook-1')).toThrow();
  });
});
