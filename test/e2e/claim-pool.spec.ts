import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClaimPoolItem } from '../../src/cases/responsibility-lists/claim-pool.dto.js';
import type { ProblemView } from '../../src/cases/views/problem-view.js';
import { type Claimant, type Items, ListWorld, refusal, WINDOW } from '../support/list-world.js';
import type { Answer, Client } from '../support/test-app.js';

let world: ListWorld;
let land: Claimant;
let finance: Claimant;

beforeAll(async () => {
  world = await ListWorld.open();
  [land, finance] = [await world.claimant('市自然资源局'), await world.claimant('市财政局')];
});
afterAll(() => world.app.close());

const pool = async (client: Client, query = ''): Promise<ClaimPoolItem[]> =>
  (await client.get<Items<ClaimPoolItem>>(`/claim-pool?limit=200${query}`)).body.items;

describe('the claim pool', () => {
  it('shows cases and problems that nobody answers for, oldest first, with what may be done', async () => {
    const enterprise = await world.make.enterprise();
    const reported = await world.reportCase(enterprise.id);
    world.clock.advance(1000);
    const demand = await world.issuedProblem({ claimUntilOn: WINDOW.on });
    const items = await pool(land.client);
    expect(items.slice(-2)).toMatchObject([
      { kind: 'case', id: reported.id, distressType: 'stalled', title: null, responsibilityList: null },
      {
        kind: 'problem',
        id: demand.id,
        title: demand.title,
        enterprise: demand.enterprise,
        claimUntil: WINDOW.end,
        responsibilityList: { edition: 1 },
        allowedActions: ['claim'],
      },
    ]);
    expect((await pool(land.client, '&kind=case')).every(({ kind }) => kind === 'case')).toBe(true);
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Answer<Items<ClaimPoolItem>> = await land.client.get(
        `/claim-pool?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      walked.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
    }
    expect(walked).toEqual(items.map(({ id }) => id));
  });

  it('tells a department what its list suggests to it', async () => {
    const enterprise = await world.make.enterprise();
    const { id } = await world.draft([
      world.item({ enterpriseId: enterprise.id, suggestedDepartmentIds: [finance.department.id] }),
      world.item({ enterpriseId: enterprise.id }),
    ]);
    await world.issue(id);
    const suggested = await pool(finance.client, `&suggestedDepartment=${finance.department.id}`);
    expect(suggested).toMatchObject([{ suggestedDepartments: [{ name: '市财政局' }] }]);
  });

  it('keeps a county to its territory, and others out', async () => {
    await world.issuedProblem();
    const elsewhere = await world.make.enterprise('610921');
    const outside = await world.reportCase(elsewhere.id);
    const county = await pool(await world.app.as('county'));
    expect(county.length).toBeGreaterThan(0);
    expect(county.every(({ enterprise }) => enterprise?.reportingUnit.code === '610902')).toBe(true);
    expect((await pool(world.office)).some(({ id }) => id === outside.id)).toBe(true);
    for (const role of ['leader', 'auditor', 'system_admin', 'security_admin'] as const) {
      expect(refusal(await (await world.app.as(role)).get('/claim-pool'))).toBe('403 FORBIDDEN');
    }
  });

  it.each(['cases', 'problems'] as const)(
    'of two claims at once takes one, of %s, fifty times',
    async (kind) => {
      for (let round = 0; round < 50; round += 1) {
        const { id } =
          kind === 'cases'
            ? await world.reportCase((await world.make.enterprise()).id)
            : await world.issuedProblem();
        const answers = await Promise.all(
          [land, finance].map(({ client, official }) =>
            client.post(`/${kind}/${id}/claim`, { officialId: official.id }),
          ),
        );
        expect(answers.map(refusal).toSorted()).toEqual(['200 undefined', '409 CASE_TRANSITION_REFUSED']);
        expect((await world.events(id)).map(({ type }) => type)).toEqual(['reported', 'claimed']);
      }
    },
  );
});

describe('a problem of an enterprise', () => {
  const demand = { title: '用电增容', category: 'energy', cause: 'market' };

  it('without a case lives a whole life on a chain of its own', async () => {
    const enterprise = await world.make.enterprise();
    const county = await world.app.as('county');
    const reported = await county.post<ProblemView>(`/enterprises/${enterprise.id}/problems`, demand);
    expect(reported.body).toMatchObject({
      case: null,
      status: 'reported',
      help: 'coordinate',
      claimUntil: null,
    });
    const path = `/problems/${reported.body.id}`;
    await land.client.post(`${path}/claim`, { officialId: land.official.id });
    const file = new Blob(['%PDF-1.7 增容协议']);
    const fields = { kind: 'agreement', source: 'other' };
    const { body: evidence } = await land.client.upload<{ id: string }>(
      `${path}/files`,
      fields,
      file,
      '协议.pdf',
    );
    const closure = { outcome: 'solved', statement: '已增容', evidenceFileIds: [evidence.id] };
    await land.client.post(`${path}/request-closure`, closure);
    expect((await world.office.post(`${path}/approve-closure`)).body).toMatchObject({ status: 'resolved' });
    expect((await world.events(reported.body.id)).map(({ type }) => type)).toEqual([
      'reported',
      'claimed',
      'file_added',
      'closure_requested',
      'resolved',
    ]);
  });

  it('belongs to its live case where there is one', async () => {
    const enterprise = await world.make.enterprise();
    const live = await world.reportCase(enterprise.id);
    const { body } = await world.office.post<ProblemView>(`/enterprises/${enterprise.id}/problems`, demand);
    expect(body.case).toEqual({ id: live.id, number: live.number });
  });

  it('is reported by those whose enterprise it is', async () => {
    const elsewhere = await world.make.enterprise('610921');
    const county = await world.app.as('county');
    expect(refusal(await county.post(`/enterprises/${elsewhere.id}/problems`, demand))).toBe('404 NOT_FOUND');
    expect(refusal(await land.client.post(`/enterprises/${elsewhere.id}/problems`, demand))).toBe(
      '403 FORBIDDEN',
    );
  });
});

describe('a claim window', () => {
  it('closes at the end of its window; what is left is shown to the task force, who assigns it', async () => {
    const [taken, left] = [
      await world.issuedProblem({ claimUntilOn: WINDOW.on }),
      await world.issuedProblem({ claimUntilOn: WINDOW.on }),
    ];
    world.clock.set(WINDOW.end);
    // Three days later every session has ended.
    const [lands, later] = [await land.signIn(), await world.app.as('task_force')];
    const claim = (id: string) => lands.post(`/problems/${id}/claim`, { officialId: land.official.id });
    expect((await claim(taken.id)).status).toBe(200);
    expect((await pool(lands)).some(({ id }) => id === left.id)).toBe(true);
    expect((await pool(later, '&expired=true')).some(({ id }) => id === left.id)).toBe(false);

    world.clock.advance(1);
    expect(refusal(await claim(left.id))).toBe('409 CLAIM_WINDOW_OVER');
    expect((await lands.get<ProblemView>(`/problems/${left.id}`)).body.allowedActions).toEqual([]);
    expect((await pool(lands)).some(({ id }) => id === left.id)).toBe(false);
    const expired = await pool(later, '&expired=true');
    expect(expired.some(({ id }) => id === taken.id)).toBe(false);
    expect(expired.find(({ id }) => id === left.id)).toMatchObject({
      allowedActions: ['reject', 'assign', 'terminate'],
    });
    expect(refusal(await lands.get('/claim-pool?expired=true'))).toBe('403 ACTION_NOT_YOURS');

    const assigned = await later.post(`/problems/${left.id}/assign`, {
      departmentId: land.department.id,
      officialId: land.official.id,
      complexity: 'simple',
    });
    expect(assigned.body).toMatchObject({ status: 'assigned' });
  });
});
