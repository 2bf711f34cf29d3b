import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../platform/errors/refusal.js';
import { AccessTokens } from './access-tokens.js';
import { ROUTE_POLICY } from '../platform/http/public-route.js';
import { OPEN_WITH_EXPIRED_PASSWORD, type RoutePolicy } from './decorators.js';
import { LiveSessions } from './live-sessions.js';
import { POLICY } from './policy.js';

/** Asked before every handler. A route without a policy is refused to everyone. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly sessions: LiveSessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(ROUTE_POLICY, places);
    if (policy === 'public') return true;

    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const claims = await this.tokens.verify(bearerToken(request.headers.authorization));
    const account = await this.sessions.find(claims);
    if (account === undefined) throw new Refusal(401, 'SESSION_ENDED');
    request.askedBy = claims.accountId;
    if (policy === undefined || !POLICY[policy].roles.includes(account.role))
      throw new Refusal(403, 'FORBIDDEN');
    if (
      account.isPasswordExpired &&
      !this.reflector.getAllAndOverride<true | undefined>(OPEN_WITH_EXPIRED_PASSWORD, places)
    ) {
      throw new Refusal(403, 'PASSWORD_CHANGE_REQUIRED');
    }
    request.actor = {
      kind: 'account',
      accountId: claims.accountId,
      role: account.role,
      departmentId: account.departmentId,
      officialId: account.officialId,
      reportingUnitId: account.reportingUnitId,
    };
    request.sessionId = claims.sessionId;
    return true;
  }
}

function bearerToken(header: string | undefined): string {
  const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(header ?? '')?.[1];
  if (token === undefined)
    throw new Refusal(401, header === undefined ? 'AUTHENTICATION_REQUIRED' : 'TOKEN_INVALID');
  return token;
}
