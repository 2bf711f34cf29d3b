import { createHash } from 'node:crypto';
import {
  applyDecorators,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { Refusal } from '../platform/errors/refusal.js';
import { clientKey } from '../platform/http/limits/client-address.js';
import { RateLimits, type SignInTake } from '../platform/http/limits/rate-limits.js';

declare module 'fastify' {
  interface FastifyRequest {
    signInTake?: SignInTake;
  }
}

/**
 * For whatever tries a password or a code: guessing is slow from one address, and for one name from all of them. What
 * was right was no guess, and does not count.
 */
export const LimitsGuesses = (): MethodDecorator & ClassDecorator =>
  applyDecorators(UseGuards(TakeForGuess), UseInterceptors(GiveBackWhatWasRight));

/** A guard, since what an idempotency key answers again was a try as well. */
@Injectable()
class TakeForGuess implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    request.signInTake = this.limits.takeForSignIn(clientKey(request), nameIn(request.body), reply);
    return true;
  }
}

@Injectable()
class GiveBackWhatWasRight implements NestInterceptor {
  constructor(private readonly limits: RateLimits) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { signInTake } = context.switchToHttp().getRequest<FastifyRequest>();
    if (signInTake === undefined) return next.handle();
    const giveBack = (): void => this.limits.giveBackSignIn(signInTake);
    return next.handle().pipe(
      tap({
        complete: giveBack,
        error: (error: unknown) => {
          // The password was right; the next try brings the code.
          if (error instanceof Refusal && error.status === 401 && error.code === 'SECOND_FACTOR_REQUIRED')
            giveBack();
        },
      }),
    );
  }
}

/** Nobody has looked at the body yet. A name becomes part of a key in Redis: it is neither long nor readable there. */
function nameIn(body: unknown): string | undefined {
  const name: unknown = Object(body)['username'];
  if (typeof name !== 'string') return undefined;
  return createHash('sha256').update(name.toLowerCase()).digest('base64url');
}
