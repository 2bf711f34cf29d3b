import type { FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from '../errors/message-text.js';
import { PROBLEM_TYPE, type ProblemCause, problemOf } from './problem.js';

/** Answers with a problem document in the asker's language. */
export function sendProblem(cause: ProblemCause, request: FastifyRequest, reply: FastifyReply): void {
  const locale = localeOf(request.headers['accept-language']);
  if (cause.status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="shukun"');
  if (cause.retryAfter !== undefined) void reply.header('Retry-After', cause.retryAfter);
  void reply
    .status(cause.status)
    .header('Content-Type', PROBLEM_TYPE)
    .header('Content-Language', locale)
    .header('Vary', [reply.getHeader('vary'), 'Accept-Language'].filter(Boolean).join(', '))
    .send(JSON.stringify(problemOf(cause, { url: request.originalUrl, id: request.id }, locale)));
}
