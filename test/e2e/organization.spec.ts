import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/access/role.js';
import { Department } from '../../src/organization/department.entity.js';
import { DepartmentRevision } from '../../src/organization/department-revision.entity.js';
import { ReportingUnit } from '../../src/organization/reporting-unit.entity.js';
import { seedOrganization } from '../../src/organization/organization.seed.js';
import { type Answer, type Ask, createRegisterApp, type RegisterApp } from '../support/register-app.js';

let world: RegisterApp;
let unitId: string;
const tokens = new Map<Role, string>();

beforeAll(async () => {
  world = await createRegisterApp();
  const unit = await world.dataSource.manager.findOneByOrFail(ReportingUnit, { code: '610902' });
  unitId = unit.id;
  for (const role of ['task_force', 'auditor', 'system_admin', 'security_admin'] as const) {
    tokens.set(role, await world.tokenOf({ username: role, role }));
  }
  tokens.set('county', await world.tokenOf({ username: 'county', role: 'county', reportingUnitId: unitId }));
  const department = await world.ask('/departments', {
    token: tokens.get('task_force'),
    body: { name: '市住建局', level: 'city' },
  });
  const departmentId = String(department.body['id']);
  tokens.set('department', await world.tokenOf({ username: 'department', role: 'department', departmentId }));
});

afterAll(() => world.close());

const as = (role: Role, path: string, options: Ask = {}): Promise<Answer> =>
  world.ask(path, { ...options, token: tokens.get(role) });
const patch = (path: string, tag: string | null, body: object, role: Role = 'task_force'): Promise<Answer> =>
  as(role, path, { method: 'PATCH', body, headers: tag === null ? {} : { 'if-match': tag } });

async function itemsOf(role: Role, path: string): Promise<Array<Record<string, unknown>>> {
  const { body } = await as(role, path);
  return Array.isArray(body['items']) ? body['items'] : [];
}

async function added(path: string, body: object): Promise<{ id: string; tag: string }> {
  const answer = await as('task_force', path, { body });
  expect([answer.status, answer.body['errors']]).toEqual([201, undefined]);
  return { id: String(answer.body['id']), tag: answer.headers.get('etag') ?? '' };
}

describe('reporting units', () => {
  it('are the twelve rows of the weekly table, in its order', async () => {
    const units = await itemsOf('county', '/reporting-units');
    expect(units).toHaveLength(12);
    expect(units[0]).toMatchObject({ code: '610902', name: '汉滨区', kind: 'county', parentCode: '610900' });
    expect(units.at(-1)).toMatchObject({ code: 'AK-HK', liesInCode: '610902' });
  });

  it('come by pages that meet without a gap', async () => {
    const first = await as('task_force', '/reporting-units?limit=5&count=exact');
    expect(first.body).toMatchObject({ total: 12 });
    const second = await as(
      'task_force',
      `/reporting-units?limit=200&cursor=${String(first.body['nextCursor'])}`,
    );
    expect(second.body['items']).toHaveLength(7);
    expect(second.body).toMatchObject({ nextCursor: null });
    expect(first.headers.get('link')).toContain('rel="next"');
  });

  it('are seeded again without a change', async () => {
    const count = (): Promise<number[]> =>
      Promise.all([
        world.dataSource.manager.count(ReportingUnit),
        world.dataSource.manager.count(DepartmentRevision),
      ]);
    const before = await count();
    await world.transactions.run((tx) => seedOrganization(tx, new Date()));
    expect(await count()).toEqual(before);
  });
});

