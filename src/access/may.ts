import { Refusal } from '../platform/errors/refusal.js';
import type { AccountActor } from './actor.js';
import { type Permission, POLICY } from './policy.js';

/** For a part of a route that asks for more than the route itself. @throws Refusal 403 FORBIDDEN */
export function requirePermission({ role }: AccountActor, permission: Permission): void {
  if (!POLICY[permission].roles.includes(role)) throw new Refusal(403, 'FORBIDDEN');
}
