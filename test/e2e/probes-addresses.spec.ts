import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Operation, Operations, RoleClients } from '../support/operations.js';
import { rawRequest } from '../support/raw-http.js';
import { Client, createTestApp, type TestApp } from '../support/test-app.js';

let world: TestApp;
let operations: Operations;
let clients: RoleClients;
/** What is read without a word said of who may. */
let closed: Operation[];

beforeAll(async () => {
  world = await createTestApp();
  operations = await Operations.of(world);
  clients = new RoleClients(world, new Client(world.url, null));
  closed = operations.all.filter(({ isPublic }) => !isPublic);
});
afterAll(() => world.close());

const encoded = (character: string): string => `%${character.charCodeAt(0).toString(16)}`;

/** Other ways to write an address, each of which some server or proxy takes for the same. */
const SPELLINGS: Record<string, (path: string) => string> = {
  'two slashes before it': (path) => `/${path}`,
  'two slashes in it': (path) => path.replace('/v1/', '/v1//'),
  'a slash behind it': (path) => `${path}/`,
  capitals: (path) => path.toUpperCase(),
  'a letter encoded': (path) => path.replace(/\/v1\/(.)/, (_, letter: string) => `/v1/${encoded(letter)}`),
  'the prefix encoded': (path) => path.replace('/api', '/%61pi'),
  'a slash encoded': (path) => path.replace('/v1/', '/v1%2f'),
  'a slash encoded twice': (path) => path.replace('/v1/', '/v1%252f'),
  'a parameter behind a semicolon': (path) => `${path};a=b`,
  'a parameter in the middle': (path) => path.replace('/v1/', '/v1;a=b/'),
  'a NUL behind it': (path) => `${path}%00`,
  'a NUL and what is open': (path) => `${path}%00/health/live`,
  dots: (path) => path.replace('/v1/', '/v1/./'),
  'dots that go back': (path) => path.replace('/v1/', '/v1/x/../'),
  'dots that go back from what is open': (path) => `/health/live/..${path}`,
  'encoded dots that go back': (path) => path.replace('/v1/', '/v1/x/%2e%2e/'),
  'encoded dots from what is open': (path) => `/health/live/%2e%2e/%2e%2e${path}`,
  backslashes: (path) => path.replaceAll('/', '\\').replace('\\', '/'),
  'a blank behind it': (path) => `${path}%20`,
  'a suffix': (path) => `${path}.json`,
  'a fragment': (path) => `${path}#/health/live`,
  'a fragment encoded': (path) => `${path}%23`,
  'a question that names what is open': (path) => `${path}?/../../health/live`,
  'wide letters': (path) => path.replace('/v1/', '/%EF%BD%961/'),
  'overlong UTF-8': (path) => path.replace('/v1/', '/v1%c0%af'),
  'a whole address': (path) => `http://shukun.example${path}`,
};

describe.each(Object.entries(SPELLINGS))('%s', (_name, spell) => {
  it('opens nothing to who has not signed in', async () => {
    const open: unknown[] = [];
    for (const { method, path } of closed) {
      const { status } = await rawRequest(world.url, spell(path), { method });
      if (![400, 401, 404, 414].includes(status)) open.push([method, spell(path), status]);
    }
    expect(open).toEqual([]);
  });

  it('opens nothing to who may not', async () => {
    const { token } = await clients.as('auditor');
    const headers = { authorization: `Bearer ${token}` };
    const open: unknown[] = [];
    for (const { method, path, roles } of closed) {
      if (roles.includes('auditor')) continue;
      const { status } = await rawRequest(world.url, spell(path), { method, headers });
      if (![400, 403, 404, 414].includes(status)) open.push([method, spell(path), status]);
    }
    expect(open).toEqual([]);
  });
});

it.each([
  ['x-original-url', '/health/live'],
  ['x-rewrite-url', '/health/live'],
  ['x-forwarded-prefix', '/health/live'],
  ['x-http-method-override', 'OPTIONS'],
  ['x-forwarded-host', 'localhost'],
  ['x-forwarded-for', '127.0.0.1'],
  ['x-real-ip', '127.0.0.1'],
])('the header %s changes neither the address nor who asks', async (name, value) => {
  expect((await rawRequest(world.url, '/api/v1/cases', { headers: { [name]: value } })).status).toBe(401);
  const other = await rawRequest(world.url, '/health/live', { headers: { [name]: '/api/v1/cases' } });
  expect([other.status, other.text]).toEqual([200, '{"status":"live"}']);
});

it.each(['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'PROPFIND', 'QUERY'])(
  'the method %s opens nothing',
  async (method) => {
    for (const { path } of closed.filter((operation) => operation.method === 'GET')) {
      const { status, headers } = await rawRequest(world.url, path, { method });
      if (![400, 401, 404].includes(status)) expect([path, status]).toBe('closed');
      expect(headers['cache-control']).toBe('no-store');
    }
  },
);

it('nothing is kept: every answer of the API says so, whatever it is', async () => {
  const kept: unknown[] = [];
  for (const operation of operations.all) {
    const client = await clients.allowed(operation);
    const headers: Record<string, string> =
      client.token === null ? {} : { authorization: `Bearer ${client.token}` };
    for (const one of [headers, {}]) {
      const { method, path } = operation;
      if (path.endsWith('/logout')) continue;
      const answer = await rawRequest(world.url, path, { method, headers: one });
      if (answer.headers['cache-control'] !== 'no-store') kept.push([method, path, answer.status]);
      if (answer.headers['x-content-type-options'] !== 'nosniff') kept.push([method, path, 'nosniff']);
      if (answer.status >= 500) kept.push([method, path, answer.status]);
    }
  }
  expect(kept).toEqual([]);
});
