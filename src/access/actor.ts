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
  | {
      /** A portal that is a machine: no person, no role; what it may do its scopes say, where its reporting units. */
      kind: 'api_key';
      keyId: string;
      /** `null`: everywhere. */
      reportingUnitIds: readonly string[] | null;
    }
  | { kind: 'system' };

export type AccountActor = Extract<Actor, { kind: 'account' }>;
export type ApiKeyActor = Extract<Actor, { kind: 'api_key' }>;
/** Whoever a request can come from. */
export type Caller = AccountActor | ApiKeyActor;
export const SYSTEM: Actor = { kind: 'system' };
