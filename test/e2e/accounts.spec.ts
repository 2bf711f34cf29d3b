import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExampleAccounts } from '../../src/access/example-accounts.js';
import { type Role, ROLES } from '../../src/access/role.js';
import { ReportingUnit } from '../../src/organization/reporting-unit.entity.js';
import { type Answer, createRegisterApp, type RegisterApp } from '../support/register-app.js';

const NOWHERE = '0193a1b2-0000-7000-8000-000000000001';

let world: RegisterApp;
/** Makes accounts. */
let admin: string;
/** Gives roles. */
let security: string;
let unitId: string;
let awaited = 0;

beforeAll(async () => {
  world = await createRegisterApp();
  admin = await world.tokenOf({ username: 'root', role: 'system_admin' });
  security = await world.tokenOf({ username: 'guard', role: 'security_admin' });
  const unit = await world.dataSource.manager.findOneByOrFail(ReportingUnit, { code: '610902' });
  unitId = unit.id;
});

afterAll(() => world.close());

const create = (body: object): Promise<Answer> => world.ask('/accounts', { token: admin, body });
const change = (id: string, tag: string, body: object, token = admin): Promise<Answer> =>
  world.ask(`/accounts/${id}`, { method: 'PATCH', token, body, headers: { 'if-match': tag } });
const giveRole = (id: string, tag: string, body: object, token = security): Promise<Answer> =>
  world.ask(`/accounts/${id}/role`, { method: 'PUT', token, body, headers: { 'if-match': tag } });
const signIn = (username: string, password: string): Promise<Answer> =>
  world.ask('/auth/login', { body: { username, password } });
const me = (token: string): Promise<Answer> => world.ask('/auth/me', { token });
const codeOf = ({ status, body }: Answer): unknown[] => [status, body['code']];

interface Working {
  id: string;
  token: string;
  /** The `ETag` of the account. */
  tag: string;
}

/** Makes an account by HTTP, has it given a role, replaces its one-time password and signs in. */
async function working(
  username: string,
  role: { role: Role; reportingUnitId?: string } | null,
): Promise<Working> {
  const created = await create({ username });
  expect(codeOf(created)).toEqual([201, undefined]);
  const id = String(Object(created.body['account']).id);
  if (role !== null) expect((await giveRole(id, '"1"', role)).status).toBe(200);
  const oneTime = String(created.body['oneTimePassword']);
  const { body: tokens } = await signIn(username, oneTime);
  const token = String(tokens['accessToken']);
  const body = { currentPassword: oneTime, newPassword: 'correct horse battery' };
  expect((await world.ask('/auth/password', { token, body })).status).toBe(204);
  return { id, token, tag: (await me(token)).headers.get('etag') ?? '' };
}

/** An account that awaits its role, whoever it is. */
async function awaiting(): Promise<{ id: string; tag: string }> {
  awaited += 1;
  const { body } = await create({ username: `awaiting-${awaited}` });
  return { id: String(Object(body['account']).id), tag: '"1"' };
}

const ownId = async (token: string): Promise<string> => String((await me(token)).body['id']);

