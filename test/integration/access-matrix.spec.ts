import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Permission, type PermissionRule, POLICY } from '../../src/access/policy.js';
import { type Route, routesOf } from '../support/router.js';
import { FOREIGN, FOREIGN_POOL, type Rows, ScopeWorld } from '../support/scope-world.js';
import { type ByRow, scopeOfRoutes, type ScopeOf } from '../support/scoped-routes.js';
import type { Client } from '../support/test-app.js';

const NOWHERE = '0193a1b2-0000-7000-8000-000000000001';
/** Those who see part of what there is. The task force sees all of it, and administrators nothing. */
const SCOPED = ['department', 'county', 'leader', 'api_key'] as const;
type Scoped = (typeof SCOPED)[number];
/** Routes about one row that each may call, at the least. */
const MANY: Record<Scoped, number> = { department: 30, county: 30, leader: 30, api_key: 15 };
type Named = Rows & { savedView: string };

const ROUTES: Readonly<Record<string, ScopeOf>> = scopeOfRoutes(FOREIGN);

let world: ScopeWorld;
let routes: Route[];
let askers: Record<Scoped, Client>;
let outer: Named;
/** What each of them sees of each kind. */
let inner: Record<Scoped, Named>;
/** What nobody of them may be told of, in whatever answer. */
let secrets: Record<Scoped, string[]>;

beforeAll(async () => {
  world = await ScopeWorld.open();
  routes = routesOf(world.app).filter(({ policy }) => policy !== 'public');
  const [department, county, leader] = await Promise.all(
    (['department', 'county', 'leader'] as const).map((role) => world.asker(role)),
  );
  if (!department || !county || !leader) throw new Error('there is nobody to ask');
  askers = { department, county, leader, api_key: await world.key() };
  const rows = await world.rows(world.inner);
  outer = { ...(await world.rows(world.outer)), savedView: await savedView(world.outer.client) };
  const coHandler = await world.coHandled();
  inner = {
    department: { ...rows, coHandler, savedView: await savedView(department) },
    county: { ...rows, savedView: await savedView(county) },
    leader: { ...rows, savedView: await savedView(leader) },
    // Keeps nothing for itself.
    api_key: { ...rows, savedView: NOWHERE },
  };
  const pooled = await world.waiting();
  const foreign = [FOREIGN, ...Object.values(outer)];
  const withPool = [...foreign, FOREIGN_POOL, pooled];
  // Who has just seen something in the claim pool is told when another takes it: that is over now.
  world.clock.advance(2 * 60_000);
  secrets = { department: foreign, county: withPool, leader: withPool, api_key: withPool };
});

afterAll(() => world.app.close());

async function savedView(client: Client): Promise<string> {
  const view = { name: '本周到期', list: 'cases', query: {} };
  return (await client.post<{ id: string }>('/saved-views', view)).body.id;
}

interface Told {
  status: number;
  /** With whatever differs from request to request taken out. */
  text: string;
  headers: string[];
}

