import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from '../platform/http/limits/rate-limits.js';

/** Asked once it is known who is asking. Whoever is not, was counted by his address. */
@Injectable()
export class CallerLimitGuard implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { actor, session } = http.getRequest<FastifyRequest>();
    const caller = actor?.kind === 'api_key' ? actor.keyId : (actor?.accountId ?? session?.accountId);
    if (caller !== undefined) this.limits.takeForCaller(caller, http.getResponse<FastifyReply>());
    return true;
  }
}
