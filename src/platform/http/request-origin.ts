import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';

/** Where a request came from, for those who record it far from the controller. */
export interface RequestOrigin {
  /** Of the client: what the trusted proxies say, else the other end of the connection. */
  address: string;
  requestId: string;
}

const storage = new AsyncLocalStorage<RequestOrigin>();

/** Of the request that the caller serves; `undefined` in a worker or a command. */
export const requestOrigin = (): RequestOrigin | undefined => storage.getStore();

/** A hook right before the handler: reading the body may have lost what was kept any earlier. */
export function keepRequestOrigin(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: HookHandlerDoneFunction,
): void {
  storage.run({ address: request.ip, requestId: request.id }, done);
}
