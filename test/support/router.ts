import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/internal';
import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { RoutePolicy } from '../../src/access/decorators.js';
import { ROUTE_POLICY } from '../../src/platform/http/public-route.js';
import type { TestApp } from './test-app.js';

export interface Route {
  /** Such as `GET /cases/:id`, without the prefix of the API. */
  name: string;
  method: string;
  /** As the router has it, such as `/api/v1/cases/:id`. */
  path: string;
  policy: RoutePolicy | undefined;
}

/** Pages about the wake-up queue, which a plugin brings; it changes nothing. */
export const BOARD_ROUTES = [
  '/queues',
  '/queues/metrics-history',
  '/queues/job-schedulers',
  '/queues/queue/:queueName',
  '/queues/queue/:queueName/:jobId',
  '/queues/api/redis/stats',
  '/queues/api/queues',
  '/queues/api/job-schedulers',
  '/queues/api/queues/:queueName/metrics',
  '/queues/api/queues/:queueName/default-job-options',
  '/queues/api/queues/:queueName/workers',
  '/queues/api/queues/:queueName/rate-limit',
  '/queues/api/queues/:queueName/job-data-schema',
  '/queues/api/queues/:queueName/:jobId/logs',
  '/queues/api/queues/:queueName/:jobId/flow',
  '/queues/api/queues/:queueName/:jobId',
  '/queues/static/*',
].map((path) => `GET ${path}`);

/** Pages about the API for whoever reads them; no handler of ours stands behind. */
const DOCS = /^(GET|HEAD) \/api\/(docs|openapi\.json)/;

/** Every route of the running router, with what its handler says about who may call it. */
export function routesOf({ app, routes, permissionOf }: TestApp): Route[] {
  const policies = new Map(handlersOf(app.get(ModulesContainer)));
  return routes
    .filter((route) => !DOCS.test(route))
    .map((route) => {
      const [method = '', path = ''] = route.split(' ');
      const name = `${method} ${path.replace(/^\/api\/v1(?=\/)/, '')}`;
      // The router answers HEAD by the handler of GET.
      const policy = policies.get(name.replace(/^HEAD /, 'GET ')) ?? permissionOf(route);
      return { name, method, path, policy };
    });
}

/** The routes that controllers declare, by name. */
export function handlersOf(
  modules: ModulesContainer,
): Array<[name: string, policy: RoutePolicy | undefined]> {
  const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    if (metatype === null) return [];
    const prototype: object = metatype.prototype;
    return Object.getOwnPropertyNames(prototype).flatMap(
      (property): Array<[string, RoutePolicy | undefined]> => {
        const handler: unknown = Object.getOwnPropertyDescriptor(prototype, property)?.value;
        if (typeof handler !== 'function') return [];
        const method: RequestMethod | undefined = Reflect.getMetadata(METHOD_METADATA, handler);
        if (method === undefined) return [];
        const parts = [metatype, handler].map((place) => String(Reflect.getMetadata(PATH_METADATA, place)));
        const path = parts.flatMap((part) => part.split('/')).filter((segment) => segment !== '');
        const policy: RoutePolicy | undefined =
          Reflect.getMetadata(ROUTE_POLICY, handler) ?? Reflect.getMetadata(ROUTE_POLICY, metatype);
        return [[`${RequestMethod[method]} /${path.join('/')}`, policy]];
      },
    );
  });
}
