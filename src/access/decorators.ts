import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ROUTE_AUDIENCE, ROUTE_POLICY } from '../platform/http/public-route.js';
import { Refusal } from '../platform/errors/refusal.js';
import type { AccountActor, Caller } from './actor.js';
import type { SignedIn } from './own-proof.js';
import { type Permission, type PermissionRule, POLICY } from './policy.js';

export { Public } from '../platform/http/public-route.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard, and by nothing else. An account without a role is signed in, and acts for nobody. */
    actor?: Caller;
    /** Of a sign-in here: who came by an issuer's token, or with a key, has none. */
    session?: SignedIn;
  }
}

/** Who may call a route: everyone, or who has the permission. A route that says neither is refused to everyone. */
export type RoutePolicy = 'public' | Permission;
export const OPEN_WITH_EXPIRED_PASSWORD = 'shukun:open-with-expired-password';

/** Whoever has this permission may call it; on a handler it stands instead of the controller's. */
export const Allow = (permission: Permission) =>
  applyDecorators(
    SetMetadata<string, RoutePolicy>(ROUTE_POLICY, permission),
    SetMetadata(ROUTE_AUDIENCE, audienceOf(POLICY[permission])),
  );

function audienceOf({ roles, keyScope }: PermissionRule): string {
  const keys = keyScope === undefined ? '' : `; API keys with the scope \`${keyScope}\``;
  return `Open to: ${roles.join(', ')}${keys}.`;
}

/** Also open to an account that has yet to replace its one-time password. */
export const OpenWithExpiredPassword = () => SetMetadata(OPEN_WITH_EXPIRED_PASSWORD, true);

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

function callerOf(context: ExecutionContext): Caller {
  const { actor } = requestOf(context);
  if (actor === undefined) throw new Error('who is asking is known only on a route with @Allow()');
  return actor;
}

/** The account that is asking. A key is nobody's account, whatever the policy may say by mistake. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): AccountActor => {
  const actor = callerOf(context);
  if (actor.kind !== 'account') throw new Refusal(403, 'FORBIDDEN');
  return actor;
});

/** Whoever is asking, on a route that is open to API keys too. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(context),
);

/** The id of the account that is asking, also of one that awaits its role. */
export const CurrentAccountId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { session, actor } = requestOf(context);
  if (session !== undefined) return session.accountId;
  if (actor?.kind !== 'account') throw new Refusal(403, 'FORBIDDEN');
  return actor.accountId;
});

/** The session the request came in, and whose it is. @throws Refusal 403 SESSION_REQUIRED where it came in none */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const { session } = requestOf(context);
  if (session === undefined) throw new Refusal(403, 'SESSION_REQUIRED');
  return session;
});
