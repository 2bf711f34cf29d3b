import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../platform/errors/refusal.js';
import { RateLimits } from '../platform/http/limits/rate-limits.js';
import { ROUTE_POLICY } from '../platform/http/public-route.js';
import { type Authenticated, Authentication } from './authentication.js';
import { OPEN_WITH_EXPIRED_PASSWORD, type RoutePolicy } from './decorators.js';
import { type PermissionRule, POLICY } from './policy.js';
import { SecondFactorPolicy } from './second-factor/second-factor-policy.js';
import { BY_NOBODY_KNOWN, byAccount, byCaller, type TrailActor } from './security-trail.js';

/** Asked before every handler. A route without a policy is refused to everyone. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
    private readonly secondFactors: SecondFactorPolicy,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(ROUTE_POLICY, places);
    if (policy === 'public') return true;

    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const caller = await this.authentication.of(bearerToken(request.headers.authorization));
    request.askedBy = askerOf(caller);
    this.count(caller, http.getResponse<FastifyReply>());
    const rule: PermissionRule | undefined = policy === undefined ? undefined : POLICY[policy];
    if (rule === undefined) throw new Refusal(403, 'FORBIDDEN');
    requirePermission(caller, rule);
    if (
      caller.isPasswordExpired &&
      !this.reflector.getAllAndOverride<true | undefined>(OPEN_WITH_EXPIRED_PASSWORD, places)
    ) {
      throw new Refusal(403, 'PASSWORD_CHANGE_REQUIRED');
    }
    if (rule.isOwn !== true && this.lacksSecondFactor(caller))
      throw new Refusal(403, 'SECOND_FACTOR_ENROLMENT_REQUIRED');
    if (caller.actor !== null) request.actor = caller.actor;
    if (caller.session !== undefined) request.session = caller.session;
    return true;
  }

  /** Whatever becomes of his request. Whoever is not known was counted by his address. */
  private count({ actor, session }: Authenticated, reply: FastifyReply): void {
    const caller = actor?.kind === 'api_key' ? actor.keyId : (actor?.accountId ?? session?.accountId);
    if (caller !== undefined) this.limits.takeForCaller(caller, reply);
  }

  /** Of local sign-ins only: an issuer has factors of its own, and a key has none. */
  private lacksSecondFactor({ actor, session, hasSecondFactor }: Authenticated): boolean {
    if (session === undefined || actor?.kind !== 'account') return false;
    return !hasSecondFactor && this.secondFactors.isDemandedOf(actor.role);
  }
}

function askerOf({ actor, session }: Authenticated): TrailActor {
  if (actor !== null) return byCaller(actor);
  return session === undefined ? BY_NOBODY_KNOWN : byAccount(session.accountId);
}

/** @throws Refusal 403 FORBIDDEN, ROLE_MISSING, API_KEY_SCOPE_MISSING */
function requirePermission({ actor, scopes = [] }: Authenticated, rule: PermissionRule): void {
  if (actor === null) {
    if (rule.isOwn !== true) throw new Refusal(403, 'ROLE_MISSING');
    return;
  }
  if (actor.kind === 'account') {
    if (!rule.roles.includes(actor.role)) throw new Refusal(403, 'FORBIDDEN');
    return;
  }
  const { keyScope: scope } = rule;
  if (scope === undefined) throw new Refusal(403, 'FORBIDDEN');
  if (!scopes.includes(scope)) throw new Refusal(403, 'API_KEY_SCOPE_MISSING', { scope });
}

function bearerToken(header: string | undefined): string {
  const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(header ?? '')?.[1];
  if (token === undefined)
    throw new Refusal(401, header === undefined ? 'AUTHENTICATION_REQUIRED' : 'TOKEN_INVALID');
  return token;
}
