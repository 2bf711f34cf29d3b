import { createPublicKey, createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import { Account } from '../../src/access/account.entity.js';
import { IssuerHttp } from '../../src/access/oidc/issuer-http.js';
import { IssuerKeys } from '../../src/access/oidc/issuer-keys.js';
import { IssuerTokens } from '../../src/access/oidc/issuer-tokens.js';
import type { Role } from '../../src/access/role.js';
import { Department } from '../../src/organization/department.entity.js';
import { AppConfig } from '../../src/platform/config/app-config.js';
import { RegisterFactory } from '../factories/register.js';
import { AUDIENCE, OidcIssuer, type Person } from '../support/oidc-issuer.js';
import { type Answer, createRegisterApp, type RegisterApp } from '../support/register-app.js';

const MINUTE = 60_000;
let issuer: OidcIssuer;
let world: RegisterApp;
let make: RegisterFactory;
let people = 0;

beforeAll(async () => {
  issuer = await OidcIssuer.open();
  const oidc = { issuer: issuer.url, audience: AUDIENCE, accountClaim: 'preferred_username' };
  world = await createRegisterApp({ oidc, outgoingAllowedNetworks: ['127.0.0.1'] });
  // The issuer goes by the real time.
  world.clock.set(new Date());
  make = new RegisterFactory(world.dataSource);
});

afterAll(async () => {
  await world.close();
  await issuer.close();
});

const newPerson = (): Person => ({ subject: `subject-${(people += 1)}`, user: `person.${people}` });
const me = (token: string): Promise<Answer> => world.ask('/auth/me', { token });
const said = ({ status, body }: Answer): unknown[] => [status, body['code'] ?? body['username']];

async function account(role: Role, over: Partial<Account> = {}): Promise<Account> {
  const manager = world.dataSource.manager;
  const department = await manager.findOneByOrFail(Department, { isTaskForce: true });
  const bindings: Partial<Record<Role, Partial<Account>>> = {
    task_force: { departmentId: department.id },
    county: { reportingUnitId: (await make.unit('610902')).id },
  };
  const { username } = await make.account(role, { ...bindings[role], ...over });
  return manager.findOneByOrFail(Account, { username });
}

/** An account that an administrator has opened to the person. */
const opened = (person: Person, role: Role = 'task_force'): Promise<Account> =>
  account(role, { portalUser: person.user });

describe('who signs in at the issuer', () => {
  it('is let in as the account that is open to him, by tokens he really got', async () => {
    const person = newPerson();
    const { id, username } = await opened(person);
    const token = await issuer.signIn(person);
    expect(said(await me(token))).toEqual([200, username]);
    const { body } = await me(token);
    expect(body).toMatchObject({ role: 'task_force', portalUser: person.user, isPortalLinked: true });
    expect((await world.ask('/enterprises', { token })).status).toBe(200);
    // Once, for the first of these tokens took the account for good.
    const select = 'SELECT type, actor_id AS by, payload FROM audit_events WHERE subject_id = $1';
    const rows = await world.dataSource.query(select, [id]);
    expect(rows).toEqual([{ type: 'account_linked', by: id, payload: { isFirstToken: true } }]);
  });

  it('may what the account may, whatever the token says', async () => {
    const person = newPerson();
    await opened(person, 'county');
    const token = await forged({ sub: person.subject, preferred_username: person.user, role: 'task_force' });
    expect((await me(token)).body['role']).toBe('county');
    const refused = await world.ask('/accounts', { token });
    expect(said(refused)).toEqual([403, 'FORBIDDEN']);
  });

  it('is let in after the issuer has changed its key, and with the withdrawn key no longer', async () => {
    const person = newPerson();
    const { username } = await opened(person);
    const before = await issuer.signIn(person);
    expect(said(await me(before))).toEqual([200, username]);
    await issuer.rotate();
    const after = await issuer.signIn(person);
    world.clock.advance(31_000);
    expect(said(await me(after))).toEqual([200, username]);
    expect(said(await me(before))).toEqual([401, 'TOKEN_INVALID']);
  });

  it('is refused at once when the account is turned off, and let in with another role at once', async () => {
    const person = newPerson();
    const { id } = await opened(person);
    const token = await issuer.signIn(person);
    expect((await me(token)).status).toBe(200);
    await world.dataSource.manager.update(Account, { id }, { isActive: false });
    expect(said(await me(token))).toEqual([401, 'PORTAL_ACCOUNT_UNKNOWN']);
    await world.dataSource.manager.update(
      Account,
      { id },
      { isActive: true, role: 'leader', officialId: (await make.official(await make.department())).id },
    );
    expect((await me(token)).body['role']).toBe('leader');
  });

  it('has no session here to end, and no password to change', async () => {
    const person = newPerson();
    await opened(person);
    const token = await issuer.signIn(person);
    expect(said(await world.ask('/auth/logout', { method: 'POST', token }))).toEqual([
      403,
      'SESSION_REQUIRED',
    ]);
    const body = { currentPassword: 'a-password-only-for-tests-9', newPassword: 'another good password' };
    expect(said(await world.ask('/auth/password', { token, body }))).toEqual([403, 'SESSION_REQUIRED']);
  });
});

describe('an account', () => {
  it('that nobody has opened is not reached by its own user name', async () => {
    const { username } = await account('task_force');
    const token = await issuer.signIn({ subject: 'stranger', user: username });
    expect(said(await me(token))).toEqual([401, 'PORTAL_ACCOUNT_UNKNOWN']);
  });

  it.each(['system_admin', 'security_admin', 'auditor'] as const)(
    'of the role %s is never reached, even where the row says so',
    async (role) => {
      const person = newPerson();
      const { id } = await opened(person, role);
      const token = await issuer.signIn(person);
      expect(said(await me(token))).toEqual([401, 'PORTAL_ACCOUNT_UNKNOWN']);
      const linked = { portalIssuer: issuer.url, portalSubject: person.subject };
      await world.dataSource.manager.update(Account, { id }, linked);
      expect(said(await me(token))).toEqual([401, 'PORTAL_ACCOUNT_UNKNOWN']);
    },
  );

  it('that awaits its role is not reached before it has one', async () => {
    const person = newPerson();
    const { id, username, departmentId } = await opened(person);
    const { manager } = world.dataSource;
    await manager.update(Account, { id }, { role: null, departmentId: null });
    const token = await issuer.signIn(person);
    expect(said(await me(token))).toEqual([401, 'PORTAL_ACCOUNT_UNKNOWN']);
    await manager.update(Account, { id }, { role: 'task_force', departmentId });
    expect(said(await me(token))).toEqual([200, username]);
  });

  it('stays with the subject that came first: a name that is given again opens nothing', async () => {
    const first = newPerson();
    const { username } = await opened(first);
    const [one, again] = await Promise.all([issuer.signIn(first), issuer.signIn(first)]);
    expect((await Promise.all([me(one), me(again)])).map(said)).toEqual([
      [200, username],
      [200, username],
    ]);
    const second = { subject: 'another-subject', user: first.user };
    expect(said(await me(await issuer.signIn(second)))).toEqual([401, 'PORTAL_ACCOUNT_UNKNOWN']);
    // And the first is known also under a new name, which does not move him to whom that name is for.
    const other = newPerson();
    await opened(other);
    const renamed = await issuer.signIn({ subject: first.subject, user: other.user });
    expect(said(await me(renamed))).toEqual([200, username]);
  });

  it('is opened and closed by the security administrator, with If-Match, at once', async () => {
    const token = await world.tokenOf({ username: `security-${people}`, role: 'security_admin' });
    const person = newPerson();
    const { id, username } = await account('task_force');
    const path = `/accounts/${id}/portal-link`;
    const put = (portalUser: unknown, version: number): Promise<Answer> =>
      world.ask(path, {
        method: 'PUT',
        token,
        body: { portalUser },
        headers: { 'if-match': `"${version}"` },
      });
    const theirs = await issuer.signIn(person);
    expect(said(await me(theirs))).toEqual([401, 'PORTAL_ACCOUNT_UNKNOWN']);
    expect((await world.ask(path, { method: 'PUT', token, body: { portalUser: 'x' } })).status).toBe(428);
    expect((await put(person.user, 1)).body).toMatchObject({
      portalUser: person.user,
      isPortalLinked: false,
    });
    expect(said(await me(theirs))).toEqual([200, username]);
    expect((await put(person.user, 2)).body['code']).toBe('VERSION_STALE');
    expect((await put(null, 3)).body).toMatchObject({ portalUser: null, isPortalLinked: false });
    expect(said(await me(theirs))).toEqual([401, 'PORTAL_ACCOUNT_UNKNOWN']);
  });

  it('is not opened by others, to a name that is taken, or where its role forbids it', async () => {
    const security = await world.tokenOf({ username: 'security-link', role: 'security_admin' });
    const system = await world.tokenOf({ username: 'system-link', role: 'system_admin' });
    const { id } = await account('task_force');
    const auditor = await account('auditor');
    const person = newPerson();
    await opened(person);
    const put = (token: string, of: string, portalUser: unknown): Promise<Answer> =>
      world.ask(`/accounts/${of}/portal-link`, {
        method: 'PUT',
        token,
        body: { portalUser },
        headers: { 'if-match': '"1"' },
      });
    expect(said(await put(system, id, 'someone'))).toEqual([403, 'FORBIDDEN']);
    expect(said(await put(security, id, person.user))).toEqual([409, 'PORTAL_USER_TAKEN']);
    expect(said(await put(security, auditor.id, 'someone'))).toEqual([409, 'PORTAL_ROLE_CLOSED']);
    for (const wrong of ['', 'a b', 7, undefined]) expect((await put(security, id, wrong)).status).toBe(400);
  });
});

interface Forgery {
  header?: Record<string, unknown>;
  payload?: JWTPayload;
  key?: Parameters<SignJWT['sign']>[0];
}

/** A token as the issuer makes it, by its own key, but for what is said. */
async function forged(payload: JWTPayload = {}, header: object = {}, key?: Forgery['key']): Promise<string> {
  const now = Math.floor(world.clock.now().getTime() / 1000);
  const claims = {
    iss: issuer.url,
    aud: AUDIENCE,
    sub: 'known',
    preferred_username: 'known.person',
    ...payload,
  };
  return new SignJWT({ iat: now, exp: now + 600, ...claims })
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: issuer.key.kid, ...header })
    .sign(key ?? (await importJWK(issuer.key, 'RS256')), { crit: { 'urn:else': true } });
}