/** What is asked with one id, told as if the id had no name. */
async function ask(
  client: Client,
  [method, path]: [method: string, path: string],
  { id = '', body, ifMatch }: { id?: string; body?: object | FormData | undefined; ifMatch?: string } = {},
): Promise<Told> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${world.app.url}/api/v1${path.replace(':id', id)}`, {
    method,
    headers: {
      authorization: `Bearer ${client.token}`,
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = (await response.text()).replaceAll(/"requestId":"[^"]+"/g, '');
  const headers = [...response.headers].filter(([name]) => !/^(date|x-request-id|ratelimit.*)$/.test(name));
  return {
    status: response.status,
    text: id === '' ? text : text.replaceAll(id, '…'),
    headers: headers.map((header) => header.join(': ')),
  };
}

function isOpenTo(asker: Scoped, permission: Permission): boolean {
  const { roles, keyScope }: PermissionRule = POLICY[permission];
  return asker === 'api_key' ? keyScope !== undefined : roles.includes(asker);
}

const mayCall = ({ policy }: Route, asker: Scoped): boolean =>
  policy !== undefined && policy !== 'public' && isOpenTo(asker, policy);

/** HEAD is answered by the handler of GET. */
const scopeOf = ({ name }: Route): ScopeOf | undefined => ROUTES[name.replace(/^HEAD /, 'GET ')];

function uploaded(): FormData {
  const form = new FormData();
  form.set('kind', 'photo');
  form.set('source', 'other');
  form.set('file', new Blob(['%PDF-1.7']), '照片.pdf');
  return form;
}

function byRow(route: Route): ByRow | undefined {
  const scope = scopeOf(route);
  return typeof scope === 'object' && 'of' in scope ? scope : undefined;
}

/** What a route tells a role of rows that it may not see, by each kind of row that it can name. */
async function wrongByRow(role: Scoped, route: Route): Promise<unknown[]> {
  const scope = byRow(route);
  if (scope === undefined) return [];
  const client = askers[role];
  const target: [string, string] = [route.method, route.path.replace('/api/v1', '')];
  const isRead = route.method === 'GET' || route.method === 'HEAD';
  // Nothing is changed by it: where a version can be stale, this one is.
  const rightly = (id: string): Promise<Told> =>
    ask(client, target, { id, body: scope.isUpload ? uploaded() : scope.body, ifMatch: '"999"' });
  const wrongly = (id: string): Promise<Told> => ask(client, target, { id, body: {} });

  const absent = await rightly(NOWHERE);
  // What is wrong with the request itself must not tell them apart either.
  const broken = isRead ? null : await wrongly(NOWHERE);
  const wrong: unknown[] = absent.status === 404 ? [] : [{ route: route.name, absent }];
  // What is asked by HEAD is found by the handler of GET, which is asked about every kind.
  const kinds = route.method === 'HEAD' ? scope.of.slice(0, 1) : scope.of;
  for (const kind of kinds) {
    const foreign = await rightly(outer[kind]);
    if (!isSame(foreign, absent)) wrong.push({ route: route.name, kind, absent, foreign });
    const brokenForeign = isRead ? null : await wrongly(outer[kind]);
    if (!isSame(brokenForeign, broken)) wrong.push({ route: route.name, kind, broken, brokenForeign });
    const { status, text } = await rightly(inner[role][kind]);
    const isThere = isRead ? status === 200 : status !== 404 && status < 500;
    const secret = secrets[role].find((known) => text.includes(known));
    if (!isThere || secret !== undefined) wrong.push({ route: route.name, kind, status, secret });
  }
  return wrong;
}

const isSame = (one: Told | null, other: Told | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

it('every route of the running router says what it has to do with the scope, and no other does', () => {
  const known = routes.filter(({ method }) => method !== 'HEAD').map(({ name }) => name);
  expect(Object.keys(ROUTES).toSorted()).toEqual(known.toSorted());
});

it('what is said to be closed to whoever has a scope is', () => {
  const open = routes.filter(
    (route) => scopeOf(route) === 'unscoped' && SCOPED.some((role) => mayCall(route, role)),
  );
  expect(open.map(({ name }) => name)).toEqual([]);
});

const LISTS: ReadonlyArray<[list: string, permission: Permission, kinds: ReadonlyArray<keyof Rows>]> = [
  ['cases', 'cases.read', ['case', 'closedCase']],
  ['problems', 'problems.read', ['problem', 'problemOfProject', 'problemOfEnterprise']],
  ['enterprises', 'enterprises.read', ['enterprise']],
  ['projects', 'projects.read', ['project']],
  ['reopen-proposals', 'case_file.read', ['closedCase']],
  ['detection/candidates', 'candidates.read', ['candidate']],
  ['recovery-follow-ups', 'follow_ups.read', ['followUp']],
];

describe.each(SCOPED)('to %s', (role) => {
  it('a row out of scope is, byte for byte, one that does not exist; one in scope is there', async () => {
    const mine = routes.filter((route) => mayCall(route, role));
    // What takes a row away comes when all the others have named it.
    const [last, first] = [true, false].map((isLast) =>
      mine.filter(({ method }) => (method === 'DELETE') === isLast),
    );
    for (const round of [first, last]) {
      const wrong = await Promise.all((round ?? []).map((route) => wrongByRow(role, route)));
      expect(wrong.flat()).toEqual([]);
    }
    expect(mine.filter((route) => byRow(route) !== undefined).length).toBeGreaterThan(MANY[role]);
  });

  it('no list, count, search or page holds anything out of scope', async () => {
    const wrong: unknown[] = [];
    for (const route of routes) {
      const scope = scopeOf(route);
      if (
        typeof scope !== 'object' ||
        !('queries' in scope) ||
        route.method !== 'GET' ||
        !mayCall(route, role)
      )
        continue;
      const path = route.path.replace('/api/v1', '').replace(':period', '2021');
      for (const query of scope.queries) {
        const { status, text } = await ask(askers[role], ['GET', `${path}?${query}`]);
        const secret = secrets[role].find((known) => text.includes(known));
        const { items, total }: { items?: unknown[]; total?: number } = JSON.parse(text);
        const isCounted = total === undefined || total === items?.length;
        if (status !== 200 || secret !== undefined || !isCounted)
          wrong.push([route.name, query, status, secret, total]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(LISTS.filter(([, permission]) => isOpenTo(role, permission)))(
    'the pages of %s, one row each, are those in scope, and as many as are counted',
    async (list, _permission, kinds) => {
      const found: string[] = [];
      for (let next = '', more = true; more;) {
        const { body } = await askers[role].get<{ items: Array<{ id: string }>; nextCursor: string | null }>(
          `/${list}?limit=1${next}`,
        );
        found.push(...body.items.map(({ id }) => id));
        more = body.nextCursor !== null;
        next = `&cursor=${body.nextCursor}`;
      }
      expect(found.filter((id) => secrets[role].includes(id))).toEqual([]);
      expect(found).toEqual(expect.arrayContaining(kinds.map((kind) => inner[role][kind])));
      if (list === 'reopen-proposals') return;
      const { body } = await askers[role].get<{ total: number }>(`/${list}?count=exact&limit=1`);
      expect(body.total).toBe(found.length);
    },
  );

  it('a search or a filter that names what is out of scope answers as for what does not exist', async () => {
    const [secret] = await world.app.database.dataSource.query<Array<{ number: string; credit: string }>>(
      `SELECT c.number, e.credit_code AS credit FROM cases c JOIN enterprises e ON e.id = c.enterprise_id WHERE c.id = $1`,
      [outer.case],
    );
    const { enterprise, project } = outer;
    const pairs: ReadonlyArray<[path: string, foreign: string, absent: string]> = [
      ['/cases', `q=${secret?.number}`, 'q=AK-1999-000001'],
      ['/cases', `q=${secret?.credit}`, 'q=91610902MA7999999X'],
      ['/cases', `q=${encodeURIComponent(FOREIGN)}`, `q=${encodeURIComponent('绝无')}`],
      ['/problems', `q=${encodeURIComponent(FOREIGN)}`, `q=${encodeURIComponent('绝无')}`],
      ['/problems', `case=${outer.case}`, `case=${NOWHERE}`],
      ['/problems', `project=${project}`, `project=${NOWHERE}`],
      ['/enterprises', `q=${secret?.credit}`, 'q=91610902MA7999999X'],
      ['/projects', `enterprise=${enterprise}`, `enterprise=${NOWHERE}`],
      ['/cases', `official=${world.outer.official.id}&reportingUnit=610902`, `official=${NOWHERE}`],
    ];
    const open = LISTS.filter(([, permission]) => isOpenTo(role, permission)).map(([list]) => `/${list}`);
    for (const [path, foreign, absent] of pairs.filter(([list]) => open.includes(list))) {
      const told = await ask(askers[role], ['GET', `${path}?${foreign}&count=exact`]);
      expect([path, foreign, told.status, told.text]).toEqual([
        path,
        foreign,
        200,
        '{"items":[],"nextCursor":null,"total":0}',
      ]);
      expect((await ask(askers[role], ['GET', `${path}?${absent}&count=exact`])).text).toBe(told.text);
    }
  });
});

describe('a body that names what is out of scope', () => {
  type Body = (id: string) => object;

  it.each<[string, Scoped, string, keyof Named, Body]>([
    [
      'a case of an enterprise',
      'county',
      '/cases',
      'enterprise',
      (enterpriseId) => ({ enterpriseId, distressType: 'stalled' }),
    ],
    [
      'a case of an enterprise, by a key',
      'api_key',
      '/cases',
      'enterprise',
      (enterpriseId) => ({ enterpriseId, distressType: 'stalled' }),
    ],
    [
      'a note with a file',
      'department',
      '/cases/:id/notes',
      'file',
      (id) => ({ text: '附件', fileIds: [id] }),
    ],
    [
      'a visit with a file',
      'county',
      '/cases/:id/visits',
      'file',
      (id) => ({
        visitedOn: '2021-10-29',
        place: '厂区',
        people: ['王思远'],
        findings: '停产',
        fileIds: [id],
      }),
    ],
    [
      'evidence of a closure',
      'department',
      '/problems/:id/request-closure',
      'fileOfProblem',
      (id) => ({ outcome: 'explained', statement: '已解释', evidenceFileIds: [id] }),
    ],
  ])('is refused as if it named nothing: %s', async (_, role, path, kind, body) => {
    const row = path.startsWith('/problems') ? inner[role].problem : inner[role].case;
    const told = (id: string): Promise<Told> =>
      ask(askers[role], ['POST', path.replace(':id', row)], { id, body: body(id) });
    const foreign = await told(outer[kind]);
    expect(foreign).toEqual(await told(NOWHERE));
    expect(foreign.status).toBeGreaterThanOrEqual(400);
  });

  it.each(['department', 'county'] as const)(
    'many at once, by %s: each is as one that does not exist',
    async (role) => {
      const bodies = {
        note: { text: '已联系' },
        assign: {
          departmentId: world.inner.department.id,
          officialId: world.inner.official.id,
          complexity: 'simple',
        },
      };
      for (const [action, body] of Object.entries(bodies)) {
        const ids = [outer.case, outer.closedCase, NOWHERE];
        const { status, body: answer } = await askers[role].post<{
          items: Array<{ id: string; status: number }>;
        }>('/cases/bulk', { action, ids, body });
        const told = answer.items.map((item) => JSON.stringify(item).replaceAll(item.id, '…'));
        expect([status, new Set(told).size, answer.items[0]?.status]).toEqual([200, 1, 404]);
        const filter = { q: FOREIGN };
        const { body: none } = await askers[role].post<{ items: unknown[] }>('/cases/bulk', {
          action,
          filter,
          body,
        });
        expect(none.items).toEqual([]);
      }
    },
  );

  it('many candidates at once, by county: each is as one that does not exist', async () => {
    const dismiss = (selection: object) =>
      askers.county.post<{ items: Array<{ id: string; status: number }> }>('/detection/candidates/dismiss', {
        reason: '计划检修',
        ...selection,
      });
    const { body } = await dismiss({ ids: [outer.candidate, NOWHERE] });
    const told = body.items.map((item) => JSON.stringify(item).replaceAll(item.id, '…'));
    expect([new Set(told).size, body.items[0]?.status]).toEqual([1, 404]);
    const { body: none } = await dismiss({ reportingUnit: '610921', kind: 'new_distress' });
    expect(none.items).toEqual([]);
  });

  it('what each keeps for itself is not in the list of another', async () => {
    const { text } = await ask(askers.department, ['GET', '/saved-views']);
    expect(text).not.toContain(outer.savedView);
  });
});