describe('departments', () => {
  it('begin with the task-force office, known since always', async () => {
    const office = await world.dataSource.manager.findOneByOrFail(Department, { isTaskForce: true });
    expect(office.name).toBe('稳增长专班办公室');
    const [revision] = await world.dataSource.manager.findBy(DepartmentRevision, { departmentId: office.id });
    expect(revision?.effectiveAt).toEqual(new Date('1900-01-01T00:00:00Z'));
    const tag = '"1"';
    expect((await patch(`/departments/${office.id}`, tag, { isActive: false })).body['code']).toBe(
      'DEPARTMENT_FIXED',
    );
    expect(
      (await patch(`/departments/${office.id}`, tag, { level: 'county', reportingUnitId: unitId })).body[
        'code'
      ],
    ).toBe('DEPARTMENT_FIXED');
  });

  it('renamed keep their old name for the weeks before', async () => {
    const { id, tag } = await added('/departments', { name: '市工信局', level: 'city' });
    const renamed = await patch(`/departments/${id}`, tag, { name: '市工业和信息化局' });
    expect(renamed.body).toMatchObject({ name: '市工业和信息化局', version: 2 });
    const revisions = await world.dataSource.manager.find(DepartmentRevision, {
      where: { departmentId: id },
      order: { effectiveAt: 'ASC' },
    });
    expect(revisions.map(({ name, effectiveAt }) => [name, effectiveAt])).toEqual([
      ['市工信局', new Date('1900-01-01T00:00:00Z')],
      ['市工业和信息化局', world.clock.now()],
    ]);
  });

  it('changed with a stale tag, or with none, stay as they are', async () => {
    const { id, tag } = await added('/departments', { name: '市人社局', level: 'city' });
    expect((await patch(`/departments/${id}`, null, { name: '别名' })).body['code']).toBe(
      'IF_MATCH_REQUIRED',
    );
    expect((await patch(`/departments/${id}`, tag, { isActive: false })).status).toBe(200);
    const stale = await patch(`/departments/${id}`, tag, { name: '别名' });
    expect([stale.status, stale.body['code']]).toEqual([412, 'VERSION_STALE']);
    expect((await as('task_force', `/departments/${id}`)).body).toMatchObject({
      name: '市人社局',
      isActive: false,
    });
  });

  it('changed by two at once are changed by one', async () => {
    const { id, tag } = await added('/departments', { name: '市水利局', level: 'city' });
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((name) => patch(`/departments/${id}`, tag, { name })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412]);
  });

  it.each([
    [{ name: '市住建局', level: 'city' }, 409, 'DEPARTMENT_NAME_TAKEN'],
    [{ name: '县住建局', level: 'county' }, 400, 'DEPARTMENT_PLACE_INVALID'],
    [{ name: '', level: 'city' }, 400, 'VALIDATION_FAILED'],
    [{ name: ' 市住建局', level: 'city' }, 400, 'VALIDATION_FAILED'],
    [{ name: '某局', level: 'nation' }, 400, 'VALIDATION_FAILED'],
    [{ name: '某局', level: 'city', isTaskForce: true }, 400, 'VALIDATION_FAILED'],
    [{ name: '某局', level: 'city', id: '0193a1b2-0000-7000-8000-000000000001' }, 400, 'VALIDATION_FAILED'],
    [
      { name: '某局', level: 'county', reportingUnitId: '0193a1b2-0000-7000-8000-000000000001' },
      409,
      'REFERENCE_UNKNOWN',
    ],
  ])('%j is refused', async (body, status, code) => {
    const answer = await as('task_force', '/departments', { body });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('are found by level, unit and a fragment of the name, taken literally', async () => {
    await added('/departments', { name: '汉滨区经贸局', level: 'county', reportingUnitId: unitId });
    expect(await itemsOf('county', '/departments?level=county&reportingUnit=610902')).toMatchObject([
      { name: '汉滨区经贸局' },
    ]);
    expect(await itemsOf('county', '/departments?q=%E7%BB%8F%E8%B4%B8')).toHaveLength(1);
    expect(await itemsOf('county', '/departments?q=%25')).toHaveLength(0);
  });
});

describe('officials', () => {
  let departmentId: string;
  const wang = {
    name: '王建国',
    post: '科长',
    duty: 'handler',
    mobile: '19912340001',
    email: 'wang@ankang.example',
  };

  beforeAll(async () => {
    ({ id: departmentId } = await added('/departments', { name: '市自然资源局', level: 'city' }));
  });

  it('have masked contacts wherever they are shown, to whomever', async () => {
    const added = await as('task_force', '/officials', { body: { departmentId, ...wang } });
    const masked = { mobile: '199****0001', email: 'w***@ankang.example' };
    expect(added.body).toMatchObject(masked);
    const id = String(added.body['id']);
    for (const role of ['task_force', 'county', 'system_admin'] as const) {
      expect(await itemsOf(role, `/officials?department=${departmentId}`)).toMatchObject([masked]);
      expect((await as(role, `/officials/${id}`)).body).toMatchObject(masked);
    }
  });

  it('take a number from who cannot read it', async () => {
    const { id, tag } = await added('/officials', { departmentId, ...wang, name: '孙三' });
    const changed = await patch(`/officials/${id}`, tag, { mobile: '19912349876' });
    expect(changed.body).toMatchObject({ mobile: '199****9876', email: 'w***@ankang.example' });
    // What is shown is not what may be sent: the mask is no number.
    const sentBack = await patch(`/officials/${id}`, '"2"', { mobile: '199****9876' });
    expect([sentBack.status, sentBack.body['errors']]).toMatchObject([400, [{ pointer: '/mobile' }]]);
  });

  it('are found by the whole number, however it is written, by who may see it', async () => {
    const { id } = await added('/officials', { departmentId, ...wang, name: '周五', mobile: '19912345555' });
    for (const mobile of ['19912345555', '199 1234 5555', '199-1234-5555', '+8619912345555']) {
      const found = await itemsOf('task_force', `/officials?mobile=${encodeURIComponent(mobile)}`);
      expect(found).toMatchObject([{ id, mobile: '199****5555' }]);
    }
    expect(await itemsOf('task_force', '/officials?mobile=19912345556')).toEqual([]);
    expect((await as('task_force', '/officials?mobile=5555')).status).toBe(400);
    // Else four unknown digits are ten thousand questions.
    for (const role of ['county', 'system_admin'] as const) {
      const { status, body } = await as(role, '/officials?mobile=19912345555');
      expect([status, body['code']]).toEqual([403, 'FORBIDDEN']);
    }
  });

  it('have a name of their own in their department, and may share it with another', async () => {
    await added('/officials', { departmentId, ...wang, name: '李明' });
    const twin = await as('task_force', '/officials', { body: { departmentId, ...wang, name: '李明' } });
    expect([twin.status, twin.body['code']]).toEqual([409, 'OFFICIAL_NAME_TAKEN']);
    const other = await added('/departments', { name: '市生态环境局', level: 'city' });
    await added('/officials', { departmentId: other.id, ...wang, name: '李明' });
  });

  it('can be moved and turned off, with a tag', async () => {
    const { id, tag } = await added('/officials', { departmentId, ...wang, name: '赵一' });
    expect((await patch(`/officials/${id}`, null, { isActive: false })).status).toBe(428);
    const off = await patch(`/officials/${id}`, tag, { isActive: false, mobile: null });
    expect(off.body).toMatchObject({ isActive: false, mobile: null, version: 2 });
    expect(off.headers.get('etag')).toBe('"2"');
    expect(await itemsOf('task_force', '/officials?isActive=false')).toHaveLength(1);
  });

  it.each([
    [{ mobile: '199-1234-0001' }, '/mobile'],
    [{ email: 'nobody' }, '/email'],
    [{ email: 'a@b.example\r\nBcc: x@y.example' }, '/email'],
    [{ duty: 'mayor' }, '/duty'],
    [{ version: 9 }, '/version'],
  ])('%j is refused at %s', async (change, pointer) => {
    const { status, body } = await as('task_force', '/officials', {
      body: { departmentId, ...wang, name: '钱二', ...change },
    });
    expect([status, body['code']]).toEqual([400, 'VALIDATION_FAILED']);
    expect(body['errors']).toMatchObject([{ pointer }]);
  });
});

describe('who may', () => {
  const reads = ['/reporting-units', '/departments', '/officials'];

  it.each(['task_force', 'department', 'county', 'system_admin', 'security_admin'] as const)(
    '%s reads',
    async (role) => {
      for (const path of reads) expect([path, (await as(role, path)).status]).toEqual([path, 200]);
    },
  );

  it('the auditor reads none of it, and nobody who has not signed in', async () => {
    for (const path of reads) {
      expect([path, (await as('auditor', path)).status]).toEqual([path, 403]);
      expect([path, (await world.ask(path)).status]).toEqual([path, 401]);
    }
  });

  it.each(['department', 'county', 'auditor', 'security_admin'] as const)(
    '%s does not write',
    async (role) => {
      const id = '0193a1b2-0000-7000-8000-000000000001';
      const answers = [
        await as(role, '/departments', { body: { name: '某局', level: 'city' } }),
        await as(role, '/officials', { body: {} }),
        await patch(`/departments/${id}`, '"1"', { name: '某局' }, role),
        await patch(`/officials/${id}`, '"1"', { name: '某人' }, role),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    },
  );
});
