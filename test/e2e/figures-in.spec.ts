import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/access/role.js';
import { RegisterFactory } from '../factories/register.js';
import { SubjectFactory } from '../factories/subjects.js';
import { type Answer, type Ask, createRegisterApp, type RegisterApp } from '../support/register-app.js';
import { until } from '../support/until.js';

let world: RegisterApp;
let make: RegisterFactory;
const tokens = new Map<Role, string>();
let departmentId: string;

beforeAll(async () => {
  world = await createRegisterApp();
  make = new RegisterFactory(world.dataSource);
  const { id: unitId } = await make.unit('610902');
  departmentId = (await make.department()).id;
  tokens.set('task_force', await world.tokenOf({ username: 'force', role: 'task_force' }));
  tokens.set('county', await world.tokenOf({ username: 'county', role: 'county', reportingUnitId: unitId }));
  tokens.set('department', await world.tokenOf({ username: 'dept', role: 'department', departmentId }));
});

afterAll(() => world.close());

const as = (role: Role, path: string, options: Ask = {}): Promise<Answer> =>
  world.ask(path, { ...options, token: tokens.get(role) ?? '' });
const post = (role: Role, path: string, body: unknown): Promise<Answer> => as(role, path, { body });
const items = ({ body }: Answer): object[] => body['items'] as object[];
const waiting = async (enterpriseId: string): Promise<number> => {
  const [row] = await world.dataSource.query<Array<{ count: number }>>(
    'SELECT count(*)::int AS count FROM production_unjudged WHERE enterprise_id = $1',
    [enterpriseId],
  );
  return row?.count ?? 0;
};

describe('a report', () => {
  const report = (id: string, body: object): Promise<Answer> =>
    post('task_force', `/enterprises/${id}/production-reports`, { source: 'enterprise', ...body });

  it('keeps staff, over capacity, and who said what when', async () => {
    const { id } = await make.enterprise();
    await report(id, { month: '2021-10', staff: 80, capacityUtilisation: 1.25 });
    const corrected = await report(id, { month: '2021-10', staff: 81 });
    expect(corrected.body).toMatchObject({
      staff: 81,
      capacityUtilisation: 1.25,
      coversMonths: 1,
      revision: 2,
      reportedBy: { kind: 'account', name: 'force' },
      openQueries: 1,
    });
    const history = await as('county', `/enterprises/${id}/production-reports?history=true&month=2021-10`);
    const by = { kind: 'account', name: 'force' };
    expect(items(history)).toMatchObject([
      { metric: 'capacity_utilisation', revision: 1, value: 1.25, reportedBy: by },
      { metric: 'staff', revision: 1, value: 80, reportedBy: by },
      { metric: 'staff', revision: 2, value: 81, reportedBy: by },
    ]);
    expect(items(await as('county', `/enterprises/${id}/production-reports?source=grid`))).toEqual([]);
    expect(await waiting(id)).toBe(2);
  });

  it('of a year to date becomes the month’s', async () => {
    const { id } = await make.enterprise();
    const told = (month: string, outputValue: number, more: object = {}): Promise<Answer> =>
      report(id, { month, outputValue, basis: 'year_to_date', ...more });
    expect((await told('2021-02', 180.5)).body).toMatchObject({ outputValue: 180.5, coversMonths: 2 });
    expect((await told('2021-03', 300)).body).toMatchObject({ outputValue: 119.5, coversMonths: 1 });
    expect((await told('2021-05', 900)).body).toMatchObject({
      code: 'YEAR_TO_DATE_GAP',
      params: { months: ['2021-04'] },
      errors: [{ pointer: '/outputValue' }],
    });
    const fell = await told('2021-04', 299);
    expect([fell.status, fell.body]).toMatchObject([
      400,
      { code: 'YEAR_TO_DATE_FELL', params: { month: '2021-03', known: '300' } },
    ]);
    expect((await told('2021-02', 1, { coversMonths: 2 })).body['code']).toBe('COVERS_MONTHS_INVALID');
  });

  it('may be of January and February together', async () => {
    const { id } = await make.enterprise();
    const both = { month: '2021-02', coversMonths: 2, productionDays: 59, outputValue: 5, staff: 3 };
    expect((await report(id, both)).body).toMatchObject({ coversMonths: 2, productionDays: 59 });
    expect((await report(id, { ...both, month: '2021-03' })).body['code']).toBe('COVERS_MONTHS_INVALID');
    const alone = { month: '2021-02', outputValue: 5 };
    expect((await report(id, alone)).body).toMatchObject({ revision: 2, outputValue: 5 });
  });

  it('of a survey for statistics is refused, for the law', async () => {
    const { id } = await make.enterprise();
    const refused = await report(id, { month: '2021-10', source: 'statistical_return', outputValue: 1 });
    expect([refused.status, refused.body]).toMatchObject([
      400,
      { code: 'STATISTICAL_SOURCE_REFUSED', detail: expect.stringContaining('Statistics Law') },
    ]);
  });

  it('is taken from the department that leads a case, and from no other that sees it', async () => {
    const subjects = new SubjectFactory(world.dataSource);
    const body = { month: '2021-10', source: 'enterprise', outputValue: 1 };
    const led = await subjects.case(await make.enterprise(), { leadDepartmentId: departmentId });
    const seen = await subjects.case(await make.enterprise());
    const say = (enterpriseId: string): Promise<Answer> =>
      post('department', `/enterprises/${enterpriseId}/production-reports`, body);
    expect((await say(led.enterpriseId)).status).toBe(201);
    const other = await say(seen.enterpriseId);
    expect([other.status, other.body['code']]).toEqual([403, 'FIGURES_NOT_LED']);
    const { id } = await make.enterprise('610921');
    expect((await say(id)).status).toBe(404);
  });
});

