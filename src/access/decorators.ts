import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ROUTE_AUDIENCE, ROUTE_POLICY } from '../platform/http/public-route.js';
import type { AccountActor } from './actor.js';
import { type Permission, POLICY } from './policy.js';

export { Public } from '../platform/http/public-route.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard, and by nothing else. */
    actor?: AccountActor;
    sessionId?: string;
    /** The account that asks, also where the guard refuses it; for the record alone. */
    askedBy?: string;
  }
}

/** Who may call a route: everyone, or who has the permission. A route that says neither is refused to everyone. */
export type RoutePolicy = 'public' | Permission;
export const OPEN_WITH_EXPIRED_PASSWORD = 'shukun:open-with-expired-password';

/** Whoever has this permission may call it; on a handler it stands instead of the controller's. */
export const Allow = (permission: Permission) =>
  applyDecorators(
    SetMetadata<string, RoutePolicy>(ROUTE_POLICY, permission),
    SetMetadata(ROUTE_AUDIENCE, `Open to: ${POLICY[permission].roles.join(', ')}.`),
  );

/** Also open to an account that has yet to replace its one-time password. */
export const OpenWithExpiredPassword = () => SetMetadata(OPEN_WITH_EXPIRED_PASSWORD, true);

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

/** The account that is asking. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): AccountActor => {
  const { actor } = requestOf(context);
  if (actor === undefined) throw new Error('@CurrentActor() on a route without @Allow()');
  return actor;
});

/** The session the request came in. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { sessionId } = requestOf(context);
  if (sessionId === undefined) throw new Error('@CurrentSession() on a route without @Allow()');
  return sessionId;
});
