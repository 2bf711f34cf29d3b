import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  InstructionView,
  NoteView,
  PlanView,
  RatingPage,
  VisitView,
} from '../../src/cases/case-file/entry-views.js';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { ProblemView } from '../../src/cases/views/problem-view.js';
import type { Department } from '../../src/organization/department.entity.js';
import type { Official } from '../../src/organization/official.entity.js';
import { RegisterFactory } from '../factories/register.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Answer, type Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Refused {
  code: string;
  params: Record<string, unknown>;
  errors: Array<{ pointer: string; code: string }>;
}
interface Items<View> {
  items: View[];
  nextCursor: string | null;
}

const NOWHERE = '0193a1b2-0000-7000-8000-000000000001';
/** A Monday morning. */
const MONDAY = '2021-11-01T09:00:00+08:00';

describe('the case file by HTTP', () => {
  const clock = new FakeClock(new Date(MONDAY));
  let world: TestApp;
  let make: RegisterFactory;
  let office: Client;
  let lead: Client;
  let coHandler: Client;
  let stranger: Client;
  let county: Client;
  let department: Department;
  let coDepartment: Department;
  let official: Official;

  beforeAll(async () => {
    world = await createTestApp({ clock });
    make = new RegisterFactory(world.database.dataSource);
    department = await make.department('市工信局');
    coDepartment = await make.department('市自然资源局');
    official = await make.official(department);
    lead = await clientOf(department);
    coHandler = await clientOf(coDepartment);
    stranger = await clientOf(await make.department());
    office = await world.as('task_force');
    county = await world.as('county');
  });
  afterAll(() => world.close());

  const clientOf = async ({ id: departmentId }: Department): Promise<Client> => {
    const account = await make.account('department', { departmentId });
    return world.signIn(account.username, account.password);
  };
  /** Later on: who was signed in must sign in again. */
  const later = async (moment: string, work: (lead: Client) => Promise<void>): Promise<void> => {
    clock.set(moment);
    try {
      await work(await clientOf(department));
    } finally {
      clock.set(MONDAY);
    }
  };
  const report = async (unit?: string): Promise<CaseView> => {
    const { id: enterpriseId } = await make.enterprise(unit);
    return (await office.post<CaseView>('/cases', { enterpriseId, distressType: 'stalled' })).body;
  };
  const assigned = async (): Promise<CaseView> => {
    const { id } = await report();
    const answer = await office.post<CaseView>(`/cases/${id}/assign`, {
      departmentId: department.id,
      officialId: official.id,
      complexity: 'general',
      coHandlers: [{ departmentId: coDepartment.id }],
    });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const inProgress = async (): Promise<CaseView> => {
    const { id } = await assigned();
    return (await lead.post<CaseView>(`/cases/${id}/acknowledge`)).body;
  };
  const closed = async (): Promise<string> => {
    const { id } = await inProgress();
    const closure = { outcome: 'explained', statement: '已依法解释', evidenceFileIds: [] };
    await lead.post(`/cases/${id}/request-closure`, closure);
    expect((await office.post(`/cases/${id}/approve-closure`)).status).toBe(200);
    return id;
  };
  const events = async (id: string): Promise<string[]> => {
    const rows = await world.database.dataSource.query<Array<{ type: string }>>(
      'SELECT type FROM case_events WHERE chain_id = $1 ORDER BY sequence',
      [id],
    );
    return rows.map(({ type }) => type);
  };
  const refusal = ({ status, body }: Answer<unknown>): string => `${status} ${(body as Refused).code}`;
  const faults = ({ body }: Answer<unknown>): string[] =>
    (body as Refused).errors.map(({ pointer, code }) => `${pointer} ${code}`);

  describe('the plan 一企一策', () => {
    const plan = (over: object = {}): object => ({
      goal: '十二月前恢复生产',
      measures: [
        {
          what: '办理用地手续',
          departmentId: department.id,
          officialId: official.id,
          dueOn: '2021-11-20',
          ...over,
        },
      ],
    });

    it('is saved version by version, and none is overwritten', async () => {
      const { id } = await inProgress();
      expect(refusal(await lead.get(`/cases/${id}/plan`))).toBe('404 NOT_FOUND');
      const first = await lead.post<PlanView>(`/cases/${id}/plans`, plan());
      expect([first.status, first.body.planVersion]).toEqual([201, 1]);
      const done = await office.post<PlanView>(`/cases/${id}/plans`, plan({ doneOn: '2021-11-01' }));
      expect(done.body).toMatchObject({
        planVersion: 2,
        measures: [
          {
            ordinal: 1,
            what: '办理用地手续',
            department: { id: department.id, name: '市工信局' },
            official: { id: official.id },
            dueOn: '2021-11-20',
            doneOn: '2021-11-01',
          },
        ],
      });
      const { body } = await lead.get<Items<PlanView>>(`/cases/${id}/plans?limit=1`);
      expect(body.items[0]).toEqual(done.body);
      const older = await lead.get<Items<PlanView>>(`/cases/${id}/plans?limit=1&cursor=${body.nextCursor}`);
      expect(older.body).toEqual({ items: [first.body], nextCursor: null });
      expect((await events(id)).slice(-2)).toEqual(['plan_saved', 'plan_saved']);
      await expect(
        world.database.dataSource.query('UPDATE plan_measures SET done_on = now() WHERE plan_id = $1', [
          first.body.id,
        ]),
      ).rejects.toThrow(/permission denied/);
    });

    it('has one of two that were written over the same version of the case', async () => {
      const { id, version } = await inProgress();
      const seen = { 'if-match': `"${version}"` };
      const answers = await Promise.all([1, 2].map(() => lead.post(`/cases/${id}/plans`, plan(), seen)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 412]);
    });

    it('is not for others to save', async () => {
      const { id } = await inProgress();
      const leader = await world.as('leader');
      expect(refusal(await coHandler.post(`/cases/${id}/plans`, plan()))).toBe('403 ACTION_NOT_YOURS');
      expect(refusal(await stranger.post(`/cases/${id}/plans`, plan()))).toBe('404 NOT_FOUND');
      expect(refusal(await stranger.get(`/cases/${id}/plans`))).toBe('404 NOT_FOUND');
      expect((await county.post(`/cases/${id}/plans`, plan())).status).toBe(403);
      expect((await leader.post(`/cases/${id}/plans`, plan())).status).toBe(403);
      expect(refusal(await office.post(`/cases/${await closed()}/plans`, plan()))).toBe('409 CASE_NOT_LIVE');
    });

    it('says which measure is wrong, and takes none', async () => {
      const { id } = await inProgress();
      const inactive = await make.official(department, { isActive: false });
      const wrong = [
        [{ departmentId: NOWHERE, officialId: undefined }, '/measures/0/departmentId DEPARTMENT_UNKNOWN'],
        [{ departmentId: coDepartment.id }, '/measures/0/officialId OFFICIAL_OF_ANOTHER_DEPARTMENT'],
        [{ officialId: inactive.id }, '/measures/0/officialId OFFICIAL_INACTIVE'],
        [{ doneOn: '2021-11-02' }, '/measures/0/doneOn DATE_IN_FUTURE'],
        [{ dueOn: '2021-02-30' }, '/measures/0/dueOn FIELD_IS_CALENDAR_DATE'],
        [{ what: ' ' }, '/measures/0/what FIELD_MATCHES'],
      ] as const;
      for (const [over, fault] of wrong) {
        const answer = await lead.post(`/cases/${id}/plans`, plan(over));
        expect([answer.status, faults(answer)]).toEqual([400, [fault]]);
      }
      expect((await lead.post(`/cases/${id}/plans`, { goal: '无', measures: [] })).status).toBe(400);
      expect(await events(id)).not.toContain('plan_saved');
    });
  });

  describe('progress notes', () => {
    it('make a silent case green again', async () => {
      const { id } = await inProgress();
      await later('2021-11-09T09:00:00+08:00', async (client) => {
        expect((await client.get<CaseView>(`/cases/${id}`)).body.light).toBe('yellow');
        const added = await client.post<{ id: string }>(`/cases/${id}/notes`, { text: '已上门对接' });
        expect(added.status).toBe(201);
        expect((await client.get<CaseView>(`/cases/${id}`)).body.light).toBe('green');
        const { body } = await client.get<Items<NoteView>>(`/cases/${id}/notes`);
        expect(body.items).toMatchObject([{ id: added.body.id, text: '已上门对接', fileIds: [] }]);
      });
      expect((await events(id)).at(-1)).toBe('note_added');
    });

    it('come from those who work on it, on cases and on problems', async () => {
      const { id } = await inProgress();
      const problem = await office.post<ProblemView>(`/cases/${id}/problems`, {
        title: '用地',
        category: 'land',
        cause: 'government',
      });
      for (const client of [office, lead, coHandler, county]) {
        expect((await client.post(`/cases/${id}/notes`, { text: '进展' })).status).toBe(201);
      }
      expect((await office.post(`/problems/${problem.body.id}/notes`, { text: '进展' })).status).toBe(201);
      // Seen in the claim pool, and led by nobody yet.
      expect(refusal(await stranger.post(`/problems/${problem.body.id}/notes`, { text: '?' }))).toBe(
        '403 ACTION_NOT_YOURS',
      );
      expect(refusal(await stranger.post(`/cases/${id}/notes`, { text: '?' }))).toBe('404 NOT_FOUND');
      const leader = await world.as('leader');
      expect((await leader.post(`/cases/${id}/notes`, { text: '?' })).status).toBe(403);
      expect((await office.get<Items<NoteView>>(`/cases/${id}/notes?count=exact`)).body).toMatchObject({
        total: 4,
      });
    });

    it('are words, not megabytes, and name files that are there', async () => {
      const { id } = await inProgress();
      const before = await events(id);
      const long = await lead.post(`/cases/${id}/notes`, { text: 'x'.repeat(1_000_000) });
      expect([long.status, faults(long)]).toEqual([400, ['/text FIELD_MAX_LENGTH']]);
      expect((await lead.post(`/cases/${id}/notes`, { text: 'x'.repeat(1_100_000) })).status).toBe(413);
      expect((await lead.post(`/cases/${id}/notes`, { text: ' \n ' })).status).toBe(400);
      const missing = await lead.post(`/cases/${id}/notes`, { text: '见附件', fileIds: [NOWHERE] });
      expect([refusal(missing), faults(missing)]).toEqual([
        '400 EVIDENCE_UNKNOWN',
        ['/fileIds/0 EVIDENCE_UNKNOWN'],
      ]);
      expect(await events(id)).toEqual(before);
    });
  });

  describe('visits', () => {
    const visit = (over: object = {}): object => ({
      visitedOn: '2021-11-01',
      place: '恒口工业园',
      people: ['王思远', '李明'],
      findings: '供电不足',
      ...over,
    });
    const found = [
      { title: '变压器容量不足', category: 'energy', cause: 'government' },
      { title: '流动资金短缺', category: 'funds', cause: 'market' },
    ];

    it('put what was found on the responsibility list in one step', async () => {
      const { id } = await inProgress();
      const { body } = await office.post<{ id: string }>(`/cases/${id}/visits`, visit({ problems: found }));
      const list = await lead.get<Items<VisitView>>(`/cases/${id}/visits`);
      expect(list.body.items).toMatchObject([
        { id: body.id, visitedOn: '2021-11-01', place: '恒口工业园', people: ['王思远', '李明'] },
      ]);
      expect(list.body.items[0]?.problems.map(({ title }) => title)).toEqual(found.map(({ title }) => title));
      expect((await office.get<CaseView>(`/cases/${id}`)).body.problems).toEqual({ total: 2, open: 2 });
      expect((await events(id)).slice(-3)).toEqual(['reported', 'reported', 'visit_recorded']);
    });

    it('leave nothing behind where a part of it may not be', async () => {
      const { id } = await inProgress();
      const before = await events(id);
      const byLead = await lead.post(`/cases/${id}/visits`, visit({ problems: found }));
      expect(refusal(byLead)).toBe('403 ACTION_NOT_YOURS');
      const tomorrow = await office.post(
        `/cases/${id}/visits`,
        visit({ visitedOn: '2021-11-02', problems: found }),
      );
      expect([refusal(tomorrow), faults(tomorrow)]).toEqual([
        '400 DATE_IN_FUTURE',
        ['/visitedOn DATE_IN_FUTURE'],
      ]);
      const half = await office.post(`/cases/${id}/visits`, visit({ problems: [found[0], { title: 'x' }] }));
      expect(half.status).toBe(400);
      expect((await lead.post(`/cases/${id}/visits`, visit({ people: [] }))).status).toBe(400);
      expect(refusal(await stranger.post(`/cases/${id}/visits`, visit()))).toBe('404 NOT_FOUND');
      expect(refusal(await stranger.post(`/cases/${(await report()).id}/visits`, visit()))).toBe(
        '403 ACTION_NOT_YOURS',
      );
      expect(await events(id)).toEqual(before);
      expect((await office.get<CaseView>(`/cases/${id}`)).body.problems.total).toBe(0);
      expect((await lead.post(`/cases/${id}/visits`, visit())).status).toBe(201);
    });
  });

  describe('instructions 批示', () => {
    const leaderOf = async (item: CaseView): Promise<Client> => {
      const leader = await make.official(await make.department(), { duty: 'leader' });
      await world.database.dataSource.query(
        `INSERT INTO pairings (id, enterprise_id, official_id, from_on) VALUES (gen_random_uuid(), $1, $2, '2021-01-01')`,
        [item.enterprise.id, leader.id],
      );
      const account = await make.account('leader', { officialId: leader.id });
      return world.signIn(account.username, account.password);
    };

    it('are left by the paired leader and answered by the lead department', async () => {
      const item = await inProgress();
      const path = `/cases/${item.id}/instructions`;
      const leader = await leaderOf(item);
      const body = { text: '请专题研究', replyBy: '2021-11-06' };
      const left = await leader.post<{ id: string }>(path, body);
      expect(left.status).toBe(201);
      expect((await office.post(path, { text: '按批示办' })).status).toBe(201);
      const read = async (client: Client): Promise<InstructionView | undefined> =>
        (await client.get<Items<InstructionView>>(path)).body.items.find(({ id }) => id === left.body.id);
      // A Saturday means the working day before it.
      const expected = { replyBy: '2021-11-05T10:00:00.000Z', isReplyOverdue: false, replies: [] };
      expect(await read(lead)).toMatchObject(expected);
      await later('2021-11-05T18:01:00+08:00', async (client) => {
        expect(await read(client)).toMatchObject({ isReplyOverdue: true });
        const reply = await client.post(`/instructions/${left.body.id}/replies`, { text: '已研究' });
        expect(reply.status).toBe(201);
        expect(await read(client)).toMatchObject({
          isReplyOverdue: false,
          replies: [{ text: '已研究', department: { id: department.id } }],
        });
      });
      expect((await events(item.id)).slice(-3)).toEqual([
        'instruction_left',
        'instruction_left',
        'instruction_answered',
      ]);
    });

    it('are not left on what is not paired, nor by departments, nor answered by others', async () => {
      const item = await inProgress();
      const path = `/cases/${item.id}/instructions`;
      const other = await leaderOf(await report());
      const left = await office.post<{ id: string }>(path, { text: '请抓紧' });
      expect(refusal(await other.post(path, { text: '?' }))).toBe('404 NOT_FOUND');
      expect((await lead.post(path, { text: '?' })).status).toBe(403);
      expect((await county.post(path, { text: '?' })).status).toBe(403);
      const replies = `/instructions/${left.body.id}/replies`;
      expect(refusal(await coHandler.post(replies, { text: '?' }))).toBe('403 ACTION_NOT_YOURS');
      const unseen = await stranger.post<Refused>(replies, { text: '?' });
      expect(unseen.body).toMatchObject({ status: 404, params: { what: 'instruction', id: left.body.id } });
      expect((await office.post(replies, { text: '?' })).status).toBe(403);
      const late = await office.post(path, { text: '?', replyBy: '2021-10-29' });
      expect([refusal(late), faults(late)]).toEqual(['400 DUE_DATE_PAST', ['/replyBy DUE_DATE_PAST']]);
      expect(refusal(await office.post(`/cases/${await closed()}/instructions`, { text: '?' }))).toBe(
        '409 CASE_NOT_LIVE',
      );
    });
  });

  describe("a co-handler's opinion", () => {
    const rungs = async (id: string): Promise<string[]> => {
      const rows = await world.database.dataSource.query<Array<{ state: string }>>(
        `SELECT state FROM reminders WHERE clock = 'co_handle' AND clock_run_id = $1`,
        [id],
      );
      return rows.map(({ state }) => state);
    };

    it('is given once by the co-handling department, and ends its clock', async () => {
      const { id, coHandlers } = await inProgress();
      const asked = coHandlers[0]?.id ?? '';
      const path = `/co-handlers/${asked}/opinion`;
      const opinion = { opinion: '用地符合规划' };
      expect(await rungs(asked)).toContain('armed');
      expect(refusal(await lead.post(path, opinion))).toBe('403 ACTION_NOT_YOURS');
      const unseen = await stranger.post<Refused>(path, opinion);
      expect(unseen.body).toMatchObject({ status: 404, params: { what: 'co-handler' } });
      expect((await office.post(path, opinion)).status).toBe(403);
      expect((await coHandler.post(path, { opinion: '' })).status).toBe(400);
      const answers = await Promise.all([1, 2].map(() => coHandler.post(path, opinion)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      expect(refusal(await coHandler.post(path, opinion))).toBe('409 OPINION_GIVEN');
      expect(new Set(await rungs(asked))).toEqual(new Set(['cancelled']));
      const seen = await lead.get<CaseView>(`/cases/${id}`);
      expect(seen.body.coHandlers).toMatchObject([opinion]);
      expect((await events(id)).filter((type) => type === 'opinion_given')).toHaveLength(1);
    });

    it('is not awaited once it is closed', async () => {
      const id = await closed();
      const { body } = await coHandler.get<CaseView>(`/cases/${id}`);
      const late = await coHandler.post(`/co-handlers/${body.coHandlers[0]?.id}/opinion`, {
        opinion: '同意',
      });
      expect(refusal(late)).toBe('409 ASSIGNMENT_ENDED');
    });
  });

  describe('ratings 企业评价', () => {
    it('propose reopening where the last one was not satisfied', async () => {
      const id = await closed();
      const rate = (rating: string) =>
        office.post(`/cases/${id}/ratings`, { rating, source: 'call_back', comment: '电话回访' });
      const read = async (): Promise<RatingPage> => (await lead.get<RatingPage>(`/cases/${id}/ratings`)).body;
      const isProposed = async (): Promise<boolean> => {
        const { body } = await office.get<Items<{ id: string }>>('/reopen-proposals?limit=200');
        return body.items.some((item) => item.id === id);
      };
      expect((await rate('satisfied')).status).toBe(201);
      expect(await read()).toMatchObject({ reopenProposedAt: null, items: [{ comment: '电话回访' }] });
      await rate('dissatisfied');
      expect((await read()).reopenProposedAt).toBe(new Date(MONDAY).toISOString());
      expect(await isProposed()).toBe(true);
      const unseen = await stranger.get<Items<{ id: string }>>('/reopen-proposals');
      expect(unseen.body.items).toEqual([]);
      expect((await events(id)).slice(-3)).toEqual(['rated', 'rated', 'reopen_proposed']);
      // Called again, it says otherwise: the last one counts.
      await rate('fairly_satisfied');
      expect([(await read()).reopenProposedAt, await isProposed()]).toEqual([null, false]);
      await rate('very_dissatisfied');
      await office.post(`/cases/${id}/reopen`, {
        reason: '企业不满意',
        departmentId: department.id,
        officialId: official.id,
        dueOn: '2021-11-30',
      });
      expect([(await read()).reopenProposedAt, await isProposed()]).toEqual([null, false]);
    });

    it('are taken by the task force, of what is closed', async () => {
      const { id } = await inProgress();
      const body = { rating: 'satisfied', source: 'portal' };
      expect(refusal(await office.post(`/cases/${id}/ratings`, body))).toBe('409 RATING_BEFORE_CLOSURE');
      expect((await lead.post(`/cases/${id}/ratings`, body)).status).toBe(403);
      expect((await office.post(`/cases/${id}/ratings`, { ...body, source: 'ledger' })).status).toBe(400);
      expect((await office.post(`/cases/${id}/ratings`, { ...body, rating: 'fine' })).status).toBe(400);
      expect(refusal(await stranger.get(`/cases/${id}/ratings`))).toBe('404 NOT_FOUND');
      expect(refusal(await office.post(`/problems/${NOWHERE}/ratings`, body))).toBe('404 NOT_FOUND');
    });
  });
});
