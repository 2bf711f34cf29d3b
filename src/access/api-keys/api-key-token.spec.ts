import { describe, expect, it } from '@jest/globals';
import { hashOfSecret, newApiKeyToken, readApiKeyToken } from './api-key-token.js';

describe('the token of an API key', () => {
  it('is read as it was made', () => {
    const { token, prefix, secret } = newApiKeyToken();
    expect(token).toMatch(/^shk_[a-z2-9]{8}_[\w-]{43}_[\da-f]{8}$/);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(readApiKeyToken(token)).toEqual({ prefix, secret });
  });

  it('is another each time, also under the same prefix', () => {
    const { prefix, secret } = newApiKeyToken();
    const next = newApiKeyToken(prefix);
    expect(next.prefix).toBe(prefix);
    expect(next.secret).not.toBe(secret);
    expect(hashOfSecret(next.secret)).not.toEqual(hashOfSecret(secret));
    expect(newApiKeyToken().prefix).not.toBe(prefix);
  });

  it('with any letter changed is none', () => {
    const { token } = newApiKeyToken();
    for (let place = 0; place < token.length; place += 1) {
      const letter = token.charAt(place) === 'a' ? 'b' : 'a';
      expect(readApiKeyToken(token.slice(0, place) + letter + token.slice(place + 1))).toBeUndefined();
    }
  });

  it.each([
    '',
    'shk_',
    'shk_abcdefgh',
    'eyJhbGciOiJIUzI1NiJ9.e30.',
    `shk_abcdefgh_${'a'.repeat(43)}_00000000`,
  ])('%j is none', (token) => {
    expect(readApiKeyToken(token)).toBeUndefined();
  });
});
