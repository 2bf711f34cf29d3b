import { createHmac, generateKeyPairSync, hkdfSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, createTestApp, type TestApp } from '../support/test-app.js';

const SECRET = randomUUID() + randomUUID();
const KEY = Buffer.from(hkdfSync('sha256', SECRET, '', 'shukun access token', 32));
const HEADER = { alg: 'HS256', typ: 'at+jwt' };

let world: TestApp;
/** A real one, and what it says. */
let token: string;
let claims: Record<string, unknown>;
let others: Record<string, unknown>;
/** Where a token says that keys are to be had; nobody may ask here. */
let keyServer: http.Server;
let asked = 0;
let keysUrl: string;

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' });

beforeAll(async () => {
  world = await createTestApp({ environment: { TOKEN_SECRET: SECRET } });
  token = (await world.as('task_force')).token ?? '';
  claims = read(token);
  others = read((await world.as('leader')).token ?? '');
  keyServer = http.createServer((_, response) => {
    asked += 1;
    response.end(JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }));
  });
  keyServer.listen(0, '127.0.0.1');
  await once(keyServer, 'listening');
  keysUrl = `http://127.0.0.1:${Object(keyServer.address()).port}/keys`;
});
afterAll(async () => {
  keyServer.close();
  await world.close();
});

const read = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs whatever it is given, as no library would. */
function signed(
  header: object = HEADER,
  payload: object = claims,
  key: string | Buffer = KEY,
  hash = 'sha256',
): string {
  const content = `${part(header)}.${part(payload)}`;
  return `${content}.${createHmac(hash, key).update(content).digest('base64url')}`;
}

function signedByRsa(header: object): string {
  const content = `${part(header)}.${part(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
}

const without = (name: string): object => {
  const { [name]: _, ...rest } = claims;
  return rest;
};
const now = (): number => Math.floor(Date.now() / 1000);

/** Every way that a request may be sent in, `fetch` would mend some of them. */
function statusOf(path: string, headers: http.OutgoingHttpHeaders | readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(world.url + path, { headers });
    request.on('error', reject);
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.end();
  });
}

describe('the own forgery', () => {
  it('is as good as the real one, where nothing is wrong with it: what follows is refused for what it says', async () => {
    expect((await new Client(world.url, signed()).get('/auth/me')).status).toBe(200);
  });
});

describe('a token is refused', () => {
  it.each<[string, () => string]>([
    ['of no algorithm', () => `${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims)}.`],
    [
      'of no algorithm, by another spelling',
      () => `${part({ alg: 'nOnE', typ: 'at+jwt' })}.${part(claims)}.`,
    ],
    [
      'of no algorithm, with the real signature',
      () => {
        return `${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims)}.${token.split('.')[2]}`;
      },
    ],
    ['of no algorithm named', () => signed({ typ: 'at+jwt' })],
    ['signed with a public key as if it were a secret', () => signed(HEADER, claims, publicPem)],
    ['signed with another secret', () => signed(HEADER, claims, randomBytes(32))],
    ['signed with nothing', () => signed(HEADER, claims, '')],
    ['signed with the secret itself, not what is made of it', () => signed(HEADER, claims, SECRET)],
    [
      'of an algorithm that is not ours, with our key',
      () => signed({ ...HEADER, alg: 'HS512' }, claims, KEY, 'sha512'),
    ],
    ['of an algorithm that is not ours, with our signature', () => signed({ ...HEADER, alg: 'HS384' })],
    [
      'by a key of its own, told in it',
      () => signedByRsa({ alg: 'RS256', typ: 'at+jwt', jwk: publicKey.export({ format: 'jwk' }) }),
    ],
    [
      'by a key of its own, at an address told in it',
      () => signedByRsa({ alg: 'RS256', typ: 'at+jwt', kid: '1', jku: keysUrl, x5u: keysUrl }),
    ],
    [
      'with a key of its own under our algorithm',
      () => {
        const k = randomBytes(32);
        return signed({ ...HEADER, jwk: { kty: 'oct', k: k.toString('base64url') } }, claims, k);
      },
    ],
    ['with a key id that is a path', () => signed({ ...HEADER, kid: '../../../../dev/null' }, claims, '')],
    ['with a key id that is SQL', () => signed({ ...HEADER, kid: `x' UNION SELECT 'a` }, claims, 'a')],
    ['that demands what we do not know', () => signed({ ...HEADER, crit: ['x'], x: 1 })],
    ['that is not encoded, by its own word', () => signed({ ...HEADER, b64: false, crit: ['b64'] })],
    ['of another type', () => signed({ ...HEADER, typ: 'JWT' })],
    ['of no type', () => signed({ alg: 'HS256' })],
    ['of the type of a refresh token', () => signed({ ...HEADER, typ: 'rt+jwt' })],
    ['of another issuer', () => signed(HEADER, { ...claims, iss: 'https://evil.example' })],
    ['of no issuer', () => signed(HEADER, without('iss'))],
    ['for another audience', () => signed(HEADER, { ...claims, aud: 'another-api' })],
    ['for no audience', () => signed(HEADER, without('aud'))],
    ['that has expired', () => signed(HEADER, { ...claims, iat: now() - 500, exp: now() - 1 })],
    ['that never expires', () => signed(HEADER, without('exp'))],
    ['that expires in words', () => signed(HEADER, { ...claims, exp: '9999999999' })],
    ['issued tomorrow', () => signed(HEADER, { ...claims, iat: now() + 86_400, exp: now() + 87_000 })],
    ['issued at no time', () => signed(HEADER, without('iat'))],
    [
      'issued long ago, whatever it says of its end',
      () => signed(HEADER, { ...claims, iat: now() - 3_600, exp: now() + 3_600 }),
    ],
    ['that begins tomorrow', () => signed(HEADER, { ...claims, nbf: now() + 86_400 })],
    ['of nobody', () => signed(HEADER, without('sub'))],
    ['of no session', () => signed(HEADER, without('sid'))],
    ['of a session that never was', () => signed(HEADER, { ...claims, sid: randomUUID() })],
    ['of a session that is no id', () => signed(HEADER, { ...claims, sid: `' OR true --` })],
    ['of the session of another', () => signed(HEADER, { ...claims, sid: others['sid'] })],
    ['of another, in the own session', () => signed(HEADER, { ...claims, sub: others['sub'] })],
    [
      'with lists for claims',
      () => signed(HEADER, { ...claims, sub: [claims['sub']], sid: [claims['sid']] }),
    ],
    [
      'changed after it was signed',
      () => {
        const [header, , signature] = token.split('.');
        return `${header}.${part({ ...claims, sub: others['sub'] })}.${signature}`;
      },
    ],
    ['cut short', () => token.slice(0, -1)],
    ['without its signature', () => token.split('.').slice(0, 2).join('.')],
    ['with an empty signature', () => `${token.split('.').slice(0, 2).join('.')}.`],
    ['with more behind it', () => `${token}.x`],
    ['of five parts', () => `${part({ alg: 'dir', enc: 'A256GCM' })}..a.b.c`],
    ['that is too long', () => `${token}${'a'.repeat(5_000)}`],
    ['that is none', () => 'null'],
  ])('%s', async (_what, make) => {
    const answer = await new Client(world.url, make()).get('/auth/me');
    expect(answer.status).toBe(401);
    expect(String(answer.body['code'])).toMatch(/^(TOKEN_INVALID|TOKEN_EXPIRED|SESSION_ENDED)$/);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(asked).toBe(0);
  });
});

