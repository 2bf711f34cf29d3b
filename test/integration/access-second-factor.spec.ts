import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account } from '../../src/access/account.entity.js';
import type { Role } from '../../src/access/role.js';
import { SecondFactor } from '../../src/access/second-factor/second-factor.service.js';
import { Authenticator } from '../support/authenticator.js';
import { type Answer, createRegisterApp, type RegisterApp } from '../support/register-app.js';

const NOWHERE = '0193a1b2-0000-7000-8000-000000000001';
const STEP = 30_000;
let world: RegisterApp;
let made = 0;

beforeAll(async () => {
  world = await createRegisterApp({ secondFactorRoles: ['system_admin', 'security_admin', 'auditor'] });
});

afterAll(() => world.close());

interface Person {
  id: string;
  username: string;
  password: string;
  token: string;
}

interface Enrolled extends Person {
  app: Authenticator;
  recoveryCodes: string[];
}

const login = (username: string, password: string, code?: string): Promise<Answer> =>
  world.ask('/auth/login', { body: { username, password, ...(code !== undefined && { code }) } });
const me = (token: string): Promise<Answer> => world.ask('/auth/me', { token });
const codeOf = ({ status, body }: Answer): unknown[] => [status, body['code']];

async function someone(role: Role | null): Promise<Person> {
  made += 1;
  const username = `person-${made}`;
  const account = await world.transactions.run((tx) =>
    world.accounts.create(tx, { username, ...(role !== null && { role }) }, false),
  );
  const { body } = await login(username, account.password);
  return { ...account, username, token: String(body['accessToken']) };
}

const start = ({ token, password }: Person, code?: string): Promise<Answer> =>
  world.ask('/auth/second-factor', { token, body: { password, ...(code !== undefined && { code }) } });
const confirm = (token: string, code: string): Promise<Answer> =>
  world.ask('/auth/second-factor/confirm', { token, body: { code } });
const remove = (token: string, password: string, code: string): Promise<Answer> =>
  world.ask('/auth/second-factor', { method: 'DELETE', token, body: { password, code } });

/** Enrolled, and a step later, so that the next code is a new one. */
async function enrolled(role: Role | null = 'leader'): Promise<Enrolled> {
  const person = role === 'leader' ? await someone(null) : await someone(role);
  const started = await start(person);
  const app = new Authenticator(started.body['uri'], world.clock);
  const confirmed = await confirm(person.token, app.code());
  expect(confirmed.status).toBe(200);
  world.clock.advance(STEP);
  return { ...person, app, recoveryCodes: Object(confirmed.body)['recoveryCodes'] };
}

describe('enrolment', () => {
  it('begins with the password, and ends with a first code and ten recovery codes', async () => {
    const person = await someone(null);
    const other = await login(person.username, person.password);
    const started = await start(person);
    expect(started.status).toBe(200);
    expect(started.headers.get('cache-control')).toBe('no-store');
    const app = new Authenticator(started.body['uri'], world.clock);
    expect(started.body['secret']).toMatch(/^[A-Z2-7]{32}$/);
    expect((await me(person.token)).body['hasSecondFactor']).toBe(false);
    const { status, body } = await confirm(person.token, app.code());
    expect(status).toBe(200);
    const codes: string[] = Object(body)['recoveryCodes'];
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{2}$/);
    expect((await me(person.token)).body['hasSecondFactor']).toBe(true);
    expect((await me(String(other.body['accessToken']))).body['code']).toBe('SESSION_ENDED');
  });

  it('keeps neither the secret nor the recovery codes readable', async () => {
    const { id, recoveryCodes } = await enrolled();
    const account = await world.dataSource.manager.findOneByOrFail(Account, { id });
    expect(account.totpSecret?.length).toBe(12 + 16 + 20);
    expect(account.totpPendingSecret).toBeNull();
    const rows = await world.dataSource.query<Array<{ codeHash: Buffer }>>(
      'SELECT code_hash AS "codeHash" FROM recovery_codes WHERE account_id = $1',
      [id],
    );
    expect(rows.map(({ codeHash }) => codeHash.length)).toEqual(Array(10).fill(32));
    expect(JSON.stringify(rows)).not.toContain(recoveryCodes[0]);
  });

  it('is refused without the password, without a start, and with a wrong code', async () => {
    const person = await someone(null);
    expect(codeOf(await start({ ...person, password: 'wrong' }))).toEqual([400, 'PASSWORD_WRONG']);
    expect(codeOf(await confirm(person.token, '123456'))).toEqual([409, 'SECOND_FACTOR_NOT_STARTED']);
    const app = new Authenticator((await start(person)).body['uri'], world.clock);
    expect(codeOf(await confirm(person.token, app.wrongCode()))).toEqual([400, 'SECOND_FACTOR_WRONG']);
    expect((await me(person.token)).body['hasSecondFactor']).toBe(false);
    // What was begun asks for nothing at sign-in yet.
    expect((await login(person.username, person.password)).status).toBe(200);
  });

  it('of another telephone needs a code of the present one', async () => {
    const person = await enrolled();
    expect(codeOf(await start(person))).toEqual([400, 'SECOND_FACTOR_REQUIRED']);
    expect(codeOf(await start(person, person.app.wrongCode()))).toEqual([400, 'SECOND_FACTOR_WRONG']);
    const started = await start(person, person.app.code());
    const next = new Authenticator(started.body['uri'], world.clock);
    world.clock.advance(STEP);
    // Until it is confirmed, the old one stands.
    expect((await login(person.username, person.password, person.app.code())).status).toBe(200);
    const { body } = await confirm(person.token, next.code());
    world.clock.advance(STEP);
    expect(codeOf(await login(person.username, person.password, person.app.code()))[0]).toBe(401);
    expect((await login(person.username, person.password, next.code())).status).toBe(200);
    expect(codeOf(await login(person.username, person.password, person.recoveryCodes[0]))[0]).toBe(401);
    const [recovery = ''] = Object(body)['recoveryCodes'];
    expect((await login(person.username, person.password, recovery)).status).toBe(200);
  });

  it('guessed wrong five times ends the session and locks the account', async () => {
    const person = await someone(null);
    const app = new Authenticator((await start(person)).body['uri'], world.clock);
    for (let turn = 0; turn < 5; turn += 1) await confirm(person.token, app.wrongCode());
    expect((await me(person.token)).status).toBe(401);
    expect((await login(person.username, person.password)).status).toBe(401);
  });
});

