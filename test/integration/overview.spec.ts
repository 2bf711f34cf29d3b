import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubjectRef } from '../../src/cases/subject.js';
import type { SizeClass } from '../../src/enterprises/size-class.js';
import type { OverviewView } from '../../src/statistics/overview/overview.view.js';
import type { TrendView } from '../../src/statistics/overview/trend.view.js';
import { Overview } from '../../src/statistics/overview/overview.service.js';
import { Trend } from '../../src/statistics/overview/trend.service.js';
import { StatisticsService } from '../../src/statistics/statistics.service.js';
import { ReportCase } from '../../src/cases/verbs/report-case.js';
import { DeadlineStory } from '../support/deadline-story.js';
import type { Desk, LifecycleWorld } from '../support/lifecycle-world.js';
import { createTestApp } from '../support/test-app.js';

// 2021: 26 September and 9 October are worked, 1 to 7 October are not.

let story: DeadlineStory;
let world: LifecycleWorld;
let finance: Desk;

beforeAll(async () => {
  story = await DeadlineStory.open();
  ({ world } = story);
  finance = await world.desk();
});
afterAll(() => story.close());

const report = async (unitCode: string, sizeClass: SizeClass | null): Promise<SubjectRef> => {
  const { id: enterpriseId } = await world.make.enterprise(unitCode, { sizeClass });
  const body = { enterpriseId, distressType: 'stalled' } as const;
  return { kind: 'case', id: await world.app.app.get(ReportCase).run(story.taskForce, body) };
};
const assign = (
  ref: SubjectRef,
  dueOn: string,
  { departmentId, officialId }: Desk = story.lead,
): Promise<void> => world.work.assign.run(story.taskForce, ref, { departmentId, officialId, dueOn });
const sign = (ref: SubjectRef, { actor }: Desk = story.lead): Promise<void> =>
  world.work.acknowledge.run(actor, ref, {});
const close = async (ref: SubjectRef, askedAt: string, closedAt: string): Promise<void> => {
  story.at(askedAt);
  const closing = { outcome: 'explained', statement: '已解释', evidenceFileIds: [] } as const;
  await world.closure.requestClosure.run(story.lead.actor, ref, closing);
  story.at(closedAt);
  await world.closure.approveClosure.run(story.taskForce, ref, {});
};
const at = (moment: string): Date => new Date(`${moment.replace(' ', 'T')}:00+08:00`);
const overview = (asOf?: Date, unit?: string): Promise<OverviewView> =>
  world.app.app.get(Overview).at(asOf, unit);
const table = (week: string, by: 'reportingUnit' | 'size', asOf?: Date) =>
  world.app.app.get(StatisticsService).table(week, { subject: 'case', by }, asOf);

