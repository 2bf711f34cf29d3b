import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/access/role.js';
import { Case } from '../../src/cases/case.entity.js';
import { EnterpriseRevision } from '../../src/enterprises/enterprise-revision.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { ProductionFigure } from '../../src/production/production-figure.entity.js';
import { creditCodeOf } from '../factories/credit-code.js';
import { RegisterFactory } from '../factories/register.js';
import { SubjectFactory } from '../factories/subjects.js';
import { type Answer, type Ask, createRegisterApp, type RegisterApp } from '../support/register-app.js';

let world: RegisterApp;
let make: RegisterFactory;
let subjects: SubjectFactory;
let leader: Official;
let unitId: string;
let otherUnitId: string;
let made = 5000;
const tokens = new Map<Role, string>();

beforeAll(async () => {
  world = await createRegisterApp();
  make = new RegisterFactory(world.dataSource);
  subjects = new SubjectFactory(world.dataSource);
  unitId = (await make.unit('610902')).id;
  otherUnitId = (await make.unit('610921')).id;
  const department = await make.department();
  leader = await make.official(await make.department('市政府'), { duty: 'leader' });
  tokens.set('task_force', await world.tokenOf({ username: 'force', role: 'task_force' }));
  tokens.set('auditor', await world.tokenOf({ username: 'auditor', role: 'auditor' }));
  tokens.set('county', await world.tokenOf({ username: 'county', role: 'county', reportingUnitId: unitId }));
  tokens.set(
    'department',
    await world.tokenOf({ username: 'dept', role: 'department', departmentId: department.id }),
  );
  tokens.set('leader', await world.tokenOf({ username: 'leader', role: 'leader', officialId: leader.id }));
});

afterAll(() => world.close());

const as = (role: Role, path: string, options: Ask = {}): Promise<Answer> =>
  world.ask(path, { ...options, token: tokens.get(role) ?? '' });
const post = (role: Role, path: string, body: unknown): Promise<Answer> => as(role, path, { body });
const patch = (role: Role, id: string, tag: string, body: unknown): Promise<Answer> =>
  as(role, `/enterprises/${id}`, { method: 'PATCH', body, headers: { 'if-match': tag } });

const newBody = (over: object = {}): object => {
  made += 1;
  return {
    name: `安康第${made}水泥有限公司`,
    creditCode: creditCodeOf(made),
    reportingUnitId: unitId,
    ...over,
  };
};

