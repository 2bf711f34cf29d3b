import { createHash } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientKey } from '../platform/http/limits/client-address.js';
import { RateLimits } from '../platform/http/limits/rate-limits.js';

/** Before whatever tries a password or a code: guessing is slow from one address, and for one name from all of them. */
@Injectable()
export class SignInLimitGuard implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    this.limits.takeForSignIn(clientKey(request), nameIn(request.body), http.getResponse<FastifyReply>());
    return true;
  }
}

/** Nobody has looked at the body yet. A name becomes part of a key in Redis: it is neither long nor readable there. */
function nameIn(body: unknown): string | undefined {
  const name: unknown = Object(body)['username'];
  if (typeof name !== 'string') return undefined;
  return createHash('sha256').update(name.toLowerCase()).digest('base64url');
}