const seconds = (offset: number): number => Math.floor(world.clock.now().getTime() / 1000) + offset;
const publicPem = (): string => {
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...jwk } = issuer.key;
  return createPublicKey({ key: { ...jwk }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
};

describe('a token', () => {
  let username: string;

  beforeAll(async () => {
    ({ username } = await account('task_force', { portalUser: 'known.person' }));
    world.clock.advance(MINUTE);
  });

  it('made by the same rules is taken, so that the refusals below are about what they change', async () => {
    expect(said(await me(await forged()))).toEqual([200, username]);
    expect(said(await me(await forged({}, { typ: 'JWT' })))).toEqual([200, username]);
    expect(said(await me(await forged({ exp: seconds(-30) })))).toEqual([200, username]);
  });

  const own = async (header: (jwk: object) => object): Promise<string> => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    return forged({}, header(await exportJWK(publicKey)), privateKey);
  };

  it.each<[string, string, () => Promise<string>]>([
    ['another audience', 'TOKEN_INVALID', () => forged({ aud: 'urn:else' })],
    ['no audience', 'TOKEN_INVALID', () => forged({ aud: undefined })],
    ['the issuer with a slash', 'TOKEN_INVALID', () => forged({ iss: `${issuer.url}/` })],
    ['another issuer', 'TOKEN_INVALID', () => forged({ iss: 'https://issuer.example' })],
    ['the issuer of local tokens', 'TOKEN_INVALID', () => forged({ iss: 'shukun' })],
    ['a time that is over', 'TOKEN_EXPIRED', () => forged({ exp: seconds(-61) })],
    ['no end', 'TOKEN_INVALID', () => forged({ exp: undefined })],
    ['a beginning still to come', 'TOKEN_INVALID', () => forged({ nbf: seconds(61) })],
    ['an issue date still to come', 'TOKEN_INVALID', () => forged({ iat: seconds(90) })],
    ['no issue date', 'TOKEN_INVALID', () => forged({ iat: undefined })],
    ['an issue date of long ago', 'TOKEN_EXPIRED', () => forged({ iat: seconds(-2 * 86_400) })],
    ['no subject', 'TOKEN_INVALID', () => forged({ sub: undefined })],
    ['an empty subject', 'TOKEN_INVALID', () => forged({ sub: '' })],
    ['another type', 'TOKEN_INVALID', () => forged({}, { typ: 'logout+jwt' })],
    ['no type', 'TOKEN_INVALID', () => forged({}, { typ: undefined })],
    [
      'a critical header that nobody knows',
      'TOKEN_INVALID',
      () => forged({}, { crit: ['urn:else'], 'urn:else': 1 }),
    ],
    ['a key that the issuer has not', 'TOKEN_INVALID', () => own(() => ({ kid: 'unknown' }))],
    ['the id of its key and another signature', 'TOKEN_INVALID', () => own(() => ({}))],
    ['a key of its own in the header', 'TOKEN_INVALID', () => own((jwk) => ({ jwk, kid: undefined }))],
    ['an address of its own keys', 'TOKEN_INVALID', () => own(() => ({ jku: `${issuer.url}/jwks` }))],
    [
      'such an address, though signed by the issuer',
      'TOKEN_INVALID',
      () => forged({}, { jku: 'https://a.example' }),
    ],
    [
      'an HMAC made with the public key',
      'TOKEN_INVALID',
      () => forged({}, { alg: 'HS256' }, createSecretKey(Buffer.from(publicPem()))),
    ],
    [
      'no signature',
      'TOKEN_INVALID',
      async () => {
        const [, payload = ''] = (await forged()).split('.');
        const header = JSON.stringify({ alg: 'none', typ: 'at+jwt' });
        return `${Buffer.from(header).toString('base64url')}.${payload}.`;
      },
    ],
    [
      'another payload under the same signature',
      'TOKEN_INVALID',
      async () => {
        const [header, payload = '', signature] = (await forged({ sub: 'else' })).split('.');
        const claims = { ...decodeJwt(`${header}.${payload}.${signature}`), sub: 'known' };
        return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
      },
    ],
  ])('with %s is refused: %s', async (_, code, make) => {
    expect(said(await me(await make()))).toEqual([401, code]);
  });

  it('by a real sign-in for another audience is refused', async () => {
    const token = await issuer.signIn({ subject: 'known', user: 'known.person' }, 'urn:another:api');
    expect(said(await me(token))).toEqual([401, 'TOKEN_INVALID']);
  });

  it('with a made-up key id makes us ask the issuer once in a while, not each time', async () => {
    world.clock.advance(MINUTE);
    const tokens = await Promise.all(Array.from({ length: 5 }, () => own(() => ({ kid: 'made-up' }))));
    const before = issuer.asked.get('/jwks') ?? 0;
    for (const token of tokens) expect((await me(token)).status).toBe(401);
    expect((issuer.asked.get('/jwks') ?? 0) - before).toBe(1);
  });
});

