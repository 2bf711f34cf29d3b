import multipart from '@fastify/multipart';
import { RequestMethod } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction, onResponseHookHandler } from 'fastify';
import { AppConfig } from '../config/app-config.js';
import { setAnswerHeaders } from './answer-headers.js';
import { observeHttp } from '../telemetry/observe-http.js';
import { type RequestLog, requestLog } from '../telemetry/request-log.js';
import { guardDoor } from './door.js';
import { RateLimits } from './limits/rate-limits.js';
import { serveOpenApi } from './open-api.js';
import { keepRawBodyWhereAsked } from './raw-body.js';
import { keepRequestOrigin, keepRequestOriginAfterBody } from './request-origin.js';
import { requireSafeInput } from './safe-input.js';
import { securityHeaders } from './security-headers.js';

const OUTSIDE_THE_API = ['health/live', 'health/ready', 'metrics', 'r/:token'];
/** Pages for people: they may be kept, and draw with styles of their own. */
const DOCS = '/api/docs';
const SECURITY_HEADERS = securityHeaders();

/** Everything about HTTP that is not a handler: the same in the API process, in tests and in the bench. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const config = app.get(AppConfig);
  app.setGlobalPrefix('api/v1', {
    exclude: OUTSIDE_THE_API.map((path) => ({ path, method: RequestMethod.ALL })),
  });
  await app.register(multipart, {
    limits: {
      fileSize: config.uploadMaxBytes,
      files: 1,
      fields: 20,
      fieldSize: 10_000,
      fieldNameSize: 100,
      parts: 21,
      headerPairs: 50,
    },
  });
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', keepRequestOrigin);
  server.addHook('onResponse', tellOfAnswers(requestLog()));
  server.addHook('onRequest', setCommonHeaders);
  await guardDoor(server, config, app.get(RateLimits));
  server.addHook('onRoute', keepRawBodyWhereAsked);
  server.addHook('preValidation', refuseUnsafeInput);
  server.addHook('preHandler', keepRequestOriginAfterBody);
  server.addHook('preSerialization', addAnswerHeaders);
  serveOpenApi(app);
}

// Hooks that call back rather than promise: they run at every request, and wait for nothing.

function tellOfAnswers(log: RequestLog): onResponseHookHandler {
  return (request, reply, done) => {
    // Made anew each time that it is asked for.
    const { url } = request.routeOptions;
    log(request, reply, url);
    observeHttp(request, reply, url);
    done();
  };
}

function setCommonHeaders(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
  if (!request.url.startsWith(DOCS)) void reply.header('cache-control', 'no-store');
  done();
}

function refuseUnsafeInput(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: HookHandlerDoneFunction,
): void {
  requireSafeInput(request.query, '?');
  requireSafeInput(request.params, '');
  requireSafeInput(request.body, '');
  done();
}

function addAnswerHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: unknown,
  done: (error: null, answer: unknown) => void,
): void {
  setAnswerHeaders(answer, request, reply);
  done(null, answer);
}
