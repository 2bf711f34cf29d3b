import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';

/** Whoever knows the rest of such a path needs nothing else to act for whom it was sent to. */
const SECRET_ROUTE = '/r/:token';
/** The same as it is mistyped, and leads nowhere. */
const SECRET_PATH = /^\/+r\/.*$/is;
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

function pathOf({ originalUrl, routeOptions }: FastifyRequest): string {
  const path = originalUrl.split('?', 1)[0] ?? '';
  return routeOptions.url === SECRET_ROUTE || SECRET_PATH.test(path) ? SECRET_ROUTE : path;
}