describe('many reports at once', () => {
  const bulk = (role: Role, rows: object[], more: object = {}): Promise<Answer> =>
    post(role, '/production-reports', { rows, ...more });
  const october = { month: '2021-10', source: 'enterprise' };

  it('are all taken, by id or credit code, and say what came of them', async () => {
    const [one, two] = [await make.enterprise(), await make.enterprise()];
    const rows = [
      { enterpriseId: one.id, ...october, outputValue: 9, productionDays: 3 },
      { creditCode: ` ${two.creditCode.toLowerCase()}`, ...october, outputValue: 7 },
      { enterpriseId: one.id, month: '2021-02', source: 'enterprise', basis: 'year_to_date', outputValue: 9 },
      { enterpriseId: one.id, month: '2021-03', source: 'enterprise', basis: 'year_to_date', outputValue: 9 },
    ];
    const first = await bulk('county', rows);
    expect([first.status, first.body]).toEqual([
      200,
      { accepted: 4, unchanged: 0, figures: 5, rejected: [] },
    ]);
    expect((await bulk('county', rows)).body).toMatchObject({ accepted: 0, unchanged: 4, figures: 0 });
    expect([await waiting(one.id), await waiting(two.id)]).toEqual([1, 1]);
  });

  const bad = async (): Promise<{ rows: object[]; good: string }> => {
    const { id } = await make.enterprise();
    const foreign = await make.enterprise('610921');
    return {
      good: id,
      rows: [
        { enterpriseId: id, ...october, outputValue: 1 },
        { enterpriseId: foreign.id, ...october, outputValue: 1 },
        { creditCode: '91610900MA70NOBODY', ...october, outputValue: 1 },
        { enterpriseId: id, month: '2021-09', source: 'enterprise', productionDays: 31 },
        { enterpriseId: id, month: '2021-09', source: 'statistical_return', outputValue: 1 },
        { enterpriseId: id, ...october, outputValue: -1 },
        { ...october, outputValue: 1 },
        { enterpriseId: id, ...october, electricity: 1 },
        { enterpriseId: id, ...october, source: 'tax', profit: 1 },
      ],
    };
  };
  const FAULTS = [
    ['/rows/1/enterpriseId', 'ENTERPRISE_UNKNOWN'],
    ['/rows/2/creditCode', 'ENTERPRISE_UNKNOWN'],
    ['/rows/3/productionDays', 'PRODUCTION_DAYS_TOO_MANY'],
    ['/rows/4/source', 'STATISTICAL_SOURCE_REFUSED'],
    ['/rows/5/outputValue', 'FIELD_MIN'],
    ['/rows/6', 'ENTERPRISE_REFERENCE_REQUIRED'],
    ['/rows/7', 'ROW_REPEATED'],
    ['/rows/8/profit', 'FIELD_UNKNOWN'],
  ];
  const faultsOf = (faults: unknown): string[][] =>
    (faults as Array<{ pointer: string; code: string }>).map(({ pointer, code }) => [pointer, code]);

  it('with one bad row are none, and each bad row is named', async () => {
    const { rows, good } = await bad();
    const refused = await bulk('county', rows);
    expect([refused.status, refused.body['code']]).toEqual([400, 'ROWS_REFUSED']);
    expect(faultsOf(refused.body['errors'])).toEqual(FAULTS);
    expect(items(await as('county', `/enterprises/${good}/production-reports`))).toEqual([]);
  });

  it('keep the valid ones where asked', async () => {
    const { rows, good } = await bad();
    const kept = await bulk('county', rows, { onError: 'keep_valid' });
    expect(kept.body).toMatchObject({ accepted: 1, unchanged: 0, figures: 1 });
    expect(faultsOf(kept.body['rejected'])).toEqual(FAULTS);
    expect(items(await as('county', `/enterprises/${good}/production-reports`))).toHaveLength(1);
  });

  it('are bounded', async () => {
    expect((await bulk('county', [])).status).toBe(400);
    const row = { creditCode: 'X', ...october, outputValue: 1 };
    expect(
      (
        await bulk(
          'county',
          Array.from({ length: 1001 }, () => row),
        )
      ).status,
    ).toBe(400);
  });
});

