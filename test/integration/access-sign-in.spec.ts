import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Account } from '../../src/access/account.entity.js';
import { type Answer, createRegisterApp, type RegisterApp } from '../support/register-app.js';

const MINUTE = 60_000;
let world: RegisterApp;
let made = 0;

beforeAll(async () => {
  world = await createRegisterApp();
});

afterAll(() => world.close());

async function newAccount(isOneTime = false): Promise<{ id: string; username: string; password: string }> {
  made += 1;
  const username = `auditor-${made}`;
  const created = await world.transactions.run((tx) =>
    world.accounts.create(tx, { username, role: 'auditor' }, isOneTime),
  );
  return { ...created, username };
}

const login = (username: string, password: string): Promise<Answer> =>
  world.ask('/auth/login', { body: { username, password } });

async function signedIn(): Promise<{
  id: string;
  username: string;
  password: string;
  access: string;
  refresh: string;
}> {
  const account = await newAccount();
  const { body } = await login(account.username, account.password);
  return { ...account, access: String(body['accessToken']), refresh: String(body['refreshToken']) };
}

const me = (token?: string): Promise<Answer> => world.ask('/auth/me', token === undefined ? {} : { token });
const refresh = (refreshToken: string): Promise<Answer> =>
  world.ask('/auth/refresh', { body: { refreshToken } });

