import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '../config/app-config.js';
import { localeOf } from '../errors/message-text.js';
import { answerClientError } from './client-error.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';
import { closePromptly } from './prompt-close.js';

/** Bytes of a JSON body. Uploads have a limit of their own. */
const BODY_LIMIT = 1024 * 1024;
/** Bytes of the request line and all headers. */
const HEADERS_LIMIT = 16 * 1024;
/** What may come in as `X-Request-Id`: it goes into logs and answers. */
const REQUEST_ID = /^[\w.:-]{8,64}$/;

/** The server under Nest, bounded in sizes and times. API, tests and bench all use this one. */
export function fastifyAdapter(config: Pick<AppConfig, 'trustedProxies'>): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // An empty list would believe nobody either, at the cost of asking it for every request.
    trustProxy: config.trustedProxies.length > 0 && [...config.trustedProxies],
    http: {
      maxHeaderSize: HEADERS_LIMIT,
      headersTimeout: 15_000,
      // Otherwise slow ones are looked for every half minute only.
      connectionsCheckingInterval: 5_000,
    },
    requestTimeout: 60_000,
    // Nothing moves in either direction. Requests a connection are not bounded: a proxy keeps few, for all.
    connectionTimeout: 120_000,
    keepAliveTimeout: 65_000,
    clientErrorHandler: answerClientError,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    genReqId,
    frameworkErrors,
  });
  closePromptly(adapter.getInstance());
  return adapter;
}

function genReqId(raw: IncomingMessage & { id?: unknown }): string {
  const given = raw.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  // The request log reads it from here.
  raw.id = id;
  return id;
}

/** Faults before any route is found, such as a broken percent-encoding; Nest never hears of them. */
function frameworkErrors(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const locale = localeOf(request.headers['accept-language']);
  const status = error.statusCode === 414 ? 414 : 400;
  const cause = { status, code: 'REQUEST_MALFORMED', params: {}, faults: [] };
  void reply
    .status(status)
    .header('Content-Type', PROBLEM_TYPE)
    .header('Content-Language', locale)
    .header('Cache-Control', 'no-store')
    .header('X-Request-Id', request.id)
    .send(JSON.stringify(problemOf(cause, { url: request.url, id: request.id }, locale)));
}
