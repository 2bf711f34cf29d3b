import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpSeconds } from './metrics.js';

/** Times a request under its route, never its path: ids would make a series each. */
export function observeHttp(request: FastifyRequest, reply: FastifyReply, route: string | undefined): void {
  const labels = { method: request.method, route: route ?? 'unknown', status: String(reply.statusCode) };
  httpSeconds.observe(labels, reply.elapsedTime / 1000);
}
