import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';

/** Whoever knows a token needs nothing else to be believed: of such a route the log has the route. */
const TOKEN = '/:token';
/** The same as they are mistyped, and lead nowhere. */
const MISTYPED = /^\/+r\/.*$|\/sms\/receipts\/[^/]*\/.*$/is;
const PROBES = new Set(['/health/live', '/health/ready', '/metrics']);

/** Writes of an answer, by the route that gave it, `undefined` where there was none. */
export type RequestLog = (request: FastifyRequest, reply: FastifyReply, route: string | undefined) => void;

/**
 * One line a request. Bodies, headers and queries are never logged: they hold passwords, tokens, names and numbers.
 * Written to pino itself, and not looked through for secrets, since it has none: the way of other lines costs a
 * twentieth of a read.
 */
export function requestLog(): RequestLog {
  const lines = PinoLogger.root.child({ context: 'Request' }, { redact: [] });
  return (request, reply, route) => {
    const path = pathOf(request.originalUrl, route);
    if (PROBES.has(path)) return;
    const line = {
      requestId: request.id,
      req: { method: request.method, path, address: request.ip },
      res: { statusCode: reply.statusCode },
      responseTime: Math.round(reply.elapsedTime),
    };
    if (reply.statusCode >= 500) lines.error(line, 'request failed');
    else lines.info(line, 'request answered');
  };
}

function pathOf(url: string, route: string | undefined): string {
  return route?.endsWith(TOKEN) === true ? route : (url.split('?', 1)[0] ?? '').replace(MISTYPED, TOKEN);
}