describe('a stop', () => {
  const body = { kind: 'seasonal', fromMonth: '2021-12', toMonth: '2022-02', reason: '枯水期' };
  const announce = (id: string, more: object = {}): Promise<Answer> =>
    post('county', `/enterprises/${id}/production-stops`, { ...body, ...more });

  it('is announced, ended early, withdrawn, and never forgotten', async () => {
    const { id } = await make.enterprise();
    const { body: stop } = await announce(id);
    const path = `/production-stops/${String(stop['id'])}`;
    expect((await post('county', `${path}/end`, { toMonth: '2022-03' })).body['code']).toBe(
      'STOP_MONTHS_INVALID',
    );
    expect((await post('county', `${path}/end`, { toMonth: '2022-01' })).body).toMatchObject({
      toMonth: '2022-01',
      announcedToMonth: '2022-02',
      version: 2,
    });
    expect((await post('county', `${path}/end`, { toMonth: '2021-12' })).body['code']).toBe('STOP_CLOSED');
    expect((await announce(id, { fromMonth: '2022-02', toMonth: null })).status).toBe(201);
    expect((await post('county', `${path}/withdraw`, { reason: '误报' })).status).toBe(200);
    expect((await post('county', `${path}/withdraw`, { reason: '误报' })).body['code']).toBe('STOP_CLOSED');
    expect(items(await as('county', `/enterprises/${id}/production-stops`))).toMatchObject([
      { fromMonth: '2021-12', withdrawalReason: '误报' },
      { fromMonth: '2022-02', toMonth: null },
    ]);
    expect(await waiting(id)).toBe(4);
  });

  it.each<[string, object]>([
    ['in its midst', { fromMonth: '2022-01', toMonth: '2022-01' }],
    ['from its last month on', { fromMonth: '2022-02', toMonth: null }],
    ['around it', { fromMonth: '2021-01', toMonth: '2023-01' }],
  ])('overlapped by another %s refuses that', async (_, other) => {
    const { id } = await make.enterprise();
    await announce(id);
    const refused = await announce(id, other);
    expect([refused.status, refused.body['code']]).toEqual([409, 'STOP_OVERLAPS']);
  });

  it('is announced once, also by two at once', async () => {
    const { id } = await make.enterprise();
    const runner = world.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT 1 FROM enterprises WHERE id = $1 FOR UPDATE', [id]);
    const both = Promise.all([announce(id), announce(id)]);
    // Whoever did not wait for the other would have looked for overlaps before there was one.
    await until(async () => {
      const [row] = await world.dataSource.query<Array<{ count: number }>>(
        'SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1',
        ['Lock'],
      );
      return row?.count === 2;
    });
    await runner.commitTransaction();
    await runner.release();
    expect((await both).map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  it('is announced and ended by its territory alone', async () => {
    const { id } = await make.enterprise('610921');
    expect((await announce(id)).status).toBe(404);
    const { body: stop } = await post('task_force', `/enterprises/${id}/production-stops`, body);
    const withdrawal = `/production-stops/${String(stop['id'])}/withdraw`;
    expect((await post('county', withdrawal, { reason: '误报' })).status).toBe(404);
    expect((await post('department', withdrawal, { reason: '误报' })).status).toBe(403);
  });
});

describe('a month that was not reported', () => {
  it('has a reason, the newest of them, beside figures that come later', async () => {
    const { id } = await make.enterprise();
    const path = `/enterprises/${id}/unreported-months`;
    await post('county', path, { month: '2021-09', reason: 'unaware' });
    const second = await post('county', path, { month: '2021-09', reason: 'unable', note: '会计离职' });
    expect(second.body).toMatchObject({ reason: 'unable', note: '会计离职', revision: 2, hasFigures: false });
    expect((await post('county', path, { month: '2021-12', reason: 'unable' })).body['code']).toBe(
      'DATE_IN_FUTURE',
    );
    const report = { month: '2021-09', source: 'enterprise', outputValue: 5 };
    expect((await post('county', `/enterprises/${id}/production-reports`, report)).body).toMatchObject({
      outputValue: 5,
      unreportedReason: 'unable',
    });
    expect(items(await as('county', path))).toMatchObject([
      { month: '2021-09', revision: 2, hasFigures: true },
    ]);
  });
});

describe('a question', () => {
  const report = (id: string, body: object): Promise<Answer> =>
    post('county', `/enterprises/${id}/production-reports`, {
      month: '2021-10',
      source: 'enterprise',
      ...body,
    });
  const asked = async (id: string, filter = ''): Promise<object[]> =>
    items(await as('county', `/production-queries?enterprise=${id}${filter}`));

  it('is raised once, corrects nothing, and closes by itself when the figure is corrected', async () => {
    const { id } = await make.enterprise();
    expect((await report(id, { outputValue: 500, productionDays: 0 })).body).toMatchObject({
      outputValue: 500,
    });
    await report(id, { outputValue: 500, productionDays: 0, staff: 9 });
    expect(await asked(id)).toMatchObject([
      {
        rule: 'output_without_days',
        month: '2021-10',
        status: 'open',
        question: expect.stringContaining('500'),
      },
    ]);
    await report(id, { productionDays: 12 });
    expect(await asked(id)).toMatchObject([
      { status: 'corrected', closedBy: { kind: 'account', name: 'county' } },
    ]);
    expect(await asked(id, '&status=open')).toEqual([]);
    await report(id, { productionDays: 0 });
    expect(await asked(id, '&status=open')).toHaveLength(1);
  });

  it('that was confirmed is not asked again of the same figure, but of another', async () => {
    const { id } = await make.enterprise();
    await report(id, { capacityUtilisation: 1.2 });
    const [query] = (await asked(id)) as Array<{ id: string }>;
    const confirm = (): Promise<Answer> =>
      post('county', `/production-queries/${query?.id}/confirm`, { answer: '满负荷' });
    expect((await confirm()).body).toMatchObject({ status: 'confirmed', answer: '满负荷', version: 2 });
    const second = await confirm();
    expect([second.status, second.body['code']]).toEqual([409, 'PRODUCTION_QUERY_CLOSED']);
    await report(id, { staff: 9 });
    expect(await asked(id)).toHaveLength(1);
    await report(id, { capacityUtilisation: 1.5 });
    expect(await asked(id, '&status=open')).toHaveLength(1);
    expect(items(await as('task_force', '/production-queries?reportingUnit=610921'))).toEqual([]);
  });

  it('of a month that is corrected so that the next repeats it, is of the next', async () => {
    const { id } = await make.enterprise();
    await report(id, { outputValue: 50, productionDays: 20 });
    await report(id, { month: '2021-09', outputValue: 50, productionDays: 20 });
    expect(await asked(id)).toMatchObject([{ rule: 'same_as_month_before', month: '2021-10' }]);
  });
});
