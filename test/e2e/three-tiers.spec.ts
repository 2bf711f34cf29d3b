import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { DefectView } from '../../src/cases/defects/defects.dto.js';
import type { HandoverView } from '../../src/cases/handover/handover.dto.js';
import type { CaseView } from '../../src/cases/views/case-view.js';
import { RegisterFactory } from '../factories/register.js';
import { type Answer, type Client, createTestApp, type TestApp } from '../support/test-app.js';

let world: TestApp;
let make: RegisterFactory;
let office: Client;

beforeAll(async () => {
  world = await createTestApp();
  make = new RegisterFactory(world.database.dataSource);
  office = await world.as('task_force');
});
afterAll(() => world.close());

const pair = (enterprise: { id: string }, body: object): Promise<Answer> =>
  office.post(`/enterprises/${enterprise.id}/pairings`, body);
const refusal = ({ status, body }: Answer): string => `${status} ${String(body['code'])}`;

describe('pairing at three tiers', () => {
  it('is by leaders, units and officials, each at the level of its department unless told', async () => {
    const enterprise = await make.enterprise();
    const city = await make.department();
    const county = await make.department('汉滨区经贸局', 'county', '610902');
    const town = await make.department('五里镇政府', 'town', '610902');
    const leader = await make.official(city, { duty: 'leader' });
    const clerk = await make.official(town);
    expect((await pair(enterprise, { officialId: leader.id })).body).toMatchObject({
      tier: 'city',
      duty: 'leader',
      official: { id: leader.id },
      department: { id: city.id },
    });
    expect((await pair(enterprise, { duty: 'unit', departmentId: county.id })).body).toMatchObject({
      tier: 'county',
      duty: 'unit',
      official: null,
      department: { name: '汉滨区经贸局' },
    });
    const official = { duty: 'official', officialId: clerk.id };
    expect((await pair(enterprise, official)).body).toMatchObject({ tier: 'town', duty: 'official' });
    expect(
      (await pair(enterprise, { duty: 'unit', departmentId: city.id, tier: 'town' })).body,
    ).toMatchObject({
      tier: 'town',
    });
    const list = await office.get(`/enterprises/${enterprise.id}/pairings?count=exact`);
    expect(list.body).toMatchObject({ total: 4 });
  });

  it('is of each party once at a time', async () => {
    const enterprise = await make.enterprise();
    const unit = { duty: 'unit', departmentId: (await make.department()).id };
    const first = await pair(enterprise, unit);
    expect(refusal(await pair(enterprise, unit))).toBe('409 PAIRING_EXISTS');
    await office.post(`/enterprises/${enterprise.id}/pairings/${String(first.body['id'])}/end`);
    const answers = await Promise.all([pair(enterprise, unit), pair(enterprise, unit)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  it('goes as a leader’s to who is paired there as an official, or as leader of another tier', async () => {
    const government = await make.department('县政府', 'county', '610902');
    const leader = await make.official(government, { duty: 'leader' });
    const other = await make.official(government, { duty: 'leader' });
    const paired = await Promise.all([make.enterprise(), make.enterprise(), make.enterprise()]);
    const [asOfficial, ofTown, today] = paired.map(({ id }) => `/enterprises/${id}/pairings`);
    const long = { fromOn: '2021-10-08' };
    for (const [path, body] of [
      [asOfficial, { ...long, officialId: leader.id }],
      [asOfficial, { ...long, officialId: other.id, duty: 'official' }],
      [ofTown, { ...long, officialId: leader.id }],
      [ofTown, { ...long, officialId: other.id, tier: 'town' }],
      [today, { officialId: leader.id }],
      [today, { officialId: other.id, duty: 'official' }],
    ] as const)
      expect((await office.post(path ?? '', body)).status).toBe(201);
    const moved = async (preview: boolean): Promise<number> => {
      const path = `/officials/${leader.id}/handover`;
      const { body } = await office.post<HandoverView>(path, { to: [{ officialId: other.id }], preview });
      return body.counts.pairings;
    };
    expect(await moved(true)).toBe(3);
    expect(await moved(false)).toBe(3);
    const live = await world.database.dataSource.query<Array<Record<string, string>>>(
      `SELECT enterprise_id AS id, duty, tier FROM pairings WHERE official_id = $1 AND to_on IS NULL ORDER BY duty, tier`,
      [other.id],
    );
    const of = (place: number): string[] =>
      live.filter(({ id }) => id === paired[place]?.id).map(({ duty, tier }) => `${tier} ${duty}`);
    expect(of(0)).toEqual(['county leader', 'county official']);
    expect(of(1)).toEqual(['county leader', 'town leader']);
    expect(of(2)).toEqual(['county leader', 'county official']);
    expect(
      await world.database.dataSource.query(
        'SELECT 1 FROM pairings WHERE official_id = $1 AND to_on IS NULL',
        [leader.id],
      ),
    ).toEqual([]);
  });

  it.each<[string, () => Promise<object>, string]>([
    ['nobody', async () => ({}), '400 VALIDATION_FAILED'],
    ['no unit', async () => ({ duty: 'unit' }), '400 VALIDATION_FAILED'],
    ['another duty', async () => ({ duty: 'friend', officialId: uuidv7() }), '400 VALIDATION_FAILED'],
    ['an unknown unit', async () => ({ duty: 'unit', departmentId: uuidv7() }), '409 DEPARTMENT_UNKNOWN'],
    ['an unknown official', async () => ({ duty: 'official', officialId: uuidv7() }), '409 OFFICIAL_UNKNOWN'],
    [
      'a unit and an official at once',
      async () => ({ duty: 'unit', departmentId: uuidv7(), officialId: uuidv7() }),
      '400 PAIRING_PARTY_INVALID',
    ],
    [
      'an inactive official',
      async () => {
        const official = await make.official(await make.department(), { isActive: false });
        return { duty: 'official', officialId: official.id };
      },
      '409 OFFICIAL_INACTIVE',
    ],
  ])('with %s is refused', async (_, body, expected) => {
    expect(refusal(await pair(await make.enterprise(), await body()))).toBe(expected);
  });
});

describe('data defects', () => {
  const defectsOf = async (id: string): Promise<string[]> => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const path: string = `/data-defects?limit=3${cursor === null ? '' : `&cursor=${cursor}`}`;
      const { body } = await office.get<{ items: DefectView[]; nextCursor: string | null }>(path);
      found.push(...body.items.filter(({ subject }) => subject.id === id).map(({ kind }) => kind));
      cursor = body.nextCursor;
    } while (cursor !== null);
    return found;
  };

  it('are gaps of pairing, empty duties, missing contacts and people who have left; mended they are gone', async () => {
    const department = await make.department();
    const official = await make.official(department, { email: null });
    const enterprise = await make.enterprise();
    expect(await defectsOf(enterprise.id)).toEqual([]);
    const reported = { enterpriseId: enterprise.id, distressType: 'stalled' };
    const { body: made } = await office.post<CaseView>('/cases', reported);
    await office.post(`/cases/${made.id}/assign`, {
      departmentId: department.id,
      officialId: official.id,
      complexity: 'simple',
    });
    expect(await defectsOf(enterprise.id)).toEqual([
      'enterprise_without_contact',
      'enterprise_without_leader',
      'enterprise_without_official',
      'enterprise_without_unit',
    ]);
    expect(await defectsOf(department.id)).toEqual(['department_without_head', 'department_without_liaison']);
    expect(await defectsOf(official.id)).toEqual(['official_without_email']);
    expect(await defectsOf(made.id)).toEqual([]);
    await make.official(department, { duty: 'liaison' });
    const mend = await office.patch(
      `/enterprises/${enterprise.id}`,
      { contactEmail: 'li@enterprise.example' },
      { 'if-match': '"1"' },
    );
    expect(mend.status).toBe(200);
    for (const tier of ['city', 'county', 'town']) {
      await pair(enterprise, { duty: 'unit', departmentId: (await make.department()).id, tier });
      await pair(enterprise, { duty: 'official', officialId: official.id, tier });
    }
    await pair(enterprise, {
      officialId: (await make.official(department, { duty: 'leader' })).id,
      tier: 'county',
    });
    const gap = await office.get<{ items: DefectView[] }>(
      '/data-defects?kind=enterprise_without_leader&limit=200',
    );
    expect(gap.body.items.find(({ subject }) => subject.id === enterprise.id)?.tiers).toEqual([
      'city',
      'town',
    ]);
    await world.database.dataSource.query('UPDATE officials SET is_active = false WHERE id = $1', [
      official.id,
    ]);
    expect(await defectsOf(department.id)).toEqual(['department_without_head']);
    expect(await defectsOf(enterprise.id)).toEqual([
      'enterprise_without_leader',
      'pairing_official_inactive',
    ]);
    expect(await defectsOf(official.id)).toEqual([]);
    expect(await defectsOf(made.id)).toEqual(['assignment_official_inactive']);
  });

  it('keep a department from leaving while it leads, co-handles or is paired; what left before shows', async () => {
    const [leading, helping, paired] = [
      await make.department(),
      await make.department(),
      await make.department(),
    ];
    const official = await make.official(leading);
    const enterprise = await make.enterprise();
    const reported = { enterpriseId: enterprise.id, distressType: 'stalled' };
    const { body: made } = await office.post<CaseView>('/cases', reported);
    await office.post(`/cases/${made.id}/assign`, {
      departmentId: leading.id,
      officialId: official.id,
      complexity: 'simple',
      coHandlers: [{ departmentId: helping.id }],
    });
    await pair(enterprise, { duty: 'unit', departmentId: paired.id });
    const none = { assignments: 0, coHandling: 0, pairings: 0 };
    const uses = [
      [leading, { ...none, assignments: 1 }],
      [helping, { ...none, coHandling: 1 }],
      [paired, { ...none, pairings: 1 }],
    ] as const;
    for (const [{ id }, params] of uses) {
      const answer = await office.patch(`/departments/${id}`, { isActive: false }, { 'if-match': '"1"' });
      expect([refusal(answer), answer.body['params']]).toEqual(['409 DEPARTMENT_IN_USE', params]);
      await world.database.dataSource.query('UPDATE departments SET is_active = false WHERE id = $1', [id]);
    }
    expect(await defectsOf(made.id)).toEqual([
      'assignment_department_inactive',
      'co_handler_department_inactive',
    ]);
    expect(await defectsOf(enterprise.id)).toContain('pairing_department_inactive');
  });

  it('are asked for by kind, and by the task force alone', async () => {
    const { status, body } = await office.get<{ items: DefectView[]; total: number }>(
      '/data-defects?kind=department_without_head&count=exact',
    );
    expect(status).toBe(200);
    expect(body.total).toBe(body.items.length);
    expect(new Set(body.items.map(({ kind }) => kind))).toEqual(new Set(['department_without_head']));
    expect((await office.get('/data-defects?kind=typo')).status).toBe(400);
    expect((await (await world.as('department')).get('/data-defects')).status).toBe(403);
  });
});