describe('an issuer on a private address that nobody has allowed', () => {
  it('is not asked: its tokens are told that it is away', async () => {
    const oidc = { issuer: issuer.url, audience: AUDIENCE, accountClaim: 'preferred_username' };
    const product = await createRegisterApp({ oidc });
    const before = issuer.asked.get('/jwks') ?? 0;
    const token = await issuer.signIn(newPerson());
    const answer = await product.ask('/auth/me', { token });
    await product.close();
    expect(said(answer)).toEqual([503, 'ISSUER_AWAY']);
    expect(issuer.asked.get('/jwks') ?? 0).toBe(before);
  });
});

describe('an e-mail address as the mapped claim', () => {
  const userBy = async (payload: JWTPayload): Promise<string | null> => {
    const oidc = { issuer: issuer.url, audience: AUDIENCE, accountClaim: 'email' };
    const config = Object.assign(new AppConfig(), { oidc });
    const issuerKeys = new IssuerKeys(config, world.app.get(IssuerHttp), world.clock);
    const tokens = new IssuerTokens(config, issuerKeys, world.clock);
    return (await tokens.verify(await forged(payload))).user;
  };

  it('says who it is only where the issuer has proven it', async () => {
    const email = 'li.ming@example.gov.cn';
    expect(await userBy({ email, email_verified: true })).toBe(email);
    expect(await userBy({ email })).toBeNull();
    expect(await userBy({ email, email_verified: 'true' })).toBeNull();
  });
});

