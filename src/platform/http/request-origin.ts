import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';

/** Where a request came from, for those who record it, or write a line of log, far from the controller. */
export interface RequestOrigin {
  /** Of the client: what the trusted proxies say, else the other end of the connection. */
  address: string;
  requestId: string;
}

const storage = new AsyncLocalStorage<RequestOrigin>();

/** Of the request that the caller serves; `undefined` in a worker or a command. */
export const requestOrigin = (): RequestOrigin | undefined => storage.getStore();

/** The first hook of all. */
export function keepRequestOrigin(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: HookHandlerDoneFunction,
): void {
  storage.run({ address: request.ip, requestId: request.id }, done);
}

/** A hook right before the handler: reading a body has lost what was kept before. */
export function keepRequestOriginAfterBody(
  request: FastifyRequest,
  reply: FastifyReply,
  done: HookHandlerDoneFunction,
): void {
  if (request.body === undefined) done();
  else keepRequestOrigin(request, reply, done);
}