describe('accounts', () => {
  it('are made without a role, with a one-time password that is nowhere else', async () => {
    const created = await create({ username: 'Li.Ming' });
    expect(created.body['account']).toMatchObject({
      username: 'li.ming',
      isPasswordExpired: true,
      role: null,
      reportingUnit: null,
      hasSecondFactor: false,
    });
    const list = await world.ask('/accounts?hasRole=false&count=exact', { token: security });
    expect(list.body['total']).toBe(1);
    expect(JSON.stringify(list.body)).not.toMatch(/password"|argon2/i);
  });

  it.each<[object, number, string]>([
    [{ username: 'ROOT' }, 409, 'USERNAME_TAKEN'],
    [{ username: 'x' }, 400, 'VALIDATION_FAILED'],
    [{ username: 'some one' }, 400, 'VALIDATION_FAILED'],
    [{ username: 'someone', role: 'auditor' }, 400, 'VALIDATION_FAILED'],
    [{ username: 'someone', reportingUnitId: null }, 400, 'VALIDATION_FAILED'],
    [{ username: 'someone', password: 'mine' }, 400, 'VALIDATION_FAILED'],
    [{ username: 'someone', isActive: true }, 400, 'VALIDATION_FAILED'],
  ])('%j is refused', async (body, status, code) => {
    expect(codeOf(await create(body))).toEqual([status, code]);
  });

  it('without a role can look after themselves, and nothing else', async () => {
    const { id, token } = await working('newcomer', null);
    expect((await me(token)).body).toMatchObject({ id, role: null });
    expect((await world.ask('/auth/sessions', { token })).status).toBe(200);
    for (const path of ['/enterprises', '/officials', '/accounts', '/reporting-units', `/accounts/${id}`])
      expect([path, ...codeOf(await world.ask(path, { token }))]).toEqual([path, 403, 'ROLE_MISSING']);
    const given = await giveRole(id, '"2"', { role: 'county', reportingUnitId: unitId });
    expect(given.body).toMatchObject({ role: 'county', reportingUnit: { name: '汉滨区' } });
    // The very next request of the same session.
    expect((await world.ask('/enterprises', { token })).status).toBe(200);
  });

  it('turned off are out on the very next request', async () => {
    const { id, token, tag } = await working('leaver', { role: 'auditor' });
    expect((await change(id, tag, { isActive: false })).body).toMatchObject({ isActive: false, version: 4 });
    expect((await me(token)).body['code']).toBe('SESSION_ENDED');
    expect((await change(id, '"4"', { isActive: true })).status).toBe(200);
    expect((await me(token)).status).toBe(401);
  });

  it('given another role lose what the old one was bound to, at once', async () => {
    const { id, token, tag } = await working('mover', { role: 'county', reportingUnitId: unitId });
    expect((await world.ask('/enterprises', { token })).status).toBe(200);
    expect((await giveRole(id, tag, { role: 'auditor' })).body).toMatchObject({
      role: 'auditor',
      reportingUnit: null,
    });
    expect((await world.ask('/enterprises', { token })).status).toBe(401);
  });

  it('whose role is taken away are as new', async () => {
    const { id, token, tag } = await working('resting', { role: 'county', reportingUnitId: unitId });
    expect((await giveRole(id, tag, { role: null })).body).toMatchObject({ role: null, reportingUnit: null });
    expect((await world.ask('/enterprises', { token })).status).toBe(401);
  });

  it('given a new password end their sessions', async () => {
    const { id, token } = await working('forgetful', { role: 'auditor' });
    const reset = await world.ask(`/accounts/${id}/reset-password`, { method: 'POST', token: admin });
    expect((await me(token)).status).toBe(401);
    expect((await signIn('forgetful', String(reset.body['oneTimePassword']))).body['isPasswordExpired']).toBe(
      true,
    );
  });

  it('are signed out everywhere by either administrator', async () => {
    for (const [turn, by] of [admin, security].entries()) {
      const { id, token } = await working(`signed-out-${turn}`, { role: 'auditor' });
      const signOut = (whose: string): Promise<Answer> =>
        world.ask(`/accounts/${whose}/sign-out`, { method: 'POST', token: by });
      expect((await signOut(id)).status).toBe(204);
      expect((await me(token)).body['code']).toBe('SESSION_ENDED');
      expect((await signOut(NOWHERE)).status).toBe(404);
      const auditor = await working(`not-out-${turn}`, { role: 'auditor' });
      const answer = await world.ask(`/accounts/${id}/sign-out`, { method: 'POST', token: auditor.token });
      expect(codeOf(answer)).toEqual([403, 'FORBIDDEN']);
    }
  });

  it('need a tag to be changed, the present one', async () => {
    const { id } = await working('tagged', { role: 'auditor' });
    for (const [method, path, token, body] of [
      ['PATCH', `/accounts/${id}`, admin, { isActive: false }],
      ['PUT', `/accounts/${id}/role`, security, { role: null }],
    ] as const) {
      expect((await world.ask(path, { method, token, body })).status).toBe(428);
      const headers = { 'if-match': '"1"' };
      expect((await world.ask(path, { method, token, body, headers })).status).toBe(412);
    }
  });

  it.each(ROLES.filter((role) => role !== 'system_admin'))('are not the business of %s', async (role) => {
    const examples = await world.app.get(ExampleAccounts).createMissing();
    const { username = '', password = '' } = examples.find((account) => account.role === role) ?? {};
    const { body } = await signIn(username, password);
    const token = String(body['accessToken']);
    expect((await world.ask('/accounts', { token, body: { username: 'someone' } })).status).toBe(403);
    expect((await world.ask('/accounts', { token })).status).toBe(role === 'security_admin' ? 200 : 403);
  });
});

describe('three administrators', () => {
  it.each<[object, number, string]>([
    [{}, 400, 'VALIDATION_FAILED'],
    [{ role: 'mayor' }, 400, 'VALIDATION_FAILED'],
    [{ role: 'auditor', isActive: true }, 400, 'VALIDATION_FAILED'],
    [{ role: 'county' }, 400, 'ACCOUNT_BINDING_INVALID'],
    [{ role: 'county', departmentId: NOWHERE }, 400, 'ACCOUNT_BINDING_INVALID'],
    [{ role: null, officialId: NOWHERE }, 400, 'ACCOUNT_BINDING_INVALID'],
    [{ role: 'department', departmentId: NOWHERE }, 409, 'REFERENCE_UNKNOWN'],
    [{ role: 'leader', officialId: NOWHERE }, 409, 'REFERENCE_UNKNOWN'],
  ])('the role %j is refused', async (body, status, code) => {
    const { id, tag } = await awaiting();
    expect(codeOf(await giveRole(id, tag, body))).toEqual([status, code]);
  });

  it('who makes accounts gives no role, who gives roles makes and turns off no account', async () => {
    const { id, tag } = await working('between', { role: 'auditor' });
    const role = { role: 'county', reportingUnitId: unitId };
    expect(codeOf(await giveRole(id, tag, role, admin))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await change(id, tag, role))).toEqual([400, 'VALIDATION_FAILED']);
    expect(codeOf(await change(id, tag, { isActive: false }, security))).toEqual([403, 'FORBIDDEN']);
    const made = await world.ask('/accounts', { token: security, body: { username: 'made-by-guard' } });
    expect(codeOf(made)).toEqual([403, 'FORBIDDEN']);
    const reset = await world.ask(`/accounts/${id}/reset-password`, { method: 'POST', token: security });
    expect(codeOf(reset)).toEqual([403, 'FORBIDDEN']);
  });

  it('nobody changes their own account', async () => {
    const mine = await ownId(admin);
    expect(codeOf(await change(mine, '"1"', { isActive: false }))).toEqual([409, 'ACCOUNT_SELF_CHANGE']);
    const reset = await world.ask(`/accounts/${mine}/reset-password`, { method: 'POST', token: admin });
    expect(codeOf(reset)).toEqual([409, 'ACCOUNT_SELF_CHANGE']);
    const hers = await ownId(security);
    for (const role of ['task_force', 'security_admin', null])
      expect(codeOf(await giveRole(hers, '"1"', { role }))).toEqual([409, 'ACCOUNT_SELF_CHANGE']);
  });

  it('the last of either stays, while there is another each may go', async () => {
    // The example accounts of the other tests would be others.
    await world.dataSource.query(`UPDATE accounts SET is_active = false WHERE username LIKE 'example-%'`);
    const [mine, hers] = [await ownId(admin), await ownId(security)];
    expect(codeOf(await giveRole(mine, '"1"', { role: 'auditor' }))).toEqual([409, 'LAST_ADMINISTRATOR']);
    expect(codeOf(await change(hers, '"1"', { isActive: false }))).toEqual([409, 'LAST_ADMINISTRATOR']);
    for (const role of ['system_admin', 'security_admin'] as const) {
      const { id, tag } = await working(`another-${role}`.replaceAll('_', '-'), { role });
      if (role === 'system_admin') expect((await giveRole(id, tag, { role: null })).status).toBe(200);
      else expect((await change(id, tag, { isActive: false })).status).toBe(200);
    }
  });

  it('two who would put each other out at once do not both succeed', async () => {
    const pair = await Promise.all(
      ['left-guard', 'right-guard'].map((username) => working(username, { role: 'security_admin' })),
    );
    const [left, right] = pair;
    if (left === undefined || right === undefined) throw new Error('two were made');
    // With the one of this suite there would be a third.
    const hers = await ownId(security);
    await world.dataSource.query('UPDATE accounts SET is_active = false WHERE id = $1', [hers]);
    const answers = await Promise.all([
      giveRole(right.id, right.tag, { role: null }, left.token),
      giveRole(left.id, left.tag, { role: null }, right.token),
    ]);
    await world.dataSource.query('UPDATE accounts SET is_active = true WHERE id = $1', [hers]);
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
  });

  it('the database itself binds nobody without a role', async () => {
    const { id } = await awaiting();
    const bound = world.dataSource.query('UPDATE accounts SET reporting_unit_id = $2 WHERE id = $1', [
      id,
      unitId,
    ]);
    await expect(bound).rejects.toThrow('accounts_unbound_check');
  });
});

describe('example accounts', () => {
  it('are one a role, and stay as they are where their passwords are known', async () => {
    const examples = world.app.get(ExampleAccounts);
    await world.dataSource.query(`UPDATE accounts SET is_active = true WHERE username LIKE 'example-%'`);
    const made = await examples.createMissing();
    expect(made.map(({ role }) => role)).toEqual([...ROLES]);
    expect(new Set(made.map(({ password }) => password)).size).toBe(ROLES.length);
    expect(await examples.createMissing(made)).toEqual(made);
    for (const { username, password, role } of made) {
      const { status, body } = await signIn(username, password);
      expect([role, status, body['isPasswordExpired']]).toEqual([role, 200, false]);
    }
  });
});
