import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExampleAccounts } from '../../src/access/example-accounts.js';
import { ROLES } from '../../src/access/role.js';
import { ReportingUnit } from '../../src/organization/reporting-unit.entity.js';
import { type Answer, createRegisterApp, type RegisterApp } from '../support/register-app.js';

let world: RegisterApp;
let admin: string;
let unitId: string;

beforeAll(async () => {
  world = await createRegisterApp();
  admin = await world.tokenOf({ username: 'root', role: 'system_admin' });
  const unit = await world.dataSource.manager.findOneByOrFail(ReportingUnit, { code: '610902' });
  unitId = unit.id;
});

afterAll(() => world.close());

const create = (body: object): Promise<Answer> => world.ask('/accounts', { token: admin, body });
const change = (id: string, tag: string, body: object): Promise<Answer> =>
  world.ask(`/accounts/${id}`, { method: 'PATCH', token: admin, body, headers: { 'if-match': tag } });

async function signIn(username: string, password: string): Promise<Answer> {
  return world.ask('/auth/login', { body: { username, password } });
}

/** Makes an account by HTTP, replaces its one-time password and signs in. */
async function working(username: string, body: object): Promise<{ id: string; token: string }> {
  const created = await create({ username, ...body });
  expect([created.status, created.body['code']]).toEqual([201, undefined]);
  const oneTime = String(created.body['oneTimePassword']);
  const { body: tokens } = await signIn(username, oneTime);
  const token = String(tokens['accessToken']);
  await world.ask('/auth/password', {
    token,
    body: { currentPassword: oneTime, newPassword: 'correct horse battery' },
  });
  const me = await world.ask('/auth/me', { token });
  return { id: String(me.body['id']), token };
}

describe('accounts', () => {
  it('are made with a one-time password that is nowhere else', async () => {
    const created = await create({ username: 'Li.Ming', role: 'county', reportingUnitId: unitId });
    expect(created.body['account']).toMatchObject({
      username: 'li.ming',
      isPasswordExpired: true,
      reportingUnit: { name: '汉滨区' },
    });
    const list = await world.ask('/accounts?role=county&count=exact', { token: admin });
    expect(list.body['total']).toBe(1);
    expect(JSON.stringify(list.body)).not.toMatch(/password"|argon2/i);
  });

  it.each<[object, number, string]>([
    [{ username: 'ROOT', role: 'auditor' }, 409, 'USERNAME_TAKEN'],
    [{ username: 'x', role: 'auditor' }, 400, 'VALIDATION_FAILED'],
    [{ username: 'some one', role: 'auditor' }, 400, 'VALIDATION_FAILED'],
    [{ username: 'someone', role: 'mayor' }, 400, 'VALIDATION_FAILED'],
    [{ username: 'someone', role: 'auditor', password: 'mine' }, 400, 'VALIDATION_FAILED'],
    [{ username: 'someone', role: 'auditor', isActive: true }, 400, 'VALIDATION_FAILED'],
    [{ username: 'someone', role: 'county' }, 400, 'ACCOUNT_BINDING_INVALID'],
    [
      { username: 'someone', role: 'department', departmentId: '0193a1b2-0000-7000-8000-000000000001' },
      409,
      'REFERENCE_UNKNOWN',
    ],
    [
      { username: 'someone', role: 'leader', officialId: '0193a1b2-0000-7000-8000-000000000001' },
      409,
      'REFERENCE_UNKNOWN',
    ],
  ])('%j is refused', async (body, status, code) => {
    const answer = await create(body);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('turned off are out on the very next request', async () => {
    const { id, token } = await working('leaver', { role: 'auditor' });
    expect((await change(id, '"2"', { isActive: false })).body).toMatchObject({
      isActive: false,
      version: 3,
    });
    expect((await world.ask('/auth/me', { token })).body['code']).toBe('SESSION_ENDED');
    expect((await change(id, '"3"', { isActive: true })).status).toBe(200);
    expect((await world.ask('/auth/me', { token })).status).toBe(401);
  });

  it('given another role lose what the old one was bound to, at once', async () => {
    const { id, token } = await working('mover', { role: 'county', reportingUnitId: unitId });
    expect((await world.ask('/enterprises', { token })).status).toBe(200);
    expect((await change(id, '"2"', { role: 'auditor' })).body).toMatchObject({
      role: 'auditor',
      reportingUnit: null,
    });
    expect((await world.ask('/enterprises', { token })).status).toBe(401);
  });

  it('given a new password end their sessions', async () => {
    const { id, token } = await working('forgetful', { role: 'auditor' });
    const reset = await world.ask(`/accounts/${id}/reset-password`, { method: 'POST', token: admin });
    expect((await world.ask('/auth/me', { token })).status).toBe(401);
    expect((await signIn('forgetful', String(reset.body['oneTimePassword']))).body['isPasswordExpired']).toBe(
      true,
    );
  });

  it('cannot be turned off or moved by their owner', async () => {
    const me = await world.ask('/auth/me', { token: admin });
    const id = String(me.body['id']);
    for (const body of [{ isActive: false }, { role: 'auditor' }]) {
      const answer = await change(id, me.headers.get('etag') ?? '', body);
      expect([answer.status, answer.body['code']]).toEqual([409, 'ACCOUNT_SELF_CHANGE']);
    }
  });

  it('need a tag to be changed, the present one', async () => {
    const { id } = await working('tagged', { role: 'auditor' });
    const bare = await world.ask(`/accounts/${id}`, {
      method: 'PATCH',
      token: admin,
      body: { isActive: false },
    });
    expect(bare.status).toBe(428);
    expect((await change(id, '"1"', { isActive: false })).status).toBe(412);
  });

  it.each(ROLES.filter((role) => role !== 'system_admin'))('are not the business of %s', async (role) => {
    const examples = await world.app.get(ExampleAccounts).createMissing();
    const { username = '', password = '' } = examples.find((account) => account.role === role) ?? {};
    const { body } = await signIn(username, password);
    const token = String(body['accessToken']);
    expect(
      (await world.ask('/accounts', { token, body: { username: 'someone', role: 'auditor' } })).status,
    ).toBe(403);
    expect((await world.ask('/accounts', { token })).status).toBe(role === 'security_admin' ? 200 : 403);
  });
});

describe('example accounts', () => {
  it('are one a role, and stay as they are where their passwords are known', async () => {
    const examples = world.app.get(ExampleAccounts);
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
