import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../platform/errors/refusal.js';
import { RateLimits } from '../platform/http/limits/rate-limits.js';
import type { Authenticated } from './authentication.js';
import type { PermissionRule } from './policy.js';
import { SecondFactorPolicy } from './second-factor/second-factor-policy.js';
import { BY_NOBODY_KNOWN, byAccount, byCaller, type TrailActor } from './security-trail.js';

/** What is asked for, and whether an account may have it that has yet to replace its one-time password. */
export interface Door {
  /** `undefined`: what nobody may have. */
  rule: PermissionRule | undefined;
  isOpenWithExpiredPassword: boolean;
}

/** Whether somebody who has shown who he is is let in. */
@Injectable()
export class Admission {
  constructor(
    private readonly secondFactors: SecondFactorPolicy,
    private readonly limits: RateLimits,
  ) {}

  /** Puts on the request who asks. @throws Refusal 403, 429 */
  admit(caller: Authenticated, door: Door, request: FastifyRequest, reply: FastifyReply): void {
    request.askedBy = askerOf(caller);
    this.count(caller, reply);
    const { rule } = door;
    if (rule === undefined) throw new Refusal(403, 'FORBIDDEN');
    requirePermission(caller, rule);
    if (caller.isPasswordExpired && !door.isOpenWithExpiredPassword)
      throw new Refusal(403, 'PASSWORD_CHANGE_REQUIRED');
    if (rule.isOwn !== true && this.lacksSecondFactor(caller))
      throw new Refusal(403, 'SECOND_FACTOR_ENROLMENT_REQUIRED');
    if (caller.actor !== null) request.actor = caller.actor;
    if (caller.session !== undefined) request.session = caller.session;
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
