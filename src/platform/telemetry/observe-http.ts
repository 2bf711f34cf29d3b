import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { httpSeconds } from './metrics.js';

/** Times every request under its route, never its path: ids would make a series each. */
export function observeHttp(server: FastifyInstance): void {
  server.addHook('onResponse', observe);
}

function observe(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
  const labels = { method: request.method, route, status: String(reply.statusCode) };
  httpSeconds.observe(labels, reply.elapsedTime / 1000);
  done();
}
