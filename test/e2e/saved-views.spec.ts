import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SavedViewView } from '../../src/cases/saved-views/saved-views.dto.js';
import { type Answer, type Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Problem {
  code: string;
  errors: Array<{ pointer: string; code: string }>;
}

describe('saved views', () => {
  let world: TestApp;
  let office: Client;
  let county: Client;

  beforeAll(async () => {
    world = await createTestApp();
    office = await world.as('task_force');
    county = await world.as('county');
  });
  afterAll(() => world.close());

  const refusal = ({ status, body }: Answer<unknown>): string => `${status} ${(body as Problem).code}`;
  const save = (client: Client, name: string, over: object = {}) =>
    client.post<SavedViewView>('/saved-views', { name, list: 'cases', query: {}, ...over });

  it('are saved, read, changed and forgotten by their owner', async () => {
    const query = { status: ['reported', 'assigned'], overdue: true, q: '光电', sort: '-dueAt' };
    const saved = await save(office, '超期未办', { query });
    expect(saved.status).toBe(201);
    expect(saved.body).toMatchObject({ name: '超期未办', list: 'cases', query, version: 1 });
    const path = `/saved-views/${saved.body.id}`;
    expect((await office.get(path)).body).toEqual(saved.body);

    expect(refusal(await office.patch(path, { name: '超期' }))).toBe('428 IF_MATCH_REQUIRED');
    const changed = await office.patch(
      path,
      { name: '超期', query: { light: 'red' } },
      { 'if-match': '"1"' },
    );
    expect(changed.body).toMatchObject({ name: '超期', query: { light: ['red'] }, version: 2 });
    expect(refusal(await office.patch(path, { name: '旧' }, { 'if-match': '"1"' }))).toBe(
      '412 VERSION_STALE',
    );

    expect(await remove(office, path)).toBe(204);
    expect(refusal(await office.get(path))).toBe('404 NOT_FOUND');
    expect(await remove(office, path)).toBe(404);
  });

  const remove = async (client: Client, path: string): Promise<number> => {
    const headers = { authorization: `Bearer ${client.token}` };
    return (await fetch(`${world.url}/api/v1${path}`, { method: 'DELETE', headers })).status;
  };

  it('hold filters that the list takes, and none that it does not', async () => {
    const refused = [
      [{ list: 'cases', query: { category: ['land'] } }, '/query/category', 'FIELD_UNKNOWN'],
      [{ list: 'problems', query: { distressType: ['stalled'] } }, '/query/distressType', 'FIELD_UNKNOWN'],
      [{ query: { status: ['lost'] } }, '/query/status', 'FIELD_IS_IN'],
      [{ query: { cursor: 'x' } }, '/query/cursor', 'FIELD_UNKNOWN'],
      [{ query: { limit: 200 } }, '/query/limit', 'FIELD_UNKNOWN'],
      [{ query: [] }, '/query', 'FIELD_IS_OBJECT'],
      [{ list: 'accounts' }, '/list', 'FIELD_IS_IN'],
    ] as const;
    for (const [over, pointer, code] of refused) {
      const { status, body } = await office.post<Problem>('/saved-views', {
        name: '视图',
        list: 'cases',
        query: {},
        ...over,
      });
      expect([status, body.errors[0]]).toEqual([400, expect.objectContaining({ pointer, code })]);
    }
    expect((await save(office, '土地', { list: 'problems', query: { category: 'land' } })).status).toBe(201);
  });

  it('are the owner’s alone', async () => {
    const { body } = await save(office, '只给自己看');
    const path = `/saved-views/${body.id}`;
    expect(refusal(await county.get(path))).toBe('404 NOT_FOUND');
    expect(refusal(await county.patch(path, { name: '我的' }, { 'if-match': '"1"' }))).toBe('404 NOT_FOUND');
    expect(await remove(county, path)).toBe(404);
    const { body: page } = await county.get<{ items: SavedViewView[] }>('/saved-views');
    expect(page.items).toEqual([]);
    expect(refusal(await (await world.as('auditor')).get('/saved-views'))).toBe('403 FORBIDDEN');
  });

  it('have one name each, and there are fifty at most, also when saved at once', async () => {
    const twice = await Promise.all([save(county, '同名'), save(county, '同名')]);
    expect(twice.map(refusal).toSorted()).toEqual(['201 undefined', '409 SAVED_VIEW_EXISTS']);
    for (let made = 1; made < 49; made += 1) await save(county, `视图 ${made}`);
    const last = await Promise.all([save(county, '第五十'), save(county, '第五十一')]);
    expect(last.map(refusal).toSorted()).toEqual(['201 undefined', '409 SAVED_VIEWS_FULL']);
    const first = await county.get<{ items: SavedViewView[]; nextCursor: string }>('/saved-views?limit=30');
    const second = await county.get<{ items: SavedViewView[] }>(
      `/saved-views?limit=30&cursor=${encodeURIComponent(first.body.nextCursor)}`,
    );
    const names = [...first.body.items, ...second.body.items].map(({ name }) => name);
    expect(new Set(names).size).toBe(50);
  });
});