describe('an enterprise', () => {
  it('is registered with all its fields', async () => {
    const body = newBody({
      industryCode: '30',
      sizeClass: 'medium',
      isAboveScale: true,
      employees: 320,
      contactName: '张三',
      contactPhone: '19912340001',
      contactEmail: 'zhang@enterprise.example',
      baselineMonthlyOutput: 12_500_000.5,
    });
    const { status, body: view, headers } = await post('task_force', '/enterprises', body);
    expect(status).toBe(201);
    expect(headers.get('etag')).toBe('"1"');
    const { reportingUnitId: _, industryCode: __, ...same } = Object(body);
    expect(view).toMatchObject({
      ...same,
      contactPhone: '199****0001',
      contactEmail: 'z***@enterprise.example',
      industry: { code: '30', name: '非金属矿物制品业' },
      reportingUnit: { code: '610902', name: '汉滨区' },
      isKey: false,
    });
    const list = await as('task_force', `/enterprises?q=${encodeURIComponent(String(view['name']))}`);
    expect(list.body['items']).toMatchObject([
      { contactPhone: '199****0001', contactEmail: 'z***@enterprise.example' },
    ]);
    const refused = await post('task_force', '/enterprises', newBody({ contactEmail: 'nobody' }));
    expect(refused.status).toBe(400);
  });

  it('is found by the whole number of its contact, by who keeps its territory', async () => {
    const contactPhone = '09153219876';
    const { body } = await post('task_force', '/enterprises', newBody({ contactPhone }));
    expect((await as('county', `/enterprises/${String(body['id'])}`)).body).toMatchObject({
      contactPhone: '091****9876',
    });
    for (const role of ['task_force', 'county'] as const) {
      const found = await as(role, '/enterprises?contactPhone=0915-3219876');
      expect(found.body['items']).toMatchObject([{ id: body['id'] }]);
    }
    const none = await as('task_force', '/enterprises?contactPhone=09153219877');
    expect(none.body['items']).toEqual([]);
    const refused = await as('department', `/enterprises?contactPhone=${contactPhone}`);
    expect([refused.status, refused.body['code']]).toEqual([403, 'FORBIDDEN']);
  });

  it('takes a credit code as people write it', async () => {
    const code = creditCodeOf(4999);
    const { body } = await post(
      'task_force',
      '/enterprises',
      newBody({ creditCode: ` ${code.slice(0, 8)} ${code.slice(8).toLowerCase()}` }),
    );
    expect(body['creditCode']).toBe(code);
  });

  it.each<[string, object, number, string]>([
    ['a wrong check character', { creditCode: '91610900MA70TEST00' }, 400, 'CREDIT_CODE_INVALID'],
    ['a code that is taken', { creditCode: creditCodeOf(4999) }, 409, 'CREDIT_CODE_TAKEN'],
    [
      'an unknown unit',
      { reportingUnitId: '0193a1b2-0000-7000-8000-000000000001' },
      409,
      'REFERENCE_UNKNOWN',
    ],
    ['an unknown industry', { industryCode: '99' }, 400, 'INDUSTRY_UNKNOWN'],
    ['a negative baseline', { baselineMonthlyOutput: -1 }, 400, 'VALIDATION_FAILED'],
    ['a baseline in text', { baselineMonthlyOutput: '1' }, 400, 'VALIDATION_FAILED'],
    ['no flag where one is', { isKey: null }, 400, 'VALIDATION_FAILED'],
    ['a version of its own', { version: 9 }, 400, 'VALIDATION_FAILED'],
  ])('is refused with %s', async (_, over, status, code) => {
    const answer = await post('task_force', '/enterprises', newBody(over));
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('moved to another unit takes its cases along, and leaves the weeks before as they were', async () => {
    const enterprise = await make.enterprise('610902');
    const kase = await subjects.case(enterprise);
    const moved = await patch('task_force', enterprise.id, '"1"', { reportingUnitId: otherUnitId });
    expect(moved.body).toMatchObject({ reportingUnit: { code: '610921' }, version: 2 });
    expect((await world.dataSource.manager.findOneByOrFail(Case, { id: kase.id })).reportingUnitId).toBe(
      otherUnitId,
    );
    const revisions = await world.dataSource.manager.find(EnterpriseRevision, {
      where: { enterpriseId: enterprise.id },
      order: { effectiveAt: 'ASC' },
    });
    expect(revisions.map(({ reportingUnitId }) => reportingUnitId)).toEqual([unitId, otherUnitId]);
    expect(revisions[1]).toMatchObject({ effectiveAt: world.clock.now(), recordedAt: world.clock.now() });
  });

  it('changed in what no table groups by leaves no revision', async () => {
    const enterprise = await make.enterprise();
    expect((await patch('task_force', enterprise.id, '"1"', { isKey: true, park: null })).body).toMatchObject(
      { isKey: true },
    );
    expect(await world.dataSource.manager.countBy(EnterpriseRevision, { enterpriseId: enterprise.id })).toBe(
      1,
    );
  });

  it('is not changed by a stale tag, nor given another credit code', async () => {
    const enterprise = await make.enterprise();
    expect((await patch('task_force', enterprise.id, '"7"', { isKey: true })).status).toBe(412);
    expect((await patch('task_force', enterprise.id, '"1"', { creditCode: creditCodeOf(1) })).status).toBe(
      400,
    );
  });
});

describe('the list of enterprises', () => {
  it('is read page by page without a gap or a repeat, in one order', async () => {
    for (let count = 0; count < 7; count += 1) await make.enterprise();
    const names: unknown[] = [];
    let path: string | null = '/enterprises?limit=3';
    while (path !== null) {
      const answer: Answer = await as('task_force', path);
      for (const item of Object(answer.body['items'])) names.push(item.id);
      path = /<\/api\/v1(.*)>/.exec(answer.headers.get('link') ?? '')?.[1] ?? null;
    }
    const { body } = await as('task_force', '/enterprises?limit=1&count=exact');
    expect(names).toHaveLength(Number(body['total']));
    expect(new Set(names).size).toBe(names.length);
  });

  it('is filtered by unit, flags and fragments taken literally', async () => {
    const enterprise = await make.enterprise('610981', { isKey: true });
    expect(
      (await as('task_force', '/enterprises?reportingUnit=610981&isKey=true')).body['items'],
    ).toMatchObject([{ id: enterprise.id }]);
    expect(
      (await as('task_force', '/enterprises?reportingUnit=610981&reportingUnit=610922&isKey=false')).body[
        'items'
      ],
    ).toEqual([]);
    expect(
      (await as('task_force', `/enterprises?q=${enterprise.creditCode.slice(9)}`)).body['items'],
    ).toMatchObject([{ id: enterprise.id }]);
    expect((await as('task_force', '/enterprises?q=_%25')).body['items']).toEqual([]);
  });

  it('refuses the cursor of another list', async () => {
    const { body } = await as('task_force', '/departments?limit=1');
    const answer = await as('task_force', `/enterprises?cursor=${String(body['nextCursor'])}`);
    expect([answer.status, answer.body['code']]).toEqual([400, 'CURSOR_INVALID']);
  });
});

describe('scope', () => {
  it('out of it, an enterprise is as absent as one that does not exist', async () => {
    const foreign = await make.enterprise('610921');
    const nowhere = '0193a1b2-0000-7000-8000-000000000001';
    for (const role of ['county', 'department', 'leader'] as const) {
      for (const path of ['', '/pairings', '/production-reports']) {
        const out = await as(role, `/enterprises/${foreign.id}${path}`);
        const absent = await as(role, `/enterprises/${nowhere}${path}`);
        expect([role, path, out.status, out.body['code'], out.body['detail']]).toEqual([
          role,
          path,
          404,
          'NOT_FOUND',
          absent.body['detail'],
        ]);
      }
    }
    const list = await as('county', '/enterprises?limit=200&count=exact&reportingUnit=610921');
    expect(list.body).toMatchObject({ items: [], total: 0 });
  });

  it('of a county is its own unit, for reading and for writing', async () => {
    const own = await make.enterprise('610902');
    const foreign = await make.enterprise('610921');
    expect((await as('county', `/enterprises/${own.id}`)).status).toBe(200);
    expect((await post('county', '/enterprises', newBody())).status).toBe(201);
    const outside = await post('county', '/enterprises', newBody({ reportingUnitId: otherUnitId }));
    expect([outside.status, outside.body['code']]).toEqual([403, 'OUTSIDE_TERRITORY']);
    expect((await patch('county', own.id, '"1"', { isKey: true })).status).toBe(200);
    expect((await patch('county', own.id, '"2"', { reportingUnitId: otherUnitId })).status).toBe(403);
    expect((await patch('county', foreign.id, '"1"', { isKey: true })).status).toBe(404);
    expect(
      (
        await post('county', `/enterprises/${foreign.id}/production-reports`, {
          month: '2021-10',
          source: 'grid',
          electricity: 1,
        })
      ).status,
    ).toBe(404);
  });

  it('of a leader is what is paired, while it is', async () => {
    const enterprise = await make.enterprise();
    const reads = async (): Promise<number> => (await as('leader', `/enterprises/${enterprise.id}`)).status;
    expect(await reads()).toBe(404);
    const pairing = await post('task_force', `/enterprises/${enterprise.id}/pairings`, {
      officialId: leader.id,
    });
    expect(pairing.body).toMatchObject({ official: { id: leader.id }, fromOn: '2021-11-03', toOn: null });
    expect(await reads()).toBe(200);
    const end = `/enterprises/${enterprise.id}/pairings/${String(pairing.body['id'])}/end`;
    expect((await as('task_force', end, { method: 'POST' })).body).toMatchObject({ toOn: '2021-11-03' });
    expect(await reads()).toBe(404);
    expect((await as('task_force', end, { method: 'POST' })).body['code']).toBe('PAIRING_ENDED');
  });

  it('of the auditor is nothing, and only the task force pairs', async () => {
    const { id } = await make.enterprise();
    expect((await as('auditor', '/enterprises')).status).toBe(403);
    expect((await as('auditor', `/enterprises/${id}`)).status).toBe(403);
    for (const role of ['county', 'department', 'leader', 'auditor'] as const) {
      expect([
        role,
        (await post(role, `/enterprises/${id}/pairings`, { officialId: leader.id })).status,
      ]).toEqual([role, 403]);
    }
    for (const role of ['department', 'leader', 'auditor'] as const) {
      expect([role, (await post(role, '/enterprises', newBody())).status]).toEqual([role, 403]);
      expect([role, (await patch(role, id, '"1"', { isKey: true })).status]).toEqual([role, 403]);
      expect([role, (await post(role, `/enterprises/${id}/production-stops`, {})).status]).toEqual([
        role,
        403,
      ]);
    }
    for (const role of ['leader', 'auditor'] as const)
      expect([role, (await post(role, `/enterprises/${id}/production-reports`, {})).status]).toEqual([
        role,
        403,
      ]);
  });
});

describe('a pairing', () => {
  it.each<[string, () => Promise<object>, number, string]>([
    [
      'somebody who is no leader',
      async () => ({ officialId: (await make.official(await make.department())).id }),
      409,
      'LEADER_REQUIRED',
    ],
    ['a day to come', async () => ({ officialId: leader.id, fromOn: '2021-11-04' }), 400, 'DATE_IN_FUTURE'],
    [
      'a day that does not exist',
      async () => ({ officialId: leader.id, fromOn: '2021-02-30' }),
      400,
      'VALIDATION_FAILED',
    ],
  ])('with %s is refused', async (_, body, status, code) => {
    const { id } = await make.enterprise();
    const answer = await post('task_force', `/enterprises/${id}/pairings`, await body());
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('is made once, also by two at once', async () => {
    const { id } = await make.enterprise();
    const pair = (): Promise<Answer> =>
      post('task_force', `/enterprises/${id}/pairings`, { officialId: leader.id, fromOn: '2021-10-08' });
    expect((await Promise.all([pair(), pair()])).map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect((await as('county', `/enterprises/${id}/pairings?count=exact`)).body).toMatchObject({ total: 1 });
  });
});

describe('a production report', () => {
  const report = (id: string, body: object): Promise<Answer> =>
    post('task_force', `/enterprises/${id}/production-reports`, body);
  const october = { month: '2021-10', source: 'enterprise' };

  it('leaves what is not told unknown, and tells sources apart', async () => {
    const { id } = await make.enterprise();
    const first = await report(id, { ...october, outputValue: 0, productionDays: 0 });
    expect(first.body).toMatchObject({
      outputValue: 0,
      productionDays: 0,
      capacityUtilisation: null,
      electricity: null,
      revision: 1,
    });
    await report(id, { month: '2021-10', source: 'grid', electricity: 86_400.25 });
    await report(id, { month: '2021-09', source: 'enterprise', capacityUtilisation: 0.4321 });
    expect((await as('county', `/enterprises/${id}/production-reports`)).body['items']).toMatchObject([
      { month: '2021-09', source: 'enterprise', capacityUtilisation: 0.4321, outputValue: null },
      { month: '2021-10', source: 'enterprise', outputValue: 0 },
      { month: '2021-10', source: 'grid', electricity: 86_400.25 },
    ]);
  });

  it('corrected is a new revision; told again it is none', async () => {
    const { id } = await make.enterprise();
    await report(id, { ...october, outputValue: 100.5, productionDays: 3 });
    expect((await report(id, { ...october, outputValue: 100.5 })).body).toMatchObject({ revision: 1 });
    expect((await report(id, { ...october, outputValue: 99 })).body).toMatchObject({
      outputValue: 99,
      productionDays: 3,
      revision: 2,
    });
    const figures = await world.dataSource.manager.find(ProductionFigure, {
      where: { enterpriseId: id, metric: 'output_value' },
      order: { revision: 'ASC' },
    });
    expect(figures.map(({ value, revision }) => [Number(value), revision])).toEqual([
      [100.5, 1],
      [99, 2],
    ]);
  });

  it('by several at once loses none', async () => {
    const { id } = await make.enterprise();
    const answers = await Promise.all(
      [1, 2, 3, 4].map((outputValue) => report(id, { ...october, outputValue })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(await world.dataSource.manager.countBy(ProductionFigure, { enterpriseId: id })).toBe(4);
  });

  it.each<[object, string]>([
    [{ ...october }, 'FIGURES_REQUIRED'],
    [{ ...october, month: '2021-12', outputValue: 1 }, 'DATE_IN_FUTURE'],
    [{ ...october, month: '2021-13', outputValue: 1 }, 'VALIDATION_FAILED'],
    [{ ...october, month: '2021-09', productionDays: 31 }, 'PRODUCTION_DAYS_TOO_MANY'],
    [{ ...october, capacityUtilisation: 62 }, 'VALIDATION_FAILED'],
    [{ ...october, source: 'statistics', outputValue: 1 }, 'VALIDATION_FAILED'],
    [{ ...october, outputValue: null }, 'VALIDATION_FAILED'],
    [{ month: '2021-10', outputValue: 1 }, 'VALIDATION_FAILED'],
  ])('%j is refused with %s', async (body, code) => {
    const { id } = await make.enterprise();
    const answer = await report(id, body);
    expect([answer.status, answer.body['code']]).toEqual([400, code]);
  });
});
