import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ROUTE_POLICY } from '../platform/http/public-route.js';
import { Admission } from './admission.js';
import { Authentication } from './authentication.js';
import { bearerToken } from './bearer-token.js';
import { OPEN_WITH_EXPIRED_PASSWORD, type RoutePolicy } from './decorators.js';
import { POLICY } from './policy.js';

/** Asked before every handler. A route without a policy is refused to everyone. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
    private readonly admission: Admission,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(ROUTE_POLICY, places);
    if (policy === 'public') return true;

    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const caller = await this.authentication.of(bearerToken(request.headers.authorization));
    const door = {
      rule: policy === undefined ? undefined : POLICY[policy],
      isOpenWithExpiredPassword:
        this.reflector.getAllAndOverride<true | undefined>(OPEN_WITH_EXPIRED_PASSWORD, places) === true,
    };
    this.admission.admit(caller, door, request, http.getResponse<FastifyReply>());
    return true;
  }
}
