import { Refusal } from '../platform/errors/refusal.js';
import type { Caller } from './actor.js';
import { type Permission, type PermissionRule, POLICY } from './policy.js';

/** Whether a part of a route that asks for more than the route itself is open to the caller. */
export function isAllowed(caller: Caller, permission: Permission): boolean {
  const rule: PermissionRule = POLICY[permission];
  // A key has no role: a scope opens whole routes to it.
  return caller.kind === 'account' && rule.roles.includes(caller.role);
}

/** For a part of a route that asks for more than the route itself. @throws Refusal 403 FORBIDDEN */
export function requirePermission(caller: Caller, permission: Permission): void {
  if (!isAllowed(caller, permission)) throw new Refusal(403, 'FORBIDDEN');
}
