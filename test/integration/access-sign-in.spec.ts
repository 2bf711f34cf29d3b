import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Account } from '../../src/access/account.entity.js';
import { Passwords } from '../../src/access/passwords.js';
import { FirstAdministrators } from '../../src/access/first-administrators.js';
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

  it('is not unlocked by who knew the password and came at the same time by another process', async () => {
    const { id, username, password } = await newAccount();
    const lockedUntil = new Date(world.clock.now().getTime() + MINUTE);
    // It stands between the check of the password and the session, which are one after the other.
    const passwords = world.app.get(Passwords);
    const verify = passwords.verify.bind(passwords);
    const locked = jest.spyOn(passwords, 'verify').mockImplementation(async (hash, given) => {
      await world.dataSource.manager.update(Account, { id }, { failedAttempts: 5, lockedUntil });
      return verify(hash, given);
    });
    expect((await login(username, password)).body['code']).toBe('CREDENTIALS_INVALID');
    locked.mockRestore();
    const account = await world.dataSource.manager.findOneByOrFail(Account, { id });
    expect(account.lockedUntil).toEqual(lockedUntil);
    expect((await login(username, password)).status).toBe(401);
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
    let { refresh: token, access } = await signedIn();
    const renewAfter = async (minutes: number): Promise<number> => {
      world.clock.advance(minutes * MINUTE);
      const { status, body } = await refresh(token);
      token = String(body['refreshToken']);
      access = String(body['accessToken']);
      return status;
    };
    for (let round = 1; round < 48; round += 1) expect([round, await renewAfter(10)]).toEqual([round, 200]);
    expect(await renewAfter(5)).toBe(200);
    world.clock.advance(4 * MINUTE);
    expect((await me(access)).status).toBe(200);
    // The access token would be good for five minutes more.
    world.clock.advance(MINUTE);
    expect((await me(access)).body['code']).toBe('SESSION_ENDED');
    expect((await refresh(token)).status).toBe(401);
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

  it('is none of the last five, the one before those may come again', async () => {
    const { id, password, access } = await signedIn();
    const chosen = ['river', 'stone', 'cloud', 'maple', 'ocean'].map((word) => `my ${word} goes by at noon`);
    let present = password;
    for (const next of chosen) {
      expect((await change(access, present, next)).status).toBe(204);
      present = next;
    }
    for (const former of chosen.slice(0, 4)) {
      const { status, body } = await change(access, present, former);
      expect([former, status, body['code']]).toEqual([former, 400, 'PASSWORD_USED_BEFORE']);
    }
    expect((await change(access, present, password)).status).toBe(204);
    const kept = await world.dataSource.query<Array<{ passwordHash: string }>>(
      'SELECT password_hash AS "passwordHash" FROM former_passwords WHERE account_id = $1',
      [id],
    );
    expect(kept.map(({ passwordHash }) => passwordHash.slice(0, 10))).toEqual(Array(4).fill('$argon2id$'));
  });

  it('is remembered when an administrator gives a new one', async () => {
    const { id, username, password } = await signedIn();
    const oneTime = await world.transactions.run((tx) => world.accounts.resetPassword(tx, id));
    const { body } = await login(username, oneTime);
    const again = await change(String(body['accessToken']), oneTime, password);
    expect(again.body['code']).toBe('PASSWORD_USED_BEFORE');
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
    ['PASSWORD_TOO_WEAK', undefined, 'P@ssword-20261123'],
    ['PASSWORD_UNCHANGED', undefined, undefined],
    ['VALIDATION_FAILED', undefined, 'short'],
  ])('is refused with %s', async (code, present, next) => {
    const { password, access } = await signedIn();
    const { status, body } = await change(access, present ?? password, next ?? password);
    expect([status, body['code']]).toEqual([400, code]);
  });
});

describe('the first administrators', () => {
  it('are two, made once, with one-time passwords', async () => {
    const first = world.app.get(FirstAdministrators);
    const made = await first.createMissing();
    expect(made.map(({ role, username }) => [role, username])).toEqual([
      ['system_admin', 'admin'],
      ['security_admin', 'security'],
    ]);
    expect(await first.createMissing()).toEqual([]);
    for (const { username, password } of made) {
      const { body } = await login(username, password);
      const token = String(body['accessToken']);
      const refused = await world.ask('/accounts', { token });
      expect([refused.status, refused.body['code']]).toEqual([403, 'PASSWORD_CHANGE_REQUIRED']);
    }
  });

  it('get another name where a product of one administrator has somebody of that name', async () => {
    await world.dataSource.query(`UPDATE accounts SET role = 'auditor' WHERE username = 'security'`);
    const made = await world.app.get(FirstAdministrators).createMissing();
    expect(made.map(({ username }) => username)).toEqual(['security-2']);
  });
});
