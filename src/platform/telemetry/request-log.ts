import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';

/** Whoever knows a token needs nothing else to be believed: of such a route the log has the route. */
const TOKEN = '/:token';
/** The same as they are mistyped, and lead nowhere. */
const MISTYPED = /^\/+r\/.*$|\/sms\/receipts\/[^/]*\/.*$/is;
const PROBES = new Set(['/health/live', '/health/ready', '/metrics']);
const requestIds = new AsyncLocalStorage<string>();
const logger = new Logger('Request');

/** The request that is being answered, for every line that is written on its way. */
export const requestIdOfNow = (): string | undefined => requestIds.getStore();

/**
 * One line a request. Bodies, headers and queries are never logged: they hold passwords, tokens, names and numbers.
 * In hooks of the server itself: the middleware that usually does this costs a tenth of a read.
 */
export function logRequests(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => requestIds.run(request.id, done));
  server.addHook('onResponse', logAnswer);
}

function logAnswer(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const path = pathOf(request);
  if (!PROBES.has(path)) {
    const line = {
      requestId: request.id,
      req: { method: request.method, path, address: request.ip },
      res: { statusCode: reply.statusCode },
      responseTime: Math.round(reply.elapsedTime),
    };
    if (reply.statusCode >= 500) logger.error(line, 'request failed');
    else logger.log(line, 'request answered');
  }
  done();
}

function pathOf({ originalUrl, routeOptions: { url = '' } }: FastifyRequest): string {
  return url.endsWith(TOKEN) ? url : (originalUrl.split('?', 1)[0] ?? '').replace(MISTYPED, TOKEN);
}