describe('sign-in', () => {
  it('gives tokens that say who is asking', async () => {
    const { username, password } = await newAccount();
    const { status, body, headers } = await login(username.toUpperCase(), password);
    expect(status).toBe(200);
    expect(body).toMatchObject({ expiresIn: 600, isPasswordExpired: false });
    expect(headers.get('cache-control')).toBe('no-store');
    const answer = await me(String(body['accessToken']));
    expect(answer.body).toMatchObject({ username, role: 'auditor', department: null, isActive: true });
    expect(answer.body).not.toHaveProperty('passwordHash');
  });

  it('fails alike for a wrong password, an unknown name and an account that is off', async () => {
    const { id, username, password } = await newAccount();
    const wrong = await login(username, 'wrong password');
    const unknown = await login('nobody-at-all', 'wrong password');
    await world.dataSource.manager.update(Account, { id }, { isActive: false });
    const off = await login(username, password);
    for (const { status, body } of [wrong, unknown, off]) {
      expect([status, body['code'], body['detail']]).toEqual([
        401,
        'CREDENTIALS_INVALID',
        wrong.body['detail'],
      ]);
    }
  });

  it('is locked for 15 minutes after five failures, also when they come at once', async () => {
    const { username, password } = await newAccount();
    const failures = await Promise.all(Array.from({ length: 5 }, () => login(username, 'wrong password')));
    expect(failures.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect((await login(username, password)).status).toBe(401);
    world.clock.advance(14 * MINUTE);
    expect((await login(username, password)).status).toBe(401);
    world.clock.advance(2 * MINUTE);
    expect((await login(username, password)).status).toBe(200);
  });

  it('that succeeds forgets the failures before it', async () => {
    const { username, password } = await newAccount();
    for (const attempt of [1, 2]) {
      for (const failure of [1, 2, 3, 4])
        expect([attempt, failure, (await login(username, 'wrong')).status]).toEqual([attempt, failure, 401]);
      expect((await login(username, password)).status).toBe(200);
    }
  });
});

describe('a session', () => {
  it('is needed', async () => {
    const { status, body, headers } = await me();
    expect([status, body['code']]).toEqual([401, 'AUTHENTICATION_REQUIRED']);
    expect(headers.get('www-authenticate')).toContain('Bearer');
  });

  it('is renewed by its refresh token, once', async () => {
    const { refresh: first } = await signedIn();
    const renewed = await refresh(first);
    expect(renewed.status).toBe(200);
    expect((await me(String(renewed.body['accessToken']))).status).toBe(200);
  });

  it('ends when a refresh token is used again, for the thief and for the owner', async () => {
    const { refresh: first } = await signedIn();
    const renewed = await refresh(first);
    const again = await refresh(first);
    expect([again.status, again.body['code']]).toEqual([401, 'REFRESH_TOKEN_INVALID']);
    expect((await refresh(String(renewed.body['refreshToken']))).status).toBe(401);
    expect((await me(String(renewed.body['accessToken']))).body['code']).toBe('SESSION_ENDED');
  });

  it('is renewed by one of two that try at once', async () => {
    const { refresh: first } = await signedIn();
    const answers = await Promise.all([refresh(first), refresh(first)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  });

  it('is idle after 15 minutes without a refresh', async () => {
    const { refresh: first } = await signedIn();
    world.clock.advance(14 * MINUTE);
    const renewed = await refresh(first);
    expect(renewed.status).toBe(200);
    world.clock.advance(16 * MINUTE);
    expect((await refresh(String(renewed.body['refreshToken']))).status).toBe(401);
  });

  it('is over after 8 hours, however busy', async () => {
    let { refresh: token } = await signedIn();
    const renew = async (): Promise<number> => {
      world.clock.advance(10 * MINUTE);
      const { status, body } = await refresh(token);
      token = String(body['refreshToken']);
      return status;
    };
    for (let round = 1; round < 48; round += 1) expect([round, await renew()]).toEqual([round, 200]);
    expect(await renew()).toBe(401);
  });

  it('has access tokens of ten minutes', async () => {
    const { access } = await signedIn();
    world.clock.advance(9 * MINUTE);
    expect((await me(access)).status).toBe(200);
    world.clock.advance(2 * MINUTE);
    expect((await me(access)).body['code']).toBe('TOKEN_EXPIRED');
  });

  it('ends at sign-out, at once', async () => {
    const { access, refresh: token } = await signedIn();
    expect((await world.ask('/auth/logout', { method: 'POST', token: access })).status).toBe(204);
    expect((await me(access)).body['code']).toBe('SESSION_ENDED');
    expect((await refresh(token)).status).toBe(401);
  });

  it('ends at once when the account is turned off', async () => {
    const { id, access, refresh: token } = await signedIn();
    await world.dataSource.manager.update(Account, { id }, { isActive: false });
    expect((await me(access)).body['code']).toBe('SESSION_ENDED');
    expect((await refresh(token)).status).toBe(401);
  });

  it.each(['', 'nonsense', 'a'.repeat(200)])('is not renewed by %j', async (token) => {
    expect((await refresh(token)).status).toBe(401);
  });
});

describe('a password', () => {
  const change = (token: string, currentPassword: string, newPassword: string): Promise<Answer> =>
    world.ask('/auth/password', { token, body: { currentPassword, newPassword } });

  it('for one time opens nothing but its own change', async () => {
    const { username, password } = await newAccount(true);
    const { body } = await login(username, password);
    expect(body['isPasswordExpired']).toBe(true);
    const token = String(body['accessToken']);
    expect((await me(token)).body['isPasswordExpired']).toBe(true);
    expect((await change(token, password, 'a new good password')).status).toBe(204);
    expect((await me(token)).body['isPasswordExpired']).toBe(false);
    expect((await login(username, password)).status).toBe(401);
    expect((await login(username, 'a new good password')).status).toBe(200);
  });

  it('changed ends the other sessions', async () => {
    const { username, password, access } = await signedIn();
    const other = await login(username, password);
    expect((await change(access, password, 'a new good password')).status).toBe(204);
    expect((await me(access)).status).toBe(200);
    expect((await me(String(other.body['accessToken']))).status).toBe(401);
  });

  it('guessed wrong five times in a row ends the session and locks the account', async () => {
    const { username, password, access } = await signedIn();
    const guess = (): Promise<Answer> => change(access, 'not the password', 'a new good password');
    for (let turn = 0; turn < 4; turn += 1) expect((await guess()).body['code']).toBe('PASSWORD_WRONG');
    expect((await me(access)).status).toBe(200);
    expect((await guess()).body['code']).toBe('PASSWORD_WRONG');
    expect((await me(access)).status).toBe(401);
    expect((await change(access, password, 'a new good password')).status).toBe(401);
    expect((await login(username, password)).status).toBe(401);
    world.clock.advance(15 * MINUTE);
    expect((await login(username, password)).status).toBe(200);
  });

  it('changed forgets the wrong guesses before', async () => {
    const { username, password, access } = await signedIn();
    for (let turn = 0; turn < 4; turn += 1) await change(access, 'not the password', 'a new good password');
    expect((await change(access, password, 'a new good password')).status).toBe(204);
    expect((await login(username, 'wrong password')).status).toBe(401);
    expect((await login(username, 'a new good password')).status).toBe(200);
  });

  it.each([
    ['PASSWORD_WRONG', 'not the password', 'a new good password'],
    ['PASSWORD_TOO_WEAK', undefined, 'aaaaaaaaaaaaaaaa'],
    ['PASSWORD_UNCHANGED', undefined, undefined],
    ['VALIDATION_FAILED', undefined, 'short'],
  ])('is refused with %s', async (code, present, next) => {
    const { password, access } = await signedIn();
    const { status, body } = await change(access, present ?? password, next ?? password);
    expect([status, body['code']]).toEqual([400, code]);
  });
});

describe('the first administrator', () => {
  it('is made once, with a one-time password', async () => {
    const made = await world.accounts.createFirstAdministrator();
    expect(made?.username).toBe('admin');
    expect(await world.accounts.createFirstAdministrator()).toBeNull();
    const { body } = await login('admin', made?.password ?? '');
    const token = String(body['accessToken']);
    const refused = await world.ask('/accounts', { token });
    expect([refused.status, refused.body['code']]).toEqual([403, 'PASSWORD_CHANGE_REQUIRED']);
  });
});
