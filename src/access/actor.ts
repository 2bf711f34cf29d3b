import type { Role } from './role.js';

/** Who is asking. `system` acts for clocks, imports and the command line, and is never made from a request. */
export type Actor =
  | {
      kind: 'account';
      accountId: string;
      role: Role;
      departmentId: string | null;
      officialId: string | null;
      reportingUnitId: string | null;
    }
  | { kind: 'system' };

export type AccountActor = Extract<Actor, { kind: 'account' }>;
export const SYSTEM: Actor = { kind: 'system' };
