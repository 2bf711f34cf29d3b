import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as Session } from 'pg';
import type { HandoverView } from '../../src/cases/handover/handover.dto.js';
import type { PastAssignmentView } from '../../src/cases/timeline/timeline.views.js';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { ProblemView } from '../../src/cases/views/problem-view.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { Sweep } from '../../src/reminders/sweep.js';
import { RegisterFactory } from '../factories/register.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Answer, type Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

interface Refused {
  code: string;
  params: Record<string, unknown>;
  errors: Array<{ pointer: string; code: string }>;
}

const NOTHING = { cases: 0, problems: 0, coHandling: 0, pairings: 0, plans: 0, deliveries: 0 };

describe('handing over', () => {
  const clock = new FakeClock(new Date('2021-11-03T09:30:00+08:00'));
  let world: TestApp;
  let make: RegisterFactory;
  let office: Client;
  let department: Department;
  let successor: Official;
  let liaison: Official;

  beforeAll(async () => {
    world = await createTestApp({ clock });
    make = new RegisterFactory(world.database.dataSource);
    department = await make.department('市工信局');
    successor = await make.official(department);
    liaison = await make.official(department, { duty: 'liaison' });
    office = await world.as('task_force');
  });
  afterAll(() => world.close());

  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    world.database.dataSource.query<Row[]>(sql, parameters);
  const moveTo = async (moment: string): Promise<void> => {
    clock.set(moment);
    office = await world.as('task_force');
  };
  const assign = async (path: string, official: Official, over: object = {}): Promise<void> => {
    const { departmentId, id: officialId } = official;
    const body = { departmentId, officialId, complexity: 'simple', ...over };
    expect((await office.post(`${path}/assign`, body)).status).toBe(200);
  };
  const assignedCase = async (official: Official, over: object = {}): Promise<CaseView> => {
    const { id: enterpriseId } = await make.enterprise();
    const { body } = await office.post<CaseView>('/cases', { enterpriseId, distressType: 'stalled' });
    await assign(`/cases/${body.id}`, official, over);
    return body;
  };
  const assignedProblem = async ({ id }: CaseView, official: Official): Promise<ProblemView> => {
    const problem = { title: '用地手续', category: 'land', cause: 'government' };
    const { body } = await office.post<ProblemView>(`/cases/${id}/problems`, problem);
    await assign(`/problems/${body.id}`, official);
    return body;
  };
  const handOver = <Body = HandoverView>(
    { id }: Official,
    to: object[],
    preview = false,
  ): Promise<Answer<Body>> => office.post<Body>(`/officials/${id}/handover`, { to, preview });
  const deactivate = ({ id }: Official): Promise<Answer<Refused>> =>
    office.patch<Refused>(`/officials/${id}`, { isActive: false }, { 'if-match': '"1"' });
  const refusal = ({ status, body }: Answer<unknown>): string => `${status} ${(body as Refused).code}`;
  const clocks = (): Promise<unknown[]> =>
    query(
      `SELECT id, assigned_at, acknowledge_by, acknowledged_at, due_at, deadline_version, department_id, ended_at
         FROM assignments ORDER BY id`,
    );
  const reminders = (): Promise<unknown[]> =>
    query('SELECT id, rung, state, is_running, deadline_version, fires_at FROM reminders ORDER BY id');
  /** What people are told when something is assigned is sent at once. */
  const tellOfAssignments = async (): Promise<void> => {
    await world.app.get(Sweep).run();
    await query(`UPDATE deliveries SET status = 'sent' WHERE notice_id IS NOT NULL AND status = 'pending'`);
  };
  const pendingOf = async ({ id }: Official): Promise<number> =>
    (await query(`SELECT 1 FROM deliveries WHERE official_id = $1 AND status = 'pending'`, [id])).length;

  it('gives thirty live assignments and all that hangs on them to others: preview equals result', async () => {
    const leaving = await make.official(department);
    const cases: CaseView[] = [];
    for (let made = 0; made < 24; made += 1) cases.push(await assignedCase(leaving));
    const problems: ProblemView[] = [];
    for (const owner of cases.slice(0, 6)) problems.push(await assignedProblem(owner, leaving));
    const elsewhere = await make.official(await make.department('市财政局'));
    const coHandled = await assignedCase(elsewhere, {
      coHandlers: [{ departmentId: department.id, officialId: leaving.id }],
    });
    const enterprise = await make.enterprise();
    const pairing = { officialId: leaving.id, duty: 'official' };
    const paired = await office.post(`/enterprises/${enterprise.id}/pairings`, pairing);
    expect([paired.status, paired.body]).toEqual([
      201,
      expect.objectContaining({ tier: 'city', duty: 'official' }),
    ]);

    const stands = { cases: 24, problems: 6, coHandling: 1, pairings: 1, plans: 0, deliveries: 0 };
    const inTheWay = await deactivate(leaving);
    expect([refusal(inTheWay), inTheWay.body.params]).toEqual(['409 OFFICIAL_IN_USE', stands]);

    const before = { clocks: await clocks(), reminders: await reminders() };
    const [named] = cases;
    const [ownProblem, otherProblem] = problems;
    const to = [
      { officialId: successor.id },
      { officialId: liaison.id, caseIds: [named?.id], problemIds: [otherProblem?.id] },
    ];
    const preview = await handOver(leaving, to, true);
    expect(preview.status).toBe(200);
    expect(preview.body.counts).toEqual({ ...stands, pendingApprovals: 0 });
    expect(await query(`SELECT 1 FROM case_events WHERE type = 'handed_over'`)).toEqual([]);
    const result = await handOver(leaving, to);
    expect(result.body).toEqual({ ...preview.body, preview: false });

    expect({ clocks: await clocks(), reminders: await reminders() }).toEqual(before);
    const official = async (path: string): Promise<string | undefined> =>
      (await office.get<CaseView>(path)).body.assignment?.official.id;
    // The case that is named takes its problem along; the problem that is named leaves its case behind.
    expect(await official(`/cases/${named?.id}`)).toBe(liaison.id);
    expect(await official(`/problems/${ownProblem?.id}`)).toBe(liaison.id);
    expect(await official(`/problems/${otherProblem?.id}`)).toBe(liaison.id);
    expect(await official(`/cases/${cases[1]?.id}`)).toBe(successor.id);
    expect(await official(`/cases/${cases[23]?.id}`)).toBe(successor.id);
    const list = await office.get<{ items: CaseView[] }>(`/cases?official=${successor.id}&limit=200`);
    expect(list.body.items).toHaveLength(23);

    const events = await query<{ subject_id: string; payload: object }>(
      `SELECT subject_id, payload FROM case_events WHERE type = 'handed_over'`,
    );
    expect(events).toHaveLength(31);
    const [assignment] = await query<{ id: string }>('SELECT assignment_id AS id FROM cases WHERE id = $1', [
      named?.id,
    ]);
    expect(events.find((event) => event.subject_id === named?.id)?.payload).toEqual({
      assignmentId: assignment?.id,
      coHandlerId: null,
      fromOfficialId: leaving.id,
      toOfficialId: liaison.id,
    });
    expect(events.find((event) => event.subject_id === coHandled.id)?.payload).toMatchObject({
      coHandlerId: expect.any(String),
      toOfficialId: successor.id,
    });
    // Whom it was given to first stays to be read.
    const history = async ({ id }: { id: string } = { id: '' }) =>
      (await office.get<{ items: PastAssignmentView[] }>(`/cases/${id}/assignments`)).body.items[0];
    const handover = (to: Official) => ({ from: { id: leaving.id }, to: { id: to.id } });
    expect(await history(named)).toMatchObject({
      official: { id: liaison.id },
      handovers: [{ at: '2021-11-03T01:30:00.000Z', ...handover(liaison) }],
    });
    expect(await history(coHandled)).toMatchObject({
      handovers: [],
      coHandlers: [{ official: { id: successor.id }, handovers: [handover(successor)] }],
    });
    const pairings = await office.get(`/enterprises/${enterprise.id}/pairings`);
    expect(pairings.body['items']).toMatchObject([{ official: { id: successor.id }, toOn: null }]);

    expect((await deactivate(leaving)).status).toBe(200);

    // Friday: three working days are left; the rung reminds whoever answers now.
    await moveTo('2021-11-05T09:00:00+08:00');
    await world.app.get(Sweep).run();
    expect(await pendingOf(leaving)).toBe(0);
    expect(await query('SELECT 1 FROM deliveries WHERE official_id = $1', [leaving.id])).toEqual([]);
    expect(await pendingOf(successor)).toBeGreaterThan(50);
  });

  it('takes along what is recorded and not yet sent, once for each', async () => {
    await moveTo('2021-11-03T09:30:00+08:00');
    const leaving = await make.official(department);
    await assignedCase(leaving);
    await assignedCase(leaving);
    await tellOfAssignments();
    await moveTo('2021-11-10T09:00:00+08:00');
    await world.app.get(Sweep).run();
    // Two cases due today, by mail and SMS.
    const due = `SELECT d.status, d.reason, d.official_id AS "officialId", d.message_id AS "messageId"
      FROM deliveries d JOIN reminders r ON r.id = d.reminder_id WHERE r.rung = 'due_today' AND r.id = ANY ($1::uuid[])`;
    const mine = await query<{ id: string }>(
      `SELECT DISTINCT reminder_id AS id FROM deliveries WHERE official_id = $1 AND status = 'pending'`,
      [leaving.id],
    );
    const ids = mine.map(({ id }) => id);
    expect(await pendingOf(leaving)).toBe(4);

    const owners = await query<{ id: string }>('SELECT id FROM cases WHERE official_id = $1 ORDER BY id', [
      leaving.id,
    ]);
    // The liaison is reminded of both already; the successor of neither.
    const to = [{ officialId: liaison.id, caseIds: [owners[0]?.id] }, { officialId: successor.id }];
    expect((await handOver(leaving, to, true)).body.counts.deliveries).toBe(4);
    expect((await handOver(leaving, to)).body.counts.deliveries).toBe(4);
    const after = await query<Record<string, string | null>>(due, [ids]);
    const of = ({ id }: Official, status: string) =>
      after.filter((row) => row['officialId'] === id && row['status'] === status);
    expect(of(leaving, 'pending')).toEqual([]);
    expect(of(leaving, 'suppressed').map(({ reason }) => reason)).toEqual(['HANDED_OVER', 'HANDED_OVER']);
    expect(of(liaison, 'pending')).toHaveLength(4);
    expect(of(successor, 'pending').map(({ messageId }) => messageId)).toEqual([null, null]);
    await world.app.get(Sweep).run();
    const composed = await query<Record<string, string | null>>(
      `SELECT m.official_id AS "officialId" FROM deliveries d JOIN messages m ON m.id = d.message_id
        WHERE d.official_id = $1 AND d.reminder_id = ANY ($2::uuid[])`,
      [successor.id, ids],
    );
    expect(composed).toEqual([{ officialId: successor.id }, { officialId: successor.id }]);
  });

  it('leaves no reminder behind that came to somebody for a duty, and none of a sweep under way', async () => {
    await moveTo('2021-11-10T09:05:00+08:00');
    const own = await make.department();
    const leaving = await make.official(own, { duty: 'liaison' });
    const handler = await make.official(own);
    const mine = await assignedCase(leaving);
    await assignedCase(handler, { complexity: 'general' });
    await tellOfAssignments();
    await moveTo('2021-12-01T09:00:00+08:00');
    await world.app.get(Sweep).run();
    // As the liaison of another's overdue case; what reminds of his own goes with it.
    const forDuty = await query<{ id: string }>(
      `SELECT d.id FROM deliveries d JOIN reminders r ON r.id = d.reminder_id
        WHERE d.official_id = $1 AND d.status = 'pending' AND r.case_id <> $2`,
      [leaving.id, mine.id],
    );
    expect(forDuty.length).toBeGreaterThan(0);
    const all = [{ officialId: handler.id, caseIds: [mine.id] }];
    for (const preview of [true, false]) {
      const refused = await handOver<Refused>(leaving, all, preview);
      expect([refusal(refused), refused.body.params]).toEqual([
        '409 HANDOVER_INCOMPLETE',
        { ...NOTHING, pendingApprovals: 0, deliveries: forDuty.length },
      ]);
    }
    expect((await office.get<CaseView>(`/cases/${mine.id}`)).body.assignment?.official.id).toBe(leaving.id);

    // The last of a sweep is written while the handover waits for it.
    const sweep = new Session({ connectionString: world.database.url });
    await sweep.connect();
    await sweep.query('SELECT pg_advisory_lock(7264010)');
    const handover = handOver(leaving, [{ officialId: handler.id }]);
    await until(async () => {
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`;
      return (await query(waiting)).length > 0;
    });
    await sweep.query(
      `INSERT INTO deliveries (id, reminder_id, official_id, channel, status, queued_at)
       SELECT uuidv7(), id, $1, 'email', 'pending', now() FROM reminders
        WHERE NOT EXISTS (SELECT FROM deliveries d WHERE d.reminder_id = reminders.id) LIMIT 1`,
      [leaving.id],
    );
    await sweep.end();
    expect((await handover).status).toBe(200);
    expect(await pendingOf(leaving)).toBe(0);

    await query(`UPDATE deliveries SET official_id = $1 WHERE id = $2`, [leaving.id, forDuty[0]?.id]);
    await query(`UPDATE deliveries SET status = 'pending', message_id = NULL WHERE id = $1`, [
      forDuty[0]?.id,
    ]);
    const inTheWay = await deactivate(leaving);
    expect([refusal(inTheWay), inTheWay.body.params]).toEqual([
      '409 OFFICIAL_IN_USE',
      { ...NOTHING, deliveries: 1 },
    ]);
    await moveTo('2021-11-10T09:05:00+08:00');
  });

  it('gives a leader’s pairings to another leader, of whatever department', async () => {
    const government = await make.department('市政府');
    const leader = await make.official(government, { duty: 'leader' });
    const other = await make.official(await make.department('市委'), { duty: 'leader' });
    const [before, today, both] = [await make.enterprise(), await make.enterprise(), await make.enterprise()];
    const pair = (enterprise: { id: string }, official: Official, fromOn?: string) =>
      office.post(`/enterprises/${enterprise.id}/pairings`, { officialId: official.id, fromOn });
    await pair(before, leader, '2021-10-08');
    await pair(today, leader);
    await pair(both, leader, '2021-10-08');
    await pair(both, other, '2021-10-11');
    const colleague = await make.official(government);
    const refused = await handOver<Refused>(leader, [{ officialId: colleague.id }]);
    expect([refusal(refused), refused.body.errors]).toEqual([
      '400 HANDOVER_INVALID',
      [expect.objectContaining({ pointer: '/to/0/officialId', code: 'LEADER_REQUIRED' })],
    ]);
    expect((await handOver(leader, [{ officialId: other.id }])).body.counts).toMatchObject({ pairings: 3 });
    const pairings = async ({ id }: { id: string }): Promise<unknown[]> => {
      const { body } = await office.get<{ items: Array<Record<string, object>> }>(
        `/enterprises/${id}/pairings`,
      );
      return body.items.map(({ official, fromOn, toOn }) => [
        Object(official).id === leader.id ? 'leader' : 'other',
        fromOn,
        toOn,
      ]);
    };
    expect(await pairings(before)).toEqual([
      ['leader', '2021-10-08', '2021-11-09'],
      ['other', '2021-11-10', null],
    ]);
    expect(await pairings(today)).toEqual([['other', '2021-11-10', null]]);
    expect(await pairings(both)).toEqual([
      ['leader', '2021-10-08', '2021-11-09'],
      ['other', '2021-10-11', null],
    ]);
    expect((await deactivate(leader)).status).toBe(200);
  });

  it('takes along what is still to be done by a plan, counts what waits for a decision, tells whom one stands in for', async () => {
    await moveTo('2021-11-10T09:05:00+08:00');
    const leaving = await make.official(department);
    const measured = await assignedCase(successor);
    const own = await assignedCase(leaving);
    const measure = (official: Official, over: object = {}) => ({
      what: '协调用地',
      departmentId: department.id,
      officialId: official.id,
      dueOn: '2021-12-10',
      ...over,
    });
    const plan = (measures: object[]) =>
      office.post<Refused>(`/cases/${measured.id}/plans`, { goal: '复产', measures });
    const done = measure(leaving, { doneOn: '2021-11-09' });
    expect((await plan([measure(leaving), done, measure(liaison)])).status).toBe(201);
    await query(
      `INSERT INTO extensions (id, assignment_id, requested_at, requested_by, due_at, reason)
       SELECT uuidv7(), id, now(), uuidv7(), now(), '等待批复' FROM assignments WHERE case_id = $1`,
      [own.id],
    );
    await office.post(`/officials/${liaison.id}/deputies`, {
      deputyId: leaving.id,
      fromOn: '2021-11-10',
      toOn: '2021-11-20',
    });
    const inTheWay = await deactivate(leaving);
    expect([refusal(inTheWay), inTheWay.body.params]).toEqual([
      '409 OFFICIAL_IN_USE',
      { ...NOTHING, cases: 1, plans: 1 },
    ]);
    const to = [{ officialId: successor.id }];
    const preview = await handOver(leaving, to, true);
    const result = await handOver(leaving, to);
    expect(result.body).toEqual({ ...preview.body, preview: false });
    expect(result.body.counts).toMatchObject({ cases: 1, plans: 1, pendingApprovals: 1 });
    expect(result.body.standsInFor).toEqual([
      { officialId: liaison.id, name: liaison.name, fromOn: '2021-11-10', toOn: '2021-11-20' },
    ]);
    const versions = await query<{ version: number; officials: string[] }>(
      `SELECT l.plan_version AS version, array_agg(m.official_id::text ORDER BY m.ordinal) AS officials
         FROM case_plans l JOIN plan_measures m ON m.plan_id = l.id WHERE l.case_id = $1 GROUP BY 1 ORDER BY 1`,
      [measured.id],
    );
    expect(versions).toEqual([
      { version: 1, officials: [leaving.id, leaving.id, liaison.id] },
      { version: 2, officials: [successor.id, leaving.id, liaison.id] },
    ]);
    expect((await deactivate(leaving)).status).toBe(200);
    // What somebody did who has left stays done by him; nothing more is his to do.
    expect((await plan([measure(successor), done])).status).toBe(201);
    const refused = await plan([measure(leaving), done]);
    expect([refusal(refused), refused.body.errors.map(({ pointer }) => pointer)]).toEqual([
      '400 ANSWERABLE_INVALID',
      ['/measures/0/officialId'],
    ]);
  });
});