describe('sign-in with a second factor', () => {
  it('asks for a code only after the right password', async () => {
    const { username, password, app } = await enrolled();
    expect(codeOf(await login(username, 'wrong password'))).toEqual([401, 'CREDENTIALS_INVALID']);
    expect(codeOf(await login(username, 'wrong password', app.code()))).toEqual([401, 'CREDENTIALS_INVALID']);
    expect(codeOf(await login(username, password))).toEqual([401, 'SECOND_FACTOR_REQUIRED']);
    expect((await login(username, password, app.code())).status).toBe(200);
  });

  it('records a right password without a code, and counts it as no failure', async () => {
    const { id, username, password, app } = await enrolled();
    for (let turn = 0; turn < 6; turn += 1)
      expect(codeOf(await login(username, password))).toEqual([401, 'SECOND_FACTOR_REQUIRED']);
    const rows = await world.dataSource.query<Array<{ fault: string }>>(
      `SELECT payload->>'fault' AS fault FROM audit_events WHERE type = 'sign_in_failed' AND subject_id = $1`,
      [id],
    );
    expect(rows.map(({ fault }) => fault)).toEqual(Array(6).fill('code_missing'));
    expect((await login(username, password, app.code())).status).toBe(200);
  });

  it('takes no code twice, nor one from before the last', async () => {
    const { username, password, app } = await enrolled();
    expect((await login(username, password, app.code())).status).toBe(200);
    expect(codeOf(await login(username, password, app.code()))).toEqual([401, 'SECOND_FACTOR_WRONG']);
    expect(codeOf(await login(username, password, app.code(-1)))).toEqual([401, 'SECOND_FACTOR_WRONG']);
    expect((await login(username, password, app.code(1))).status).toBe(200);
    world.clock.advance(2 * STEP);
    expect((await login(username, password, app.code())).status).toBe(200);
  });

  it('takes the code of the enrolment no more', async () => {
    const person = await someone(null);
    const app = new Authenticator((await start(person)).body['uri'], world.clock);
    await confirm(person.token, app.code());
    expect(codeOf(await login(person.username, person.password, app.code()))[0]).toBe(401);
  });

  it('lets one in of two processes that bring the same code at once', async () => {
    const { id, app } = await enrolled();
    const { totpSecret } = await world.dataSource.manager.findOneByOrFail(Account, { id });
    const secret = totpSecret ?? Buffer.alloc(0);
    const take = (code: string): Promise<boolean> =>
      world.transactions.run((tx) => world.app.get(SecondFactor).take(tx, id, secret, code));
    const taken = await Promise.all([take(app.code()), take(app.code()), take(app.code())]);
    expect(taken.toSorted()).toEqual([false, false, true]);
  });

  it('takes a recovery code once, however it is written', async () => {
    const { username, password, recoveryCodes } = await enrolled();
    const [first = '', second = ''] = recoveryCodes;
    expect((await login(username, password, first)).status).toBe(200);
    expect(codeOf(await login(username, password, first))).toEqual([401, 'SECOND_FACTOR_WRONG']);
    const written = second.toUpperCase().replaceAll('-', ' ');
    expect((await login(username, password, written)).status).toBe(200);
    const stranger = await enrolled();
    expect(codeOf(await login(username, password, stranger.recoveryCodes[3]))[0]).toBe(401);
  });

  it('is locked by five wrong codes as by five wrong passwords, and a missing one counts for nothing', async () => {
    const { username, password, app } = await enrolled();
    for (let turn = 0; turn < 2; turn += 1) await login(username, 'wrong password');
    for (let turn = 0; turn < 2; turn += 1) await login(username, password, app.wrongCode());
    for (let turn = 0; turn < 6; turn += 1)
      expect(codeOf(await login(username, password))).toEqual([401, 'SECOND_FACTOR_REQUIRED']);
    expect(codeOf(await login(username, password, app.wrongCode()))).toEqual([401, 'SECOND_FACTOR_WRONG']);
    // Locked: it is not even told that the password is right.
    expect(codeOf(await login(username, password, app.code()))).toEqual([401, 'CREDENTIALS_INVALID']);
    world.clock.advance(15 * 60_000);
    expect((await login(username, password, app.code())).status).toBe(200);
  });

  it.each(['12345', 'a'.repeat(41), '', 7])('with the code %j is refused as no code at all', async (code) => {
    const { username, password } = await enrolled();
    const answer = await world.ask('/auth/login', { body: { username, password, code } });
    expect(codeOf(answer)).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('a role that needs a second factor', () => {
  it('gets in only as far as its enrolment, and further in the same session', async () => {
    const person = await someone('system_admin');
    const signedIn = await login(person.username, person.password);
    expect(signedIn.body['isSecondFactorMissing']).toBe(true);
    expect((await me(person.token)).status).toBe(200);
    for (const path of ['/accounts', '/officials', '/reporting-units']) {
      const answer = await world.ask(path, { token: person.token });
      expect([path, ...codeOf(answer)]).toEqual([path, 403, 'SECOND_FACTOR_ENROLMENT_REQUIRED']);
    }
    const app = new Authenticator((await start(person)).body['uri'], world.clock);
    expect((await confirm(person.token, app.code())).status).toBe(200);
    expect((await world.ask('/accounts', { token: person.token })).status).toBe(200);
  });

  it('cannot give it up', async () => {
    const { token, password, app } = await enrolled('auditor');
    expect(codeOf(await remove(token, password, app.code()))).toEqual([403, 'SECOND_FACTOR_DEMANDED']);
  });

  it('is not the only one that may have it, and others may give it up', async () => {
    const { username, token, password, app } = await enrolled();
    expect(codeOf(await remove(token, 'wrong password', app.code()))).toEqual([400, 'PASSWORD_WRONG']);
    expect(codeOf(await remove(token, password, app.wrongCode()))).toEqual([400, 'SECOND_FACTOR_WRONG']);
    expect((await remove(token, password, app.code())).status).toBe(204);
    expect(codeOf(await remove(token, password, app.code()))).toEqual([409, 'SECOND_FACTOR_ABSENT']);
    const { status, body } = await login(username, password);
    expect([status, body['isSecondFactorMissing']]).toEqual([200, false]);
  });
});

describe('a password that is lost', () => {
  const reset = (by: Person, { id }: Person): Promise<Answer> =>
    world.ask(`/accounts/${id}/reset-password`, { method: 'POST', token: by.token });

  it.each(['security_admin', 'auditor'] as const)(
    'of %s is replaced only where a second factor keeps out who replaced it',
    async (role) => {
      const system = await enrolled('system_admin');
      const [fresh, settled] = [await someone(role), await enrolled(role)];
      expect(codeOf(await reset(system, fresh))).toEqual([409, 'PASSWORD_RESET_UNSAFE']);
      // Nothing was done to it.
      expect((await me(fresh.token)).status).toBe(200);
      expect((await login(fresh.username, fresh.password)).status).toBe(200);
      const given = await reset(system, settled);
      expect(given.status).toBe(200);
      const oneTime = String(given.body['oneTimePassword']);
      expect(codeOf(await login(settled.username, oneTime))).toEqual([401, 'SECOND_FACTOR_REQUIRED']);
    },
  );

  it('of others is replaced as ever: they watch over nobody, or have no role yet', async () => {
    const system = await enrolled('system_admin');
    for (const role of ['system_admin', null] as const)
      expect((await reset(system, await someone(role))).status).toBe(200);
    expect(codeOf(await reset(system, { ...system, id: NOWHERE }))).toEqual([404, 'NOT_FOUND']);
  });
});

describe('a second factor that is lost', () => {
  it('is taken away by the security administrator, at once, and by nobody else', async () => {
    const security = await enrolled('security_admin');
    const system = await enrolled('system_admin');
    const auditor = await enrolled('auditor');
    const reset = (by: Person, whose: Person): Promise<Answer> =>
      world.ask(`/accounts/${whose.id}/reset-second-factor`, { method: 'POST', token: by.token });
    expect(codeOf(await reset(system, auditor))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await reset(auditor, auditor))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await reset(security, security))).toEqual([409, 'ACCOUNT_SELF_CHANGE']);
    const answer = await reset(security, auditor);
    expect([answer.status, answer.body['hasSecondFactor']]).toEqual([200, false]);
    expect((await me(auditor.token)).status).toBe(401);
    expect(codeOf(await login(auditor.username, 'wrong password'))[0]).toBe(401);
    const again = await login(auditor.username, auditor.password);
    expect([again.status, again.body['isSecondFactorMissing']]).toEqual([200, true]);
    // The recovery codes went with it.
    const left = await world.dataSource.query('SELECT 1 FROM recovery_codes WHERE account_id = $1', [
      auditor.id,
    ]);
    expect(left).toEqual([]);
  });
});
