import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import { METHOD_METADATA } from '@nestjs/common/internal';
import type { RoutePolicy } from '../../src/access/decorators.js';
import { ROLES } from '../../src/access/role.js';
import { openApiDocument } from '../../src/platform/http/open-api.js';
import { ROUTE_POLICY } from '../../src/platform/http/public-route.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const NOWHERE = '0193a1b2-0000-7000-8000-000000000001';

interface Route {
  method: string;
  path: string;
  isOpen: boolean;
}

let product: TestApp;
let routes: Route[];

beforeAll(async () => {
  product = await createTestApp();
  const { paths } = openApiDocument(product.app);
  routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(Object(operations)).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, NOWHERE),
      isOpen: Array.isArray(Object(operation).security) && Object(operation).security.length === 0,
    })),
  );
});

afterAll(() => product.close());

/** What every handler of the running product says about who may call it. */
function policies(): Array<{ name: string; policy: RoutePolicy | undefined }> {
  const controllers = [...product.app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    if (metatype === null) return [];
    const prototype: Record<string, unknown> = metatype.prototype;
    return Object.getOwnPropertyNames(prototype).flatMap((method) => {
      const handler = Object.getOwnPropertyDescriptor(prototype, method)?.value;
      if (typeof handler !== 'function' || Reflect.getMetadata(METHOD_METADATA, handler) === undefined)
        return [];
      const policy: RoutePolicy | undefined =
        Reflect.getMetadata(ROUTE_POLICY, handler) ?? Reflect.getMetadata(ROUTE_POLICY, metatype);
      return [{ name: `${metatype.name}.${method}`, policy }];
    });
  });
}

async function statusOf({ method, path }: Route, token: string | null): Promise<number> {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(product.url + path, { method, headers });
  await response.body?.cancel();
  return response.status;
}

describe('every route of the running product', () => {
  it('says who may call it', () => {
    const all = policies();
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter(({ policy }) => policy === undefined)).toEqual([]);
  });

  it('is closed to who has not signed in, but for sign-in, health and metrics', async () => {
    for (const route of routes) {
      if (route.isOpen) continue;
      expect([route.method, route.path, await statusOf(route, null)]).toEqual([
        route.method,
        route.path,
        401,
      ]);
    }
    const open = policies()
      .filter(({ policy }) => policy === 'public')
      .map(({ name }) => name);
    expect(open.toSorted()).toEqual([
      'AuthController.login',
      'AuthController.refresh',
      'HealthController.live',
      'HealthController.metrics',
      'HealthController.ready',
    ]);
  });

  it('is closed to the auditor, but for the own account and the trail: separation of duties', async () => {
    const { token } = await product.as('auditor');
    for (const route of routes) {
      if (route.isOpen || /^\/api\/v1\/(auth|audit)\//.test(route.path)) continue;
      expect([route.method, route.path, await statusOf(route, token)]).toEqual([
        route.method,
        route.path,
        403,
      ]);
    }
  });

  it.each(['system_admin', 'security_admin'] as const)('that works a case is closed to %s', async (role) => {
    const { token } = await product.as(role);
    for (const route of routes) {
      if (!/^\/api\/v1\/(cases|problems|imports|enterprises|projects|deliveries|reminders)/.test(route.path))
        continue;
      expect([route.method, route.path, await statusOf(route, token)]).toEqual([
        route.method,
        route.path,
        403,
      ]);
    }
  });

  it.each(ROLES.filter((role) => role !== 'auditor'))(
    'that reads the trail is closed to %s',
    async (role) => {
      const { token } = await product.as(role);
      const ofTrail = routes.filter(({ path }) => path.startsWith('/api/v1/audit/'));
      expect(ofTrail).toHaveLength(3);
      for (const route of ofTrail)
        expect([route.path, await statusOf(route, token)]).toEqual([route.path, 403]);
    },
  );

  it('answers every role without a 5xx, whatever is missing', async () => {
    for (const role of ROLES) {
      const { token } = await product.as(role);
      for (const route of routes) {
        if (route.path.endsWith('/logout')) continue;
        const status = await statusOf(route, token);
        expect([role, route.method, route.path, status < 500]).toEqual([
          role,
          route.method,
          route.path,
          true,
        ]);
      }
    }
  });
});
