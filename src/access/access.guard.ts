import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../platform/errors/refusal.js';
import { ROUTE_POLICY } from '../platform/http/public-route.js';
import { type Authenticated, Authentication } from './authentication.js';
import { OPEN_WITH_EXPIRED_PASSWORD, type RoutePolicy } from './decorators.js';
import { type Permission, type PermissionRule, POLICY } from './policy.js';
import { SecondFactorPolicy } from './second-factor/second-factor-policy.js';

/** Asked before every handler. A route without a policy is refused to everyone. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
    private readonly secondFactors: SecondFactorPolicy,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(ROUTE_POLICY, places);
    if (policy === 'public') return true;

    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.authentication.of(bearerToken(request.headers.authorization));
    const { isOwn } = requirePermission(caller, policy);
    if (
      caller.isPasswordExpired &&
      !this.reflector.getAllAndOverride<true | undefined>(OPEN_WITH_EXPIRED_PASSWORD, places)
    ) {
      throw new Refusal(403, 'PASSWORD_CHANGE_REQUIRED');
    }
    const role = caller.actor?.kind === 'account' ? caller.actor.role : null;
    if (isOwn !== true && !caller.hasSecondFactor && this.secondFactors.isDemandedOf(role))
      throw new Refusal(403, 'SECOND_FACTOR_ENROLMENT_REQUIRED');
    if (caller.session !== undefined) request.session = caller.session;
    if (caller.actor !== null) request.actor = caller.actor;
    return true;
  }
}

/** @throws Refusal 403 FORBIDDEN, ROLE_MISSING, API_KEY_SCOPE_MISSING */
function requirePermission(caller: Authenticated, permission: Permission | undefined): PermissionRule {
  const rule = permission === undefined ? undefined : POLICY[permission];
  const { actor, scopes = [] } = caller;
  if (rule === undefined) throw new Refusal(403, 'FORBIDDEN');
  if (actor === null) {
    if (rule.isOwn !== true) throw new Refusal(403, 'ROLE_MISSING');
  } else if (actor.kind === 'account') {
    if (!rule.roles.includes(actor.role)) throw new Refusal(403, 'FORBIDDEN');
  } else {
    const scope = rule.keyScope;
    if (scope === undefined) throw new Refusal(403, 'FORBIDDEN');
    if (!scopes.includes(scope)) throw new Refusal(403, 'API_KEY_SCOPE_MISSING', { scope });
  }
  return rule;
}

function bearerToken(header: string | undefined): string {
  const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(header ?? '')?.[1];
  if (token === undefined)
    throw new Refusal(401, header === undefined ? 'AUTHENTICATION_REQUIRED' : 'TOKEN_INVALID');
  return token;
}
