import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { CaseEvent } from '../../src/cases/case-event.entity.js';
import { insertEvents } from '../../src/cases/event-chain.js';
import { Rating } from '../../src/cases/rating.entity.js';
import { DepartmentRevision } from '../../src/organization/department-revision.entity.js';
import { Department } from '../../src/organization/department.entity.js';
import { Official } from '../../src/organization/official.entity.js';
import { seedOrganization } from '../../src/organization/organization.seed.js';
import { ReportingUnit } from '../../src/organization/reporting-unit.entity.js';
import { REPORTING_UNITS } from '../../src/organization/reporting-units.data.js';
import { READER_NAME } from '../../src/platform/database/open-writes.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Refusal } from '../../src/platform/errors/refusal.js';
import { weekOf } from '../../src/statistics/week.js';
import { StatisticsService } from '../../src/statistics/statistics.service.js';
import type { WeeklyAnswer } from '../../src/statistics/weekly-answer.js';
import { Story } from '../factories/weekly-story.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

// Cases of 2021-W44, Monday 1 November to Sunday 7 November, entered today.

const BY_UNIT = { subject: 'case', by: 'reportingUnit' } as const;
const BY_LEAD = { subject: 'case', by: 'leadDepartment' } as const;
const ALWAYS = new Date('1900-01-01T00:00:00Z');

let world: TestApp;
let statistics: StatisticsService;
let transactions: Transactions;
const ids = {
  hanbin: '',
  xunyang: '',
  industry: uuidv7(),
  county: uuidv7(),
  government: uuidv7(),
  official: uuidv7(),
};

beforeAll(async () => {
  world = await createTestApp();
  statistics = world.app.get(StatisticsService);
  transactions = world.app.get(Transactions);
  const { manager } = world.database.dataSource;
  ids.hanbin = (await manager.findOneByOrFail(ReportingUnit, { code: '610902' })).id;
  ids.xunyang = (await manager.findOneByOrFail(ReportingUnit, { code: '610981' })).id;
  await addDepartment(ids.industry, '市工信局', 'city', null);
  await addDepartment(ids.county, '汉滨区经贸局', 'county', ids.hanbin);
  await addDepartment(ids.government, '市政府', 'city', null);
  await manager.insert(Official, {
    id: uuidv7(),
    departmentId: ids.government,
    name: '王市长',
    post: '副市长',
    duty: 'leader',
  });
  await enter(led().assigned('2021-10-20', { department: ids.industry, dueAt: '2021-11-03T18:00' }));
  await enter(led().assigned('2021-11-02', { department: ids.industry }));
  const closed = led(ids.xunyang).assigned('2021-10-20', { department: ids.county });
  await enter(closed.resolved('2021-11-03', 'unstated'));
  await world.database.dataSource.manager.insert(Rating, {
    id: uuidv7(),
    caseId: closed.subjectId,
    problemId: null,
    rating: 'satisfied',
    source: 'call_back',
    effectiveAt: new Date('2021-11-04T04:00:00Z'),
    recordedAt: new Date(),
  });
  await enter(led().assigned('2021-11-03', { department: ids.industry }), 'problem');
});

afterAll(async () => {
  await world.close();
});

const led = (unit = ids.hanbin): Story => new Story(uuidv7(), uuidv7(), unit).reported('2021-10-08');

async function addDepartment(
  id: string,
  name: string,
  level: 'city' | 'county',
  unit: string | null,
): Promise<void> {
  const { manager } = world.database.dataSource;
  await manager.insert(Department, { id, name, code: null, level, reportingUnitId: unit });
  await rename(id, name, level, ALWAYS);
}

async function rename(
  departmentId: string,
  name: string,
  level: 'city' | 'county',
  effectiveAt: Date,
): Promise<void> {
  await world.database.dataSource.manager.insert(DepartmentRevision, {
    id: uuidv7(),
    departmentId,
    effectiveAt,
    recordedAt: new Date(),
    code: null,
    name,
    level,
  });
}

/** Writes a story's events as an import does: recorded now, or at a moment of a transaction that is still open. */
function rowsOf(story: Story, kind: 'case' | 'problem', recordedAt = new Date()): CaseEvent[] {
  return story.events.map((event) => ({
    id: uuidv7(),
    chainId: story.subjectId,
    subjectId: story.subjectId,
    subjectKind: kind,
    recordedAt,
    sequence: event.sequence,
    type: event.type,
    effectiveAt: new Date(event.effectiveAt),
    actorKind: 'import' as const,
    actorId: null,
    actorDepartmentId: null,
    payload: { ...event.payload, ...('officialId' in event.payload && { officialId: ids.official }) },
    algorithm: 'sha256' as const,
    hash: Buffer.alloc(32),
  }));
}

async function enter(story: Story, kind: 'case' | 'problem' = 'case'): Promise<void> {
  await transactions.run((tx) => insertEvents(tx, rowsOf(story, kind)));
}

const row = (table: WeeklyAnswer, key: string) => table.rows.find((one) => one.key === key);