describe('a token counts', () => {
  it.each([
    ['Bearer', 200],
    ['bearer', 200],
    ['BEARER', 200],
    ['Token', 401],
    ['Basic', 401],
    ['', 401],
  ])('behind the word "%s": %i', async (scheme, status) => {
    expect(await statusOf('/api/v1/auth/me', { authorization: `${scheme} ${token}` })).toBe(status);
  });

  it.each([
    ['two in one header', () => ({ authorization: `Bearer ${token}, Bearer ${token}` })],
    ['two words', () => ({ authorization: `Bearer ${token} ${token}` })],
    ['a tab for a blank', () => ({ authorization: `Bearer\t${token}` })],
    [
      'a wrong one before the right one',
      () => ['Host', 'x', 'Authorization', 'Bearer x', 'Authorization', `Bearer ${token}`],
    ],
    [
      'a cookie',
      () => ({ cookie: `authorization=Bearer ${token}; accessToken=${token}; access_token=${token}` }),
    ],
    ['another header', () => ({ 'x-access-token': token, 'proxy-authorization': `Bearer ${token}` })],
  ])('but not: %s', async (_what, headers) => {
    expect(await statusOf('/api/v1/auth/me', headers())).toBe(401);
  });

  it.each(['access_token', 'token', 'accessToken', 'authorization', 'jwt'])(
    'but not in the query, as %s',
    async (name) => {
      expect(await statusOf(`/api/v1/auth/me?${name}=${token}`, {})).toBe(401);
    },
  );

  it('but not in the body', async () => {
    const answer = await new Client(world.url, null).post('/auth/logout', { access_token: token });
    expect(answer.status).toBe(401);
    expect(await statusOf('/api/v1/auth/me', { authorization: `Bearer ${token}` })).toBe(200);
  });

  it('no longer, once its session has ended or its account was put out', async () => {
    const leaving = await world.as('county');
    const accountId = read(leaving.token ?? '')['sub'];
    expect((await leaving.get('/auth/me')).status).toBe(200);
    await world.database.dataSource.query('UPDATE accounts SET is_active = false WHERE id = $1', [accountId]);
    expect((await leaving.get('/auth/me')).status).toBe(401);
  });
});
