import { Refusal } from '../platform/errors/refusal.js';
import type { Actor, Caller } from './actor.js';
import { type Permission, type PermissionRule, POLICY } from './policy.js';

/** Whether the policy gives it to the role that asks. A key has no role: a scope opens whole routes to it. */
export function hasPermission(actor: Actor, permission: Permission): boolean {
  const rule: PermissionRule = POLICY[permission];
  return actor.kind === 'system' || (actor.kind === 'account' && rule.roles.includes(actor.role));
}

/** For a part of a route that asks for more than the route itself. @throws Refusal 403 FORBIDDEN */
export function requirePermission(caller: Caller, permission: Permission): void {
  if (!hasPermission(caller, permission)) throw new Refusal(403, 'FORBIDDEN');
}
