import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { ResponsibilityListView } from '../../src/cases/responsibility-lists/responsibility-list.view.js';
import { type Claimant, faults, type Items, ListWorld, refusal, WINDOW } from '../support/list-world.js';

let world: ListWorld;
let land: Claimant;

beforeAll(async () => {
  world = await ListWorld.open();
  land = await world.claimant('市自然资源局');
});
afterAll(() => world.app.close());

describe('a responsibility list', () => {
  it('becomes problems when it is issued: of the live case where there is one, else of the enterprise', async () => {
    const [halted, running] = [await world.make.enterprise(), await world.make.enterprise()];
    const live = await world.reportCase(halted.id);
    const list = await world.draft(
      [
        world.item({ enterpriseId: halted.id, suggestedDepartmentIds: [land.department.id] }),
        world.item({ enterpriseId: running.id, description: '座谈会提出', category: 'funds' }),
        world.item({ caseId: live.id, category: 'energy' }),
      ],
      { claimUntilOn: WINDOW.on },
    );
    expect(list).toMatchObject({ edition: 1, status: 'draft', itemsAdded: 3, claimUntil: WINDOW.end });
    expect((await world.items(list.id)).map((each) => each.problem)).toEqual([null, null, null]);

    const issued = await world.issue(list.id);
    expect(issued.body).toMatchObject({
      status: 'issued',
      issuedAt: world.clock.now().toISOString(),
      version: 2,
    });
    const items = await world.items(list.id);
    expect(items.map(({ enterprise }) => enterprise?.id)).toEqual([halted.id, running.id, halted.id]);
    const [first, second, third] = await Promise.all(items.map((each) => world.problem(each.problem?.id)));
    expect(first).toMatchObject({ status: 'reported', case: { id: live.id }, claimUntil: WINDOW.end });
    expect(second).toMatchObject({ case: null, description: '座谈会提出', category: 'funds', help: 'serve' });
    expect(third).toMatchObject({ case: { id: live.id }, category: 'energy' });
    expect((await world.office.get<CaseView>(`/cases/${live.id}`)).body.problems).toEqual({
      total: 2,
      open: 2,
    });
    expect((await world.events(live.id)).map(({ type }) => type)).toEqual([
      'reported',
      'reported',
      'reported',
    ]);
    expect(await world.events(second?.id ?? '')).toMatchObject([
      { type: 'reported', payload: { responsibilityListId: list.id, claimUntil: WINDOW.end } },
    ]);
  });

  it('starts the clock by which someone must answer for each of its problems', async () => {
    const { id } = await world.issuedProblem();
    const armed = await world.app.database.dataSource.query(
      `SELECT rung FROM reminders WHERE subject_id = $1 AND state = 'armed'`,
      [id],
    );
    expect(armed).toEqual([{ rung: 'assign_overdue' }]);
  });

  it('is issued once, also by two at once', async () => {
    const { id } = await world.draft([world.item({ enterpriseId: (await world.make.enterprise()).id })]);
    const answers = await Promise.all([world.issue(id), world.issue(id), world.issue(id)]);
    expect(answers.map(refusal).toSorted()).toEqual(['200 undefined', '409 LIST_ISSUED', '409 LIST_ISSUED']);
    expect(refusal(await world.issue(id))).toBe('409 LIST_ISSUED');
    const [{ problem: only } = { problem: null }] = await world.items(id);
    expect(await world.events(only?.id ?? '')).toHaveLength(1);
  });

  it('is issued as a whole or not at all', async () => {
    const [verifying, running] = [await world.make.enterprise(), await world.make.enterprise()];
    const { id: caseId } = await world.reportCase(verifying.id);
    const list = await world.draft([
      world.item({ enterpriseId: running.id }),
      world.item({ enterpriseId: verifying.id }),
    ]);
    await world.office.post(`/cases/${caseId}/assign`, {
      departmentId: land.department.id,
      officialId: land.official.id,
      complexity: 'simple',
    });
    await land.client.post(`/cases/${caseId}/acknowledge`);
    const closure = { outcome: 'explained', statement: '已解释', evidenceFileIds: [] };
    expect((await land.client.post(`/cases/${caseId}/request-closure`, closure)).status).toBe(200);

    const refused = await world.issue(list.id);
    expect(refusal(refused)).toBe('409 LIST_ITEMS_REFUSED');
    expect(faults(refused)).toEqual(['/items/1 CASE_BEING_VERIFIED']);
    expect((await world.items(list.id)).map((each) => each.problem)).toEqual([null, null]);
    expect((await world.office.get(`/responsibility-lists/${list.id}`)).body).toMatchObject({
      status: 'draft',
    });

    await world.office.post(`/cases/${caseId}/send-back`, { reason: '另有问题' });
    expect((await world.issue(list.id)).body).toMatchObject({ status: 'issued' });
  });

  it('grows by editions and loses nothing', async () => {
    const enterprise = await world.make.enterprise();
    const asked = world.item({ enterpriseId: enterprise.id });
    const first = await world.draft([asked]);
    const path = `/responsibility-lists/${first.id}`;
    const edition = { title: '清单（增补）', issuedOn: '2021-08-24', items: [asked] };
    expect(refusal(await world.office.post(`${path}/editions`, edition))).toBe('409 LIST_DRAFT_OPEN');
    await world.issue(first.id);
    const before = await world.items(first.id);

    for (const change of [
      await world.office.post(`${path}/items`, { items: [world.item({ enterpriseId: enterprise.id })] }),
      await world.office.patch(path, { title: '改' }, { 'if-match': '"2"' }),
      await world.deleteItem(first.id, before[0]?.id ?? ''),
    ]) {
      expect(refusal(change)).toBe('409 LIST_ISSUED');
    }
    const repeated = await world.office.post(`${path}/editions`, edition);
    expect(faults(repeated)).toEqual(['/items/0/title LIST_ITEM_REPEATED']);

    const added = { ...edition, items: [world.item({ enterpriseId: enterprise.id })] };
    const two = await Promise.all(
      [1, 2].map(() => world.office.post<ResponsibilityListView>(`${path}/editions`, added)),
    );
    expect(two.map(refusal).toSorted()).toEqual(['201 undefined', '409 LIST_DRAFT_OPEN']);
    const second = two.find(({ status }) => status === 201)?.body;
    expect(second).toMatchObject({ number: first.number, edition: 2, itemsAdded: 1, itemsTotal: 2 });
    await world.issue(second?.id ?? '');
    const after = await world.items(second?.id ?? '');
    expect(after.map((each) => each.edition)).toEqual([1, 2]);
    expect(after[0]).toEqual(before[0]);
    expect(await world.items(first.id)).toEqual(before);
    const query = `/responsibility-lists?number=${first.number}&limit=1`;
    const newest = (await world.office.get<Items<ResponsibilityListView>>(query)).body;
    expect(newest.items.map((each) => each.edition)).toEqual([2]);
    const older = await world.office.get<Items<ResponsibilityListView>>(
      `${query}&cursor=${newest.nextCursor}`,
    );
    expect(older.body).toMatchObject({ items: [{ edition: 1 }], nextCursor: null });
  });

  it('keeps what was issued even from who writes past the product', async () => {
    const { id } = await world.draft([world.item({ enterpriseId: (await world.make.enterprise()).id })]);
    await world.issue(id);
    const { dataSource } = world.app.database;
    await expect(
      dataSource.query('DELETE FROM responsibility_list_items WHERE list_id = $1', [id]),
    ).rejects.toThrow(/not changed/);
    await expect(
      dataSource.query(`UPDATE responsibility_lists SET title = '改' WHERE id = $1`, [id]),
    ).rejects.toThrow(/not changed/);
  });

  it('is changed while it is a draft, with If-Match', async () => {
    const enterprise = await world.make.enterprise();
    const list = await world.draft([world.item({ enterpriseId: enterprise.id })]);
    const path = `/responsibility-lists/${list.id}`;
    expect(refusal(await world.office.patch(path, { title: '改' }))).toBe('428 IF_MATCH_REQUIRED');
    const changed = await world.office.patch(path, { claimUntilOn: WINDOW.on }, { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ claimUntil: WINDOW.end, version: 2 });
    expect(refusal(await world.office.patch(path, { title: '改' }, { 'if-match': '"1"' }))).toBe(
      '412 VERSION_STALE',
    );
    expect(
      (await world.office.patch(path, { claimUntilOn: null }, { 'if-match': '"2"' })).body,
    ).toMatchObject({
      claimUntil: null,
    });
    const more = await world.office.post(`${path}/items`, {
      items: [world.item({ enterpriseId: enterprise.id })],
    });
    expect(more.body).toMatchObject({ itemsAdded: 2, version: 4 });
    const [first] = await world.items(list.id);
    expect((await world.deleteItem(list.id, first?.id ?? '')).status).toBe(204);
    expect(refusal(await world.deleteItem(list.id, first?.id ?? ''))).toBe('404 NOT_FOUND');
    expect(refusal(await world.office.post(`${path}/issue`, {}, { 'if-match': '"1"' }))).toBe(
      '412 VERSION_STALE',
    );
  });

  it('refuses what cannot be, and takes none of it', async () => {
    const { id: enterpriseId } = await world.make.enterprise();
    const nowhere = '0193a1b2-0000-7000-8000-000000000001';
    const { body: me } = await world.office.get<{ department: { id: string } }>('/auth/me');
    const repeated = world.item({ enterpriseId });
    const cases: Array<[object, string]> = [
      [world.list([world.item({ enterpriseId: nowhere })]), '/items/0/enterpriseId ENTERPRISE_UNKNOWN'],
      [world.list([world.item({ caseId: nowhere })]), '/items/0/caseId CASE_NOT_LIVE'],
      [world.list([world.item({ enterpriseId, caseId: nowhere })]), '/items/0/caseId LIST_ITEM_OF_ONE'],
      [world.list([world.item({})]), '/items/0/enterpriseId FIELD_REQUIRED'],
      [world.list([repeated, repeated]), '/items/1/title LIST_ITEM_REPEATED'],
      [
        world.list([world.item({ enterpriseId, suggestedDepartmentIds: [me.department.id] })]),
        '/items/0/suggestedDepartmentIds/0 TASK_FORCE_LEADS_NOTHING',
      ],
      [
        world.list([world.item({ enterpriseId, suggestedDepartmentIds: [nowhere] })]),
        '/items/0/suggestedDepartmentIds/0 DEPARTMENT_UNKNOWN',
      ],
      [world.list([], { issuedOn: '2021-08-25' }), '/issuedOn DATE_IN_FUTURE'],
      [world.list([], { claimUntilOn: '2021-08-23' }), '/claimUntilOn CLAIM_WINDOW_PAST'],
      [world.list([], { source: 'rumour' }), '/source FIELD_IS_IN'],
      [world.list([], { number: ' ' }), '/number FIELD_MATCHES'],
    ];
    for (const [body, expected] of cases) {
      const answer = await world.office.post('/responsibility-lists', body);
      expect([answer.status, faults(answer)]).toEqual([400, [expected]]);
    }
    const empty = await world.draft([]);
    expect(refusal(await world.issue(empty.id))).toBe('409 LIST_EMPTY');
    expect(
      refusal(await world.office.post('/responsibility-lists', world.list([], { number: empty.number }))),
    ).toBe('409 LIST_NUMBER_TAKEN');
    expect(refusal(await world.issue(nowhere))).toBe('404 NOT_FOUND');
  });

  it('is for the task force alone', async () => {
    const { id } = await world.draft([]);
    for (const client of [land.client, await world.app.as('county'), await world.app.as('leader')]) {
      expect(refusal(await client.post('/responsibility-lists', world.list([])))).toBe('403 FORBIDDEN');
      expect(refusal(await client.post(`/responsibility-lists/${id}/issue`))).toBe('403 FORBIDDEN');
      expect(refusal(await client.get(`/responsibility-lists/${id}`))).toBe('403 FORBIDDEN');
    }
  });
});
