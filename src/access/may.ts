import { Refusal } from '../platform/errors/refusal.js';
import type { Caller } from './actor.js';
import { type Permission, type PermissionRule, POLICY } from './policy.js';

/** For a part of a route that asks for more than the route itself. @throws Refusal 403 FORBIDDEN */
export function requirePermission(caller: Caller, permission: Permission): void {
  const rule: PermissionRule = POLICY[permission];
  // A key has no role: a scope opens whole routes to it.
  if (caller.kind !== 'account' || !rule.roles.includes(caller.role)) throw new Refusal(403, 'FORBIDDEN');
}