describe('the front page', () => {
  /** What was told on Friday, 15 October, while it was the present. */
  let friday: OverviewView;

  beforeAll(async () => {
    story.at('2021-09-20 10:00');
    const closed = await report('610902', 'small');
    const reopened = await report('610902', 'large');
    const late = await report('610902', 'small');
    const silent = await report('610981', null);
    story.at('2021-09-22 10:00');
    for (const ref of [closed, reopened]) await assign(ref, '2021-10-29');
    await assign(late, '2021-10-08', finance);
    await assign(silent, '2021-10-29');
    story.at('2021-09-23 10:00');
    for (const ref of [closed, reopened, silent]) await sign(ref);
    await sign(late, finance);
    // Signed on the 23rd, noted on the 26th, a make-up Sunday.
    story.at('2021-09-26 10:00');
    const client = await story.lead.client();
    expect((await client.post(`/cases/${closed.id}/notes`, { text: '已联系' })).status).toBe(201);
    await close(closed, '2021-09-30 10:00', '2021-10-08 10:00');
    await close(reopened, '2021-10-09 10:00', '2021-10-11 10:00');
    story.at('2021-10-13 10:00');
    const { departmentId, officialId } = story.lead;
    const reason = { departmentId, officialId, reason: '反弹', dueOn: '2021-10-18' };
    await world.closure.reopen.run(story.taskForce, reopened, reason);
    const held = await report('610902', 'micro');
    await assign(held, '2021-10-29');
    await sign(held);
    await story.hold(held, '2021-11-01');
    const fresh = await report('610902', 'small');
    await assign(fresh, '2021-11-10', finance);
    await report('610981', null);
    const gone = await report('610902', 'medium');
    await assign(gone, '2021-10-29');
    await world.closure.terminate.run(story.taskForce, gone, { ground: 'merged' });
    const mistaken = await report('610902', 'medium');
    await world.closure.reject.run(story.taskForce, mistaken, { reason: '不属实' });
    const returned = await report('610902', null);
    await assign(returned, '2021-10-29');
    await world.work.giveBack.run(story.lead.actor, returned, { ground: 'other', reason: '不属于我局' });
    story.at('2021-10-15 10:00');
    friday = await overview();
  });

  it('tells what stands, by lights, ages and departments', () => {
    expect(friday).toMatchObject({
      asOf: '2021-10-15T02:00:00.000Z',
      reportingUnit: null,
      // late, silent, reopened, held, fresh, returned.
      live: 6,
      overdue: 1,
      waiting: 1,
      // Reopened: two working days are left; silent since 23 September.
      lights: { red: 1, yellow: 2, grey: 1, green: 2 },
      age: {
        // 2, 2, 2, 2, 25, 25 days: four since the 13th, by report or reopening, and two since 20 September.
        medianDays: 2,
        bands: [
          { from: 0, to: 7, count: 4 },
          { from: 8, to: 15, count: 0 },
          { from: 16, to: 30, count: 2 },
          { from: 31, to: 60, count: 0 },
          { from: 61, to: 90, count: 0 },
          { from: 91, to: null, count: 0 },
        ],
      },
      overdueByDepartment: {
        departments: [{ id: finance.departmentId, overdue: 1, share: 1 }],
        topThreeShare: 1,
      },
      campaigns: [],
    });
  });

  it('tells of the running week what its table tells', async () => {
    expect(friday.week).toEqual({
      name: '2021-W41',
      opening: 3,
      assigned: 4,
      reopened: 1,
      resolved: 1,
      terminated: 1,
      closing: 6,
      overdue: 1,
      net: 3,
    });
    const { total, rows } = await table('2021-W41', 'reportingUnit', at('2021-10-15 10:00'));
    const { name: _name, net: _net, ...flow } = friday.week;
    expect(total).toMatchObject({ ...flow, closing: friday.live, overdue: friday.overdue });
    for (const [unit, row] of rows.map((one) => [one.key, one] as const)) {
      const { week, live, overdue: late } = await overview(at('2021-10-15 10:00'), unit);
      expect([unit, live, late, week.assigned, week.resolved]).toEqual([
        unit,
        row.closing,
        row.overdue,
        row.assigned,
        row.resolved,
      ]);
    }
  });

  it('tells how long each hop took, of what was closed in thirteen weeks', () => {
    const { since, count, hops } = friday.closures;
    expect([since, count]).toEqual(['2021-07-19', 2]);
    expect(hops).toEqual({
      // The 22nd to the 23rd, both.
      signing: { closures: 2, medianWorkingDays: 1, p90WorkingDays: 1 },
      // 24 and 26 September.
      firstNote: { closures: 1, medianWorkingDays: 2, p90WorkingDays: 2 },
      // 27 to 30 September.
      asking: { closures: 1, medianWorkingDays: 4, p90WorkingDays: 4 },
      // 8 October; 11 October.
      verifying: { closures: 2, medianWorkingDays: 1, p90WorkingDays: 1 },
    });
  });

  it('tells how each size is served, as the table by size does', async () => {
    expect(friday.bySize).toEqual([
      { sizeClass: 'large', live: 1, closureRate: 0, closures: 1, medianHandlingWorkingDays: 10 },
      { sizeClass: 'medium', live: 0, closureRate: null, closures: 0, medianHandlingWorkingDays: null },
      { sizeClass: 'small', live: 2, closureRate: 0.3333, closures: 1, medianHandlingWorkingDays: 8 },
      { sizeClass: 'micro', live: 1, closureRate: 0, closures: 0, medianHandlingWorkingDays: null },
      { sizeClass: null, live: 2, closureRate: 0, closures: 0, medianHandlingWorkingDays: null },
    ]);
    const { rows } = await table('2021-W41', 'size', at('2021-10-15 10:00'));
    for (const { sizeClass, live, closureRate } of friday.bySize) {
      const row = rows.find(({ key }) => key === (sizeClass ?? 'unstated'));
      expect([sizeClass, row?.closing, row?.closureRate]).toEqual([sizeClass, live, closureRate]);
    }
  });

  it('tells the same of that moment when everything has changed since', async () => {
    story.at('2021-10-20 10:00');
    const notes = await world.query<{ id: string }>('SELECT id FROM cases ORDER BY number');
    const client = await story.lead.client();
    const money = await finance.client();
    for (const { id } of notes) {
      const { status } = await client.post(`/cases/${id}/notes`, { text: '再联系' });
      if (status !== 201) await money.post(`/cases/${id}/notes`, { text: '再联系' });
    }
    const office = await world.app.as('task_force');
    for (const { id } of await world.query<{ id: string }>('SELECT id FROM enterprises')) {
      const change = { sizeClass: 'large', reportingUnitId: (await world.make.unit('610981')).id };
      const { status } = await office.patch(`/enterprises/${id}`, change, { 'if-match': '"1"' });
      expect(status).toBe(200);
    }
    story.at('2021-10-21 10:00');
    expect(await overview(at('2021-10-15 10:00'))).toEqual(friday);
    const now = await overview();
    expect([now.live, now.overdue, now.week.name]).toEqual([6, 2, '2021-W42']);
    // The two overdue, and the one that was returned: nobody has assigned it anew in time.
    expect(now.lights).toMatchObject({ red: 3 });
  });

  it('tells of weeks one after the other what their tables tell', async () => {
    const trend = (over: object, asOf?: Date): Promise<TrendView> =>
      world.app.app
        .get(Trend)
        .of({ weeks: 6, subject: 'case', by: 'reportingUnit', row: null, ...over }, asOf);
    for (const asOf of [undefined, at('2021-10-14 09:00')]) {
      for (const row of [null, '610902']) {
        const { points } = await trend({ row }, asOf);
        expect(points).toHaveLength(6);
        expect(points.map(({ isProvisional }) => isProvisional)).toEqual([
          false,
          false,
          false,
          false,
          false,
          true,
        ]);
        for (const { week, ...point } of points) {
          const { total, rows, isProvisional } = await table(week, 'reportingUnit', asOf);
          const figures = row === null ? total : rows.find(({ key }) => key === row);
          expect({ week, isProvisional, ...figures }).toMatchObject({ week, ...point });
        }
      }
    }
    const { points, ...of } = await trend({ weeks: 1, subject: 'problem', by: 'cause', row: 'market' });
    expect(of).toMatchObject({ subject: 'problem', by: 'cause', row: 'market' });
    expect(points).toMatchObject([{ week: '2021-W42', opening: 0, closing: 0, closureRate: null }]);
    await expect(trend({ row: '999999' })).rejects.toMatchObject({ status: 422, code: 'TREND_ROW_UNKNOWN' });
  });

  it('refuses figures that do not agree with the table', async () => {
    const [late] = await world.query<{ id: string }>(
      'SELECT id FROM cases WHERE lead_department_id = $1 ORDER BY due_at LIMIT 1',
      [finance.departmentId],
    );
    await world.query(`UPDATE cases SET due_at = '2022-01-01' WHERE id = $1`, [late?.id]);
    await expect(overview()).rejects.toMatchObject({ status: 409, code: 'TABLE_NOT_RECONCILED' });
    await world.query(`UPDATE cases SET due_at = '2021-10-08T18:00:00+08:00' WHERE id = $1`, [late?.id]);
    await expect(overview()).resolves.toMatchObject({ overdue: 2 });
  });

  it.each([
    ['overview?reportingUnit=999999', 422, 'REPORTING_UNIT_UNKNOWN'],
    ['overview?asOf=2021-10-01', 400, 'VALIDATION_FAILED'],
    ['overview?asOf=2021-02-30T00:00:00Z', 400, 'VALIDATION_FAILED'],
    ['overview?asOf=2021-09-20T00:00:00%2B08:00', 422, 'AS_OF_BEFORE_EVENTS'],
    ['overview?week=2021-W41', 400, 'VALIDATION_FAILED'],
    ['trend?weeks=0', 400, 'VALIDATION_FAILED'],
    ['trend?weeks=105', 400, 'VALIDATION_FAILED'],
    ['trend?weeks=many', 400, 'VALIDATION_FAILED'],
    ['trend?row=999999', 422, 'TREND_ROW_UNKNOWN'],
    ['trend?by=cause', 400, 'GROUPING_OF_PROBLEMS_ONLY'],
    ['trend?by=mood', 400, 'VALIDATION_FAILED'],
  ])('%s is refused: %p %s', async (address, status, code) => {
    const client = await world.app.as('task_force');
    expect(await client.get(`/statistics/${address}`)).toMatchObject({ status, body: { code } });
  });

  it('of a time to come is that of now', async () => {
    const client = await world.app.as('task_force');
    const { status, body } = await client.get<OverviewView>('/statistics/overview?asOf=2031-01-01T00:00:00Z');
    expect([status, body.week.name]).toEqual([200, '2021-W42']);
  });

  it.each(['department', 'county', 'leader'] as const)('%s may read the whole of it', async (role) => {
    const client = await world.app.as(role);
    const { status, body } = await client.get<OverviewView>('/statistics/overview');
    expect([status, body.live]).toEqual([200, 6]);
    expect((await client.get<TrendView>('/statistics/trend')).body.points).toHaveLength(26);
  });

  it.each(['auditor', 'system_admin', 'security_admin'] as const)('%s may not', async (role) => {
    const client = await world.app.as(role);
    expect((await client.get('/statistics/overview')).status).toBe(403);
    expect((await client.get('/statistics/trend')).status).toBe(403);
  });
});

it('of an empty product is nothing, in the same shape', async () => {
  const empty = await createTestApp();
  const client = await empty.as('task_force');
  const { status, body } = await client.get<OverviewView>('/statistics/overview');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    live: 0,
    overdue: 0,
    waiting: 0,
    lights: { red: 0, yellow: 0, grey: 0, green: 0 },
    week: { opening: 0, assigned: 0, closing: 0, net: 0 },
    age: { medianDays: null },
    overdueByDepartment: { departments: [], topThreeShare: null },
    closures: { count: 0, hops: { signing: { closures: 0, medianWorkingDays: null, p90WorkingDays: null } } },
    campaigns: [],
  });
  const early = await client.get<OverviewView>(
    '/statistics/overview?asOf=2001-01-01T00:00:00Z&reportingUnit=610902',
  );
  expect(early).toMatchObject({ status: 200, body: { live: 0, reportingUnit: { code: '610902' } } });
  const { points } = (await client.get<TrendView>('/statistics/trend?weeks=2')).body;
  expect(points).toMatchObject([{ closing: 0, closureRate: null }, { isProvisional: true }]);
  await empty.close();
});
