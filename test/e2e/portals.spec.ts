import { phoneColumns } from '../../src/enterprises/enterprise-phone.js';
import { testPersonalData } from '../support/personal-data.js';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_KEY_SCOPES, type ApiKeyScope } from '../../src/access/api-keys/api-key-scopes.js';
import { POLICY } from '../../src/access/policy.js';
import { CaseFileStory, type Items, NOWHERE } from '../support/case-file-story.js';
import { type MadeKey, PortalKeys } from '../support/portal-keys.js';
import { routesOf } from '../support/router.js';
import type { Answer, Client } from '../support/test-app.js';

const HERE = '610902';
const ELSEWHERE = 'AK-GX';
const PROBLEM = { title: '用地手续未办', category: 'land', cause: 'government' };
const FILE = { kind: 'photo', source: 'enterprise' };

let story: CaseFileStory;
let keys: PortalKeys;
/** By the scope that a key has alone, in one of the units. */
const own = new Map<ApiKeyScope, Record<typeof HERE | typeof ELSEWHERE, Client>>();
/** Keys that have every scope but one. */
const lacking = new Map<ApiKeyScope, Client>();
let every: MadeKey;

beforeAll(async () => {
  story = await CaseFileStory.open();
  keys = new PortalKeys(story.world, story.clock);
  for (const scope of API_KEY_SCOPES) {
    own.set(scope, {
      [HERE]: (await keys.made([scope], [HERE])).client,
      [ELSEWHERE]: (await keys.made([scope], [ELSEWHERE])).client,
    });
    lacking.set(scope, (await keys.made(API_KEY_SCOPES.filter((other) => other !== scope))).client);
  }
  every = await keys.made(API_KEY_SCOPES);
});

afterAll(() => story.close());

const said = ({ status, body }: Answer): unknown[] => [status, body['code']];
const enterprise = async (): Promise<string> => (await story.make.enterprise(HERE)).id;
const aCase = async (): Promise<string> => (await story.report(HERE)).id;
const aProblem = async (): Promise<string> => {
  const made = await story.office.post<{ id: string }>(`/cases/${await aCase()}/problems`, PROBLEM);
  return made.body.id;
};

interface Line {
  scope: ApiKeyScope;
  what: string;
  /** What it is done to, in the first unit, made anew. */
  subject: () => Promise<string>;
  ask: (client: Client, subject: string) => Promise<Answer>;
  may: number;
}

const LINES: readonly Line[] = [
  {
    scope: 'cases.read',
    what: 'read a case',
    subject: aCase,
    ask: (key, id) => key.get(`/cases/${id}`),
    may: 200,
  },
  {
    scope: 'cases.report',
    what: 'report a case',
    subject: enterprise,
    ask: (key, enterpriseId) => key.post('/cases', { enterpriseId, distressType: 'stalled' }),
    may: 201,
  },
  {
    scope: 'problems.read',
    what: 'read a problem',
    subject: aProblem,
    ask: (key, id) => key.get(`/problems/${id}`),
    may: 200,
  },
  {
    scope: 'problems.read',
    what: 'list the problems of a case',
    subject: aCase,
    ask: (key, id) => key.get(`/cases/${id}/problems`),
    may: 200,
  },
  {
    scope: 'problems.report',
    what: 'report a problem of a case',
    subject: aCase,
    ask: (key, id) => key.post(`/cases/${id}/problems`, PROBLEM),
    may: 201,
  },
  {
    scope: 'problems.report',
    what: 'report a problem of an enterprise',
    subject: enterprise,
    ask: (key, id) => key.post(`/enterprises/${id}/problems`, PROBLEM),
    may: 201,
  },
  {
    scope: 'enterprises.read',
    what: 'read an enterprise',
    subject: enterprise,
    ask: (key, id) => key.get(`/enterprises/${id}`),
    may: 200,
  },
  {
    scope: 'enterprises.read',
    what: 'read who is paired to it',
    subject: enterprise,
    ask: (key, id) => key.get(`/enterprises/${id}/pairings`),
    may: 200,
  },
  {
    scope: 'ratings.write',
    what: 'record a rating',
    subject: () => story.closed(),
    ask: (key, id) => key.post(`/cases/${id}/ratings`, { rating: 'satisfied', source: 'portal' }),
    may: 201,
  },
  {
    scope: 'files.write',
    what: 'add a file to a case',
    subject: aCase,
    ask: (key, id) => key.upload(`/cases/${id}/files`, FILE, new Blob(['%PDF-1.7']), '现场.pdf'),
    may: 201,
  },
  {
    scope: 'files.write',
    what: 'add a file to a problem',
    subject: aProblem,
    ask: (key, id) => key.upload(`/problems/${id}/files`, FILE, new Blob(['%PDF-1.7']), '现场.pdf'),
    may: 201,
  },
  {
    scope: 'production.report',
    what: 'report figures of an enterprise',
    subject: enterprise,
    ask: (key, id) =>
      key.post(`/enterprises/${id}/production-reports`, {
        month: '2021-10',
        source: 'enterprise',
        electricity: 7,
      }),
    may: 201,
  },
  {
    scope: 'production.report',
    what: 'read figures of an enterprise',
    subject: enterprise,
    ask: (key, id) => key.get(`/enterprises/${id}/production-reports`),
    may: 200,
  },
];

