import { createSecretKey, generateKeyPairSync, hkdfSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { base64url, SignJWT } from 'jose';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { AccessTokens } from './access-tokens.js';

class StillClock extends Clock {
  constructor(public at: Date) {
    super();
  }
  now(): Date {
    return this.at;
  }
}

const SECRET = 's'.repeat(32);
const CLAIMS = {
  accountId: '0193a1b2-0000-7000-8000-000000000001',
  sessionId: '0193a1b2-0000-7000-8000-000000000002',
};
const key = createSecretKey(Buffer.from(hkdfSync('sha256', SECRET, '', 'shukun access token', 32)));
const NOW = 1_635_000_000;

/** A token as the product makes it, but for what a test changes. */
function forged(change: { header?: object; payload?: object; iat?: number; exp?: number } = {}): SignJWT {
  return new SignJWT({
    iss: 'shukun',
    aud: 'shukun-api',
    sub: CLAIMS.accountId,
    sid: CLAIMS.sessionId,
    ...change.payload,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...change.header })
    .setIssuedAt(change.iat ?? NOW)
    .setExpirationTime(change.exp ?? NOW + 600);
}

describe('an access token', () => {
  let clock: StillClock;
  let tokens: AccessTokens;

  beforeEach(() => {
    clock = new StillClock(new Date(NOW * 1000));
    tokens = new AccessTokens(Object.assign(new AppConfig(), { tokenSecret: SECRET }), clock);
  });

  it('says who and in which session, for ten minutes', async () => {
    const token = await tokens.issue(CLAIMS);
    expect(await tokens.verify(token)).toEqual(CLAIMS);
    clock.at = new Date((NOW + 599) * 1000);
    expect(await tokens.verify(token)).toEqual(CLAIMS);
    clock.at = new Date((NOW + 601) * 1000);
    await expect(tokens.verify(token)).rejects.toMatchObject({ status: 401, code: 'TOKEN_EXPIRED' });
  });

  it('made by the same rules elsewhere is taken, so that the refusals below are about what they change', async () => {
    expect(await tokens.verify(await forged().sign(key))).toEqual(CLAIMS);
  });

  it.each<[string, Parameters<typeof forged>[0]]>([
    ['another issuer', { payload: { iss: 'else' } }],
    ['another audience', { payload: { aud: 'else' } }],
    ['another type', { header: { typ: 'JWT' } }],
    ['another algorithm', { header: { alg: 'HS512' } }],
    ['no session', { payload: { sid: undefined } }],
    ['a session that is no text', { payload: { sid: 7 } }],
    ['a session that is no id', { payload: { sid: 'session' } }],
    ['a subject that is no id', { payload: { sub: 'account' } }],
    ['no subject', { payload: { sub: undefined } }],
    ['an issue date in the future', { iat: NOW + 120 }],
    ['a life that is too long', { iat: NOW - 700, exp: NOW + 86_400 }],
  ])('with %s is refused', async (_, change) => {
    const secret = change?.header !== undefined && 'alg' in change.header ? Buffer.alloc(64, 1) : key;
    const token = await forged(change).sign(secret);
    await expect(tokens.verify(token)).rejects.toMatchObject({ status: 401 });
  });

  it('signed with another key is refused', async () => {
    await expect(tokens.verify(await forged().sign(Buffer.alloc(32, 1)))).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
    });
  });

  it('without a signature is refused', async () => {
    const [, payload = ''] = (await forged().sign(key)).split('.');
    const header = base64url.encode(JSON.stringify({ alg: 'none', typ: 'at+jwt' }));
    await expect(tokens.verify(`${header}.${payload}.`)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('signed by a key of its own header is refused', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = publicKey.export({ format: 'jwk' });
    const token = await forged({ header: { alg: 'RS256', jwk, jku: 'https://evil.example/keys' } }).sign(
      privateKey,
    );
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it.each(['', 'a', 'a.b', 'a.b.c', '...', 'eyJhbGciOiJIUzI1NiJ9.e30.'])('%j is refused', async (token) => {
    await expect(tokens.verify(token)).rejects.toMatchObject({ status: 401 });
  });
});
