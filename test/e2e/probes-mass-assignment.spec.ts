import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView } from '../../src/cases/views/case-view.js';
import { RegisterFactory } from '../factories/register.js';
import { type Operation, Operations, RoleClients, type Schema } from '../support/operations.js';
import { type Answer, Client, createTestApp, type TestApp } from '../support/test-app.js';

interface Problem {
  code: string;
  errors: Array<{ pointer: string; code: string }>;
}

/** What somebody would like to set, who reads what the API answers. */
const WISHED = [
  'id',
  'number',
  'status',
  'outcome',
  'version',
  'role',
  'roles',
  'isActive',
  'isAdmin',
  'permissions',
  'accountId',
  'actorId',
  'ownerId',
  'createdAt',
  'resolvedAt',
  'reopenCount',
  'light',
  'passwordHash',
  'sha256',
  'deadlineVersion',
  'allowedActions',
];
/** Written by signing in, and by being refused; everything else stays as it is. */
const MAY_CHANGE = /session|token|audit|access|refus|attempt/;

let world: TestApp;
let operations: Operations;
let clients: RoleClients;
let writing: Operation[];

beforeAll(async () => {
  world = await createTestApp();
  operations = await Operations.of(world);
  clients = new RoleClients(world, new Client(world.url, null));
  await clients.all();
  writing = operations.all.filter(
    ({ method, isMultipart, body }) =>
      // What gateways push has their own shape: fields of it are looked for by name, and none is assigned.
      method !== 'GET' && !isMultipart && body?.type !== 'array' && body?.oneOf === undefined,
  );
});
afterAll(() => world.close());

const nameOf = ({ method, template }: Operation): string => `${method} ${template}`;

async function send(operation: Operation, body: unknown): Promise<Answer<Problem>> {
  const client = await clients.allowed(operation);
  const headers = { 'content-type': 'application/json', 'if-match': '"1"', 'accept-language': 'en' };
  const response = await fetch(world.url + operation.path, {
    method: operation.method,
    headers: { ...headers, ...(client.token === null ? {} : { authorization: `Bearer ${client.token}` }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? ({ errors: [] } as unknown as Problem) : (JSON.parse(text) as Problem),
  };
}

/** Changes with every row that is inserted, updated or removed. */
async function fingerprint(): Promise<unknown> {
  const tables: Array<{ name: string }> = await world.database.dataSource.query(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const parts = tables
    .filter(({ name }) => !MAY_CHANGE.test(name))
    .map(
      ({ name }) =>
        `SELECT '${name}' AS name, count(*), coalesce(max(xmin::text::bigint), 0) AS newest FROM ${name}`,
    );
  return world.database.dataSource.query(parts.join(' UNION ALL '));
}

describe('every operation that takes a body', () => {
  let before: unknown;
  beforeAll(async () => {
    before = await fingerprint();
  });

  it('is found', () => {
    expect(writing.length).toBeGreaterThan(60);
    expect(writing.filter(({ isPublic, roles }) => !isPublic && roles.length === 0).map(nameOf)).toEqual([]);
  });

  it('refuses every field that is not its own', async () => {
    const wrong: unknown[] = [];
    for (const operation of writing) {
      const own = operations.properties(operation.body);
      const foreign = WISHED.filter((name) => !(name in own));
      const { status, body } = await send(operation, Object.fromEntries(foreign.map((name) => [name, 'x'])));
      const unknown = body.errors
        .filter(({ code }) => code === 'FIELD_UNKNOWN')
        .map(({ pointer }) => pointer);
      if (status !== 400 || foreign.some((name) => !unknown.includes(`/${name}`)))
        wrong.push([
          nameOf(operation),
          status,
          body.code,
          foreign.filter((name) => !unknown.includes(`/${name}`)),
        ]);
    }
    expect(wrong).toEqual([]);
  });

  it('refuses them in what it holds as well', async () => {
    const wrong: unknown[] = [];
    let tried = 0;
    for (const operation of writing) {
      for (const [name, property] of Object.entries(operations.properties(operation.body))) {
        const member = memberOf(property);
        if (member === undefined) continue;
        tried += 1;
        const value = { isAdmin: true };
        const { status, body } = await send(operation, { [name]: member === 'item' ? [value] : value });
        const pointer = member === 'item' ? `/${name}/0/isAdmin` : `/${name}/isAdmin`;
        if (
          status !== 400 ||
          !body.errors.some((fault) => fault.pointer === pointer && fault.code === 'FIELD_UNKNOWN')
        )
          wrong.push([nameOf(operation), name, status, body.errors]);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(3);
  });

  it.each([
    ['__proto__', '{"__proto__":{"role":"task_force","isAdmin":true}}'],
    ['constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
    ['prototype', '{"prototype":{"isAdmin":true}}'],
    ['__proto__ in what it holds', '{"coHandlers":[{"__proto__":{"isAdmin":true}}]}'],
    ['__proto__, written otherwise', '{"\\u005f_proto__":{"isAdmin":true}}'],
  ])('refuses %s', async (_what, body) => {
    const wrong: unknown[] = [];
    for (const operation of writing) {
      const answer = await send(operation, body);
      if (answer.status !== 400 || !['BODY_MALFORMED', 'KEY_FORBIDDEN'].includes(answer.body.code))
        wrong.push([nameOf(operation), answer.status, answer.body]);
    }
    expect(wrong).toEqual([]);
    expect(Object(Object.create({})).isAdmin).toBeUndefined();
  });

  it('has changed nothing by all that', async () => {
    expect(await fingerprint()).toEqual(before);
  });

  /** Whether a property is an object of ours, or a list of them. */
  function memberOf(property: Schema): 'item' | 'self' | undefined {
    if (operations.resolve(property).properties !== undefined) return 'self';
    return property.items !== undefined && operations.resolve(property.items).properties !== undefined
      ? 'item'
      : undefined;
  }
});

it('a form refuses what is not its own', async () => {
  const office = await clients.as('task_force');
  const xlsx = new Blob(['PK']);
  const answer = await office.upload<Problem>(
    '/imports',
    { mode: 'preview', status: 'done' },
    xlsx,
    'a.xlsx',
  );
  expect([answer.status, answer.body.errors[0]]).toEqual([
    400,
    expect.objectContaining({ pointer: '/status', code: 'FIELD_UNKNOWN' }),
  ]);
});

it('a right body with one field more does nothing of what it says', async () => {
  const office = await clients.as('task_force');
  const { id: enterpriseId } = await new RegisterFactory(world.database.dataSource).enterprise();
  const right = { enterpriseId, distressType: 'stalled' };
  const count = 'SELECT count(*)::int AS count FROM cases';
  expect((await office.post('/cases', { ...right, status: 'resolved', version: 7 })).status).toBe(400);
  expect(await world.database.dataSource.query(count)).toEqual([{ count: 0 }]);
  const made = await office.post<CaseView>('/cases', right);
  expect(made.status).toBe(201);
  const change = { distressType: 'halted', status: 'resolved' };
  expect((await office.patch(`/cases/${made.body.id}`, change, { 'if-match': '"1"' })).status).toBe(400);
  const { body } = await office.get<CaseView>(`/cases/${made.body.id}`);
  const { status, distressType, version } = made.body;
  expect(body).toMatchObject({ status, distressType, version });
});