describe.each(LINES)('$scope: $what', ({ scope, subject, ask, may }) => {
  it('may with it, in its reporting unit', async () => {
    const client = own.get(scope)?.[HERE];
    if (client === undefined) throw new Error('no key');
    expect((await ask(client, await subject())).status).toBe(may);
  });

  it('may not in another unit, where it is as if it were not there', async () => {
    const client = own.get(scope)?.[ELSEWHERE];
    if (client === undefined) throw new Error('no key');
    const hidden = await ask(client, await subject());
    const absent = await ask(client, NOWHERE);
    expect([said(hidden), said(absent)]).toEqual([
      [404, 'NOT_FOUND'],
      [404, 'NOT_FOUND'],
    ]);
  });

  it('may not without it, whatever else the key has', async () => {
    const client = lacking.get(scope);
    if (client === undefined) throw new Error('no key');
    const refused = await ask(client, await subject());
    expect(said(refused)).toEqual([403, 'API_KEY_SCOPE_MISSING']);
    expect(refused.body['params']).toEqual({ scope });
  });
});

describe('lists and figures', () => {
  it.each([
    ['cases.read', '/cases'],
    ['problems.read', '/problems'],
    ['enterprises.read', '/enterprises'],
  ] as const)('%s: %s counts and shows the reporting units of the key alone', async (scope, path) => {
    const clients = own.get(scope);
    const here = await clients?.[HERE].get<Items<unknown>>(`${path}?count=exact`);
    const elsewhere = await clients?.[ELSEWHERE].get<Items<unknown>>(`${path}?count=exact`);
    expect(here?.body.total).toBeGreaterThan(0);
    expect(elsewhere?.body).toMatchObject({ total: 0, items: [] });
    expect((await lacking.get(scope)?.get(path))?.status).toBe(403);
  });

  it('statistics.read: the weekly table and its file, which are published to everybody', async () => {
    const client = own.get('statistics.read')?.[ELSEWHERE];
    for (const path of ['/statistics/weekly/2021-W43', '/statistics/weekly/2021-W43/export?format=csv']) {
      expect((await client?.get(path))?.status).toBe(200);
      expect((await lacking.get('statistics.read')?.get(path))?.status).toBe(403);
    }
  });
});

describe('what a portal does', () => {
  it('stands in the chain and in the timeline under the name of its key', async () => {
    const { id: keyId, client } = await keys.made(['cases.report', 'cases.read', 'files.write'], [HERE]);
    const reported = await client.post<{ id: string; allowedActions: string[] }>('/cases', {
      enterpriseId: await enterprise(),
      distressType: 'stalled',
    });
    const { id } = reported.body;
    expect(reported.body.allowedActions).toEqual([]);
    await client.upload(`/cases/${id}/files`, FILE, new Blob(['%PDF-1.7']), '现场.pdf');
    const rows = await story.world.database.dataSource.query(
      'SELECT actor_kind, actor_id, actor_department_id FROM case_events WHERE chain_id = $1 ORDER BY sequence',
      [id],
    );
    const byKey = { actor_kind: 'api_key', actor_id: keyId, actor_department_id: null };
    expect(rows).toEqual([byKey, byKey]);
    const { body } = await story.office.get<Items<object>>(`/cases/${id}/timeline`);
    expect(body.items[0]).toMatchObject({
      who: { kind: 'api_key', account: null, apiKey: { id: keyId, name: '企业服务平台' }, department: null },
      sentence: expect.stringContaining('门户“企业服务平台”'),
    });
  });

  it('is a rating from the portal, never a call of the office', async () => {
    const id = await story.closed();
    const client = own.get('ratings.write')?.[HERE];
    const refused = await client?.post(`/cases/${id}/ratings`, { rating: 'satisfied', source: 'call_back' });
    expect(refused && said(refused)).toEqual([403, 'RATING_SOURCE_NOT_YOURS']);
    expect(await story.events(id)).not.toContain('rated');
  });

  it('is done once under an Idempotency-Key, which is no other key’s', async () => {
    const headers = { 'idempotency-key': 'portal-0001' };
    const report = { enterpriseId: await enterprise(), distressType: 'stalled' };
    const first = await every.client.post('/cases', report, headers);
    const again = await every.client.post('/cases', report, headers);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await keys.made(['cases.report']);
    expect(said(await other.client.post('/cases', report, headers))).toEqual([409, 'LIVE_CASE_EXISTS']);
  });

  it('shows no contact in full', async () => {
    const id = uuidv7();
    const phone = phoneColumns(testPersonalData(), id, '13912345678');
    await story.make.enterprise(HERE, { id, contactName: '王经理', ...phone });
    const seen = await every.client.get(`/enterprises/${id}`);
    expect(seen.status).toBe(200);
    expect(JSON.stringify(seen.body)).not.toContain('13912345678');
  });
});

describe('every route of the running router', () => {
  it('is closed to keys, but for those that the policy opens by a scope', async () => {
    const opened = new Set<ApiKeyScope>();
    const wrong: unknown[] = [];
    for (const { name, method, path, policy } of routesOf(story.world)) {
      if (policy === 'public') continue;
      const scope = policy === undefined ? undefined : POLICY[policy].keyScope;
      if (scope !== undefined) opened.add(scope);
      const url = story.world.url + path.replaceAll(/:\w+/g, NOWHERE);
      const answer = await fetch(url, { method, headers: { authorization: `Bearer ${every.token}` } });
      await answer.body?.cancel();
      const isShut = answer.status === 403;
      if (isShut !== (scope === undefined) || answer.status >= 500) wrong.push([name, answer.status]);
    }
    expect(wrong).toEqual([]);
    expect([...opened].toSorted()).toEqual([...API_KEY_SCOPES].toSorted());
  });
});