describe('the weekly table', () => {
  it('is counted from the events, for cases and problems, both ways', async () => {
    const byUnit = await statistics.table('2021-W44', BY_UNIT);
    expect(byUnit).toMatchObject({ week: '2021-W44', ...BY_UNIT, isProvisional: false, issue: null });
    expect(byUnit.rows).toHaveLength(12);
    expect(row(byUnit, '610902')).toMatchObject({
      name: '汉滨区',
      opening: 1,
      assigned: 1,
      closing: 2,
      overdue: 1,
    });
    expect(row(byUnit, '610981')).toMatchObject({
      opening: 1,
      resolved: 1,
      unstated: 1,
      satisfactionRate: 1,
    });
    expect(byUnit.total).toMatchObject({
      opening: 2,
      assigned: 1,
      resolved: 1,
      closing: 2,
      cumulativeAssigned: 3,
    });

    const byLead = await statistics.table('2021-W44', BY_LEAD);
    expect(byLead.rows.map(({ key, closing, resolved }) => [key, closing, resolved])).toEqual([
      ['市工信局', 2, 0],
      ['county_led', 0, 1],
    ]);
    expect(byLead.total).toEqual(byUnit.total);

    const problems = await statistics.table('2021-W44', { subject: 'problem', by: 'reportingUnit' });
    expect(problems.total).toMatchObject({ assigned: 1, closing: 1, solved: 0 });
  });

  it('knows nothing of what was recorded later', async () => {
    const asOf = new Date('2021-11-09T00:00:00Z');
    const table = await statistics.table('2021-W44', BY_UNIT, asOf);
    expect(table).toMatchObject({ asOf: asOf.toISOString(), total: { cumulativeAssigned: 0 } });
  });

  it('of a running week is provisional', async () => {
    const asOf = new Date('2021-11-03T00:00:00Z');
    expect(await statistics.table('2021-W44', BY_UNIT, asOf)).toMatchObject({ isProvisional: true });
  });

  it('is not of a time to come, nor of what was known before the week began', async () => {
    const future = await statistics.table('2999-W01', BY_UNIT).catch((error: unknown) => error);
    expect(future).toEqual(new Refusal(422, 'WEEK_IN_FUTURE', { week: '2999-W01' }));
    const asOf = new Date('2021-10-31T15:59:59Z');
    const early = await statistics.table('2021-W44', BY_UNIT, asOf).catch((error: unknown) => error);
    expect(early).toEqual(
      new Refusal(422, 'AS_OF_BEFORE_WEEK', { week: '2021-W44', asOf: '2021-10-31T15:59:59.000Z' }),
    );
    await expect(statistics.table('2021-W53', BY_UNIT)).rejects.toThrow('WEEK_UNKNOWN');
  });

  it('reads more events than it holds at a time', async () => {
    const asOf = new Date();
    await world.database.dataSource.query(
      `INSERT INTO case_events (id, chain_id, sequence, subject_id, subject_kind, type, effective_at, recorded_at,
                                actor_kind, payload, hash)
       SELECT gen_random_uuid(), s.id, n, s.id, 'case', CASE n WHEN 1 THEN 'reported' ELSE 'assigned' END,
              '2019-01-01T00:00:00Z', now(), 'system',
              jsonb_build_object('enterpriseId', s.id, 'reportingUnitId', $1::text, 'departmentId', $2::text,
                                 'dueAt', '2019-02-01T10:00:00Z', 'acknowledgeBy', '2019-01-03T10:00:00Z'), ''
       FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, 2500)) s, generate_series(1, 2) n`,
      [ids.hanbin, ids.industry],
    );
    const table = await statistics.table('2019-W02', BY_UNIT);
    expect(table.total).toMatchObject({ closing: 2500, acknowledgedInTimeRate: null });
    expect((await statistics.table('2019-W02', BY_UNIT, asOf)).total.closing).toBe(0);
  });
});

