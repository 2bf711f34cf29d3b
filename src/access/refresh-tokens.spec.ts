import { describe, expect, it } from '@jest/globals';
import { AppConfig } from '../platform/config/app-config.js';
import { RefreshTokens } from './refresh-tokens.js';

const tokens = new RefreshTokens(Object.assign(new AppConfig(), { tokenSecret: 's'.repeat(32) }));
const SESSION = '0193a1b2-0000-7000-8000-000000000001';

describe('a refresh token', () => {
  it('names its session and is never the same twice', () => {
    const [one, other] = [tokens.issue(SESSION), tokens.issue(SESSION)];
    expect(one.token).not.toBe(other.token);
    expect(tokens.read(one.token)).toEqual({ sessionId: SESSION, hash: one.hash });
  });

  it('that was not issued here is no token', () => {
    const { token } = tokens.issue(SESSION);
    const others = new RefreshTokens(Object.assign(new AppConfig(), { tokenSecret: 'o'.repeat(32) }));
    const changed = Buffer.from(token, 'base64url');
    changed[20] = (changed[20] ?? 0) ^ 1;
    for (const text of [
      '',
      'short',
      others.issue(SESSION).token,
      changed.toString('base64url'),
      `${token}AAAA`,
    ]) {
      expect(tokens.read(text)).toBeUndefined();
    }
  });
});
