import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import { AccountsService } from '../../src/access/accounts.service.js';
import { POLICY } from '../../src/access/policy.js';
import { type Role, ROLES } from '../../src/access/role.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { openApiDocument } from '../../src/platform/http/open-api.js';
import { handlersOf, type Route, routesOf } from '../support/router.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

const NOWHERE = '0193a1b2-0000-7000-8000-000000000001';

let product: TestApp;
let routes: Route[];

beforeAll(async () => {
  product = await createTestApp();
  routes = routesOf(product);
});

afterAll(() => product.close());

/** What a route answers to whoever asks nothing sensible: a refusal of some kind, and by its code of which. */
async function answer(
  { method, path }: Route,
  token: string | null,
): Promise<{ status: number; code: string }> {
  const url = product.url + path.replaceAll(/:\w+/g, NOWHERE);
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, { method, headers });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.includes('problem+json') === true && text !== '';
  const problem: { code?: string } = isProblem ? JSON.parse(text) : {};
  return { status: response.status, code: problem.code ?? '' };
}

const isPublic = ({ policy }: Route): boolean => policy === 'public';
const mayCall = ({ policy }: Route, role: Role): boolean =>
  policy !== undefined && (policy === 'public' || POLICY[policy].roles.includes(role));

/** Such calls may end the session they come in, so each has one of its own. */
const isAboutSession = ({ method, policy }: Route): boolean =>
  policy === 'own_account.use' && !['GET', 'HEAD'].includes(method);

describe('every route of the running router', () => {
  it('says who may call it', () => {
    expect(routes.length).toBeGreaterThan(150);
    expect(routes.filter(({ policy }) => policy === undefined)).toEqual([]);
  });

  it('is one that a controller declares, and is published', () => {
    const running = new Set(routes.filter(({ method }) => method !== 'HEAD').map(({ name }) => name));
    const declared = handlersOf(product.app.get(ModulesContainer)).map(([name]) => name);
    expect(declared.toSorted()).toEqual([...running].toSorted());
    const published = Object.entries(openApiDocument(product.app).paths).flatMap(([path, operations]) =>
      Object.keys(Object(operations)).map(
        (method) =>
          `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1').replace(/^\/api\/v1/, '')}`,
      ),
    );
    // For the operator's probes and for whoever got a mail: no part of the API.
    const unpublished = [
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
      'GET /r/:token',
      'POST /r/:token',
    ];
    expect([...published, ...unpublished].toSorted()).toEqual([...running].toSorted());
  });

  it('is closed to who has not signed in, but for sign-in, health, metrics and links of mails', async () => {
    const answers = await Promise.all(
      routes.map(async (route) => [route.name, isPublic(route), (await answer(route, null)).status !== 401]),
    );
    // A broken sign-in is 401 as well; an empty one is not.
    expect(answers.filter(([, isOpen, isLetIn]) => isOpen !== isLetIn)).toEqual([]);
    const open = routes.filter((route) => isPublic(route) && route.method !== 'HEAD').map(({ name }) => name);
    expect(open.toSorted()).toEqual([
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
      'GET /r/:token',
      'POST /auth/login',
      'POST /auth/refresh',
      'POST /r/:token',
    ]);
  });

  it.each(ROLES)(
    'is open to %s where the policy says so, and refused by name everywhere else',
    async (role) => {
      let client: Client = await product.as(role);
      const wrong: unknown[] = [];
      for (const route of routes) {
        const { status, code } = await answer(route, client.token);
        const isLetIn =
          status !== 401 && code !== 'FORBIDDEN' && !(route.method === 'HEAD' && status === 403);
        const isRefused = status === 403 && (code === 'FORBIDDEN' || route.method === 'HEAD');
        if (status >= 500 || (mayCall(route, role) ? !isLetIn : !isRefused))
          wrong.push([route.name, status, code]);
        if (isAboutSession(route)) client = await product.as(role);
      }
      expect(wrong).toEqual([]);
    },
  );
});

describe('an account without a role', () => {
  it('looks after itself, and is refused by name everywhere else', async () => {
    const { app } = product;
    const username = 'newcomer';
    const { password } = await app
      .get(Transactions)
      .run((tx) => app.get(AccountsService).create(tx, { username }, false));
    const { token } = await product.signIn(username, password);
    const asked = routes.filter((route) => !isPublic(route) && route.method !== 'HEAD');
    const answers = await Promise.all(
      asked
        .filter((route) => !isAboutSession(route))
        .map(async (route) => ({ route, isRefused: (await answer(route, token)).code === 'ROLE_MISSING' })),
    );
    const wrong = answers.filter(
      ({ route, isRefused }) => isRefused === (route.policy === 'own_account.use'),
    );
    expect(answers.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });
});

// The table of roles of the domain page, where it leaves no choice.
describe('separation of duties', () => {
  const open = (role: Role): string[] =>
    routes
      .filter((route) => !isPublic(route) && route.method !== 'HEAD' && mayCall(route, role))
      .map(({ name }) => name);

  it('leaves the auditor the own account and the trail', () => {
    expect(open('auditor').filter((name) => !/^\w+ \/(auth|audit)\//.test(name))).toEqual([]);
  });

  it.each(['system_admin', 'security_admin'] as const)(
    'keeps %s from everything that works a case',
    (role) => {
      const work =
        /^\w+ \/(cases|problems|imports|enterprises|projects|deliveries|group-digests|reminders|statistics|files|extensions|claim-pool|responsibility-lists|instructions|co-handlers|saved-views|reopen-proposals|data-defects)/;
      expect(open(role).filter((name) => work.test(name))).toEqual([]);
    },
  );
});