describe('while the issuer is away', () => {
  it('its tokens are told so, and local sessions go on', async () => {
    const local = await world.tokenOf({ username: 'local-auditor', role: 'auditor' });
    const token = await forged();
    expect((await me(token)).status).toBe(200);
    world.clock.advance(11 * MINUTE);
    const late = await forged();
    issuer.away(true);
    const answer = await me(late);
    expect(said(answer)).toEqual([503, 'ISSUER_AWAY']);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(said(await me(local))).toEqual([401, 'TOKEN_EXPIRED']);
    const again = await world.tokenOf({ username: 'local-auditor-2', role: 'auditor' });
    expect((await me(again)).status).toBe(200);
    // Nobody waits again for one that was away a moment ago.
    const before = issuer.asked.get('/.well-known/openid-configuration');
    expect(said(await me(late))).toEqual([503, 'ISSUER_AWAY']);
    expect(issuer.asked.get('/.well-known/openid-configuration')).toBe(before);
    issuer.away(false);
    world.clock.advance(6_000);
    expect((await me(late)).status).toBe(200);
  });

  it('the product starts, and asks for nothing until a token comes', async () => {
    const other = await OidcIssuer.open();
    const oidc = { issuer: other.url, audience: AUDIENCE, accountClaim: 'preferred_username' };
    other.away(true);
    const product = await createRegisterApp({ oidc, outgoingAllowedNetworks: ['127.0.0.1'] });
    try {
      const token = await product.tokenOf({ username: 'local', role: 'auditor' });
      expect((await product.ask('/auth/me', { token })).status).toBe(200);
      expect([...other.asked]).toEqual([]);
    } finally {
      await product.close();
      await other.close();
    }
  });
});