describe('the moment it is known at', () => {
  /** A table as of now may be as old as the oldest statement that is under way. */
  const tableOnce = async (isThere: (table: WeeklyAnswer) => boolean): Promise<WeeklyAnswer> => {
    let table = await statistics.table('2021-W44', BY_LEAD);
    await until(async () => {
      if (isThere(table)) return true;
      table = await statistics.table('2021-W44', BY_LEAD);
      return false;
    });
    return table;
  };

  it('gives the same bytes for ever, whatever is learnt later', async () => {
    const first = await statistics.table('2021-W44', BY_LEAD);
    await enter(led().assigned('2021-11-02', { department: ids.industry }));
    await rename(ids.industry, '市工业和信息化局', 'city', new Date('2021-01-01T00:00:00Z'));
    await addDepartment(uuidv7(), '市水利局', 'city', null);
    await world.database.dataSource.manager.update(
      Department,
      { id: ids.industry },
      { name: '市工业和信息化局' },
    );
    const again = await statistics.table('2021-W44', BY_LEAD, new Date(first.asOf));
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    const now = await tableOnce(({ total }) => total.assigned !== first.total.assigned);
    expect(now.rows.map(({ name }) => name)).toEqual(['市工业和信息化局', '市水利局', '县区牵头']);
    expect(now.total.assigned).toBe(first.total.assigned + 1);
  });

  it('gives the same bytes for ever, also when a leader becomes a handler or moves', async () => {
    const { manager } = world.database.dataSource;
    const first = await statistics.table('2021-W44', BY_LEAD);
    await manager.update(Official, { departmentId: ids.government }, { duty: 'handler' });
    const again = await statistics.table('2021-W44', BY_LEAD, new Date(first.asOf));
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    const now = await tableOnce((table) => row(table, '市政府') !== undefined);
    expect(row(now, '市政府')).toMatchObject({ closing: 0 });
    await manager.update(Official, { departmentId: ids.government }, { duty: 'leader' });
    await tableOnce((table) => row(table, '市政府') === undefined);
    const asOf = new Date(now.asOf);
    expect(JSON.stringify(await statistics.table('2021-W44', BY_LEAD, asOf))).toBe(JSON.stringify(now));
  });

  it('gives the same bytes for ever, also when a reporting unit is renamed or added', async () => {
    const first = await statistics.table('2021-W44', BY_UNIT);
    const units = REPORTING_UNITS.map((unit) =>
      unit.code === '610902' ? { ...unit, name: '汉滨新区' } : unit,
    );
    const added = units.slice(0, 1).map((unit) => ({ ...unit, code: 'AK-NEW', name: '新区', position: 99 }));
    await transactions.run((tx) => seedOrganization(tx, new Date(), [...units, ...added]));
    const again = await statistics.table('2021-W44', BY_UNIT, new Date(first.asOf));
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    // An old week keeps the names that held then, also as known now.
    const now = await statistics.table('2021-W44', BY_UNIT);
    expect([row(now, '610902')?.name, row(now, 'AK-NEW')?.name]).toEqual(['汉滨区', '新区']);
    const week = weekOf(new Date().toISOString().slice(0, 10)).name;
    expect(row(await statistics.table(week, BY_UNIT), '610902')?.name).toBe('汉滨新区');
  });

  it('is never later than the start of a transaction that may still write', async () => {
    const during = await transactions.run(async (tx) => {
      const [{ startedAt } = { startedAt: ALWAYS }] = await tx.query<{ startedAt: Date }>(
        'SELECT now() AS "startedAt"',
      );
      const story = led().assigned('2021-11-02', { department: ids.industry });
      await insertEvents(tx, rowsOf(story, 'case', startedAt));
      const capped = await statistics.table('2021-W44', BY_UNIT, new Date(startedAt.getTime() + 1));
      expect(new Date(capped.asOf) <= startedAt).toBe(true);
      return capped;
    });
    const after = await statistics.table('2021-W44', BY_UNIT, new Date(during.asOf));
    expect(JSON.stringify(after)).toBe(JSON.stringify(during));
    const now = await statistics.table('2021-W44', BY_UNIT);
    expect(now.total.assigned).toBe(during.total.assigned + 1);
  });

  it('does not wait for other readers of tables', async () => {
    await transactions.run(async (tx) => {
      await tx.query(`SELECT set_config('application_name', $1, true)`, [READER_NAME]);
      const [{ at } = { at: ALWAYS }] = await tx.query<{ at: Date }>('SELECT clock_timestamp() AS at');
      const { asOf } = await statistics.table('2021-W44', BY_UNIT);
      expect(new Date(asOf) >= at).toBe(true);
    });
  });
});

describe('over HTTP', () => {
  it.each(['task_force', 'department', 'county', 'leader'] as const)('%s may read it', async (role) => {
    const client = await world.as(role);
    const { status, body } = await client.get<WeeklyAnswer>('/statistics/weekly/2021-W44?by=leadDepartment');
    expect(status).toBe(200);
    expect(body).toMatchObject({ week: '2021-W44', subject: 'case', by: 'leadDepartment', issue: null });
  });

  it.each(['auditor', 'system_admin', 'security_admin'] as const)('%s may not', async (role) => {
    const client = await world.as(role);
    expect((await client.get('/statistics/weekly/2021-W44')).status).toBe(403);
    expect((await client.get('/statistics/weekly/2021-W44/export')).status).toBe(403);
  });

  it.each([
    ['2021-W53', 404, 'WEEK_UNKNOWN'],
    ['2999-W01', 422, 'WEEK_IN_FUTURE'],
    ['2021-W44?asOf=2021-10-01T00:00:00%2B08:00', 422, 'AS_OF_BEFORE_WEEK'],
    ['2021-W44?asOf=2021-11-08', 400, 'VALIDATION_FAILED'],
    ['2021-W44?asOf=2021-13-08T00:00:00Z', 400, 'VALIDATION_FAILED'],
    ['2021-W44?by=mood', 400, 'VALIDATION_FAILED'],
    ['2021-W44?subject=car', 400, 'VALIDATION_FAILED'],
    ['2021-W44?format=csv', 400, 'VALIDATION_FAILED'],
    ['2021-W44/export?format=pdf', 400, 'VALIDATION_FAILED'],
  ])('%s is refused: %p %s', async (address, status, code) => {
    const client = await world.as('task_force');
    expect(await client.get(`/statistics/weekly/${address}`)).toMatchObject({ status, body: { code } });
  });
});
