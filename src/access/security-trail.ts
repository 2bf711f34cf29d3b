import type { Transaction } from '../platform/database/transactions.js';
import type { Caller } from './actor.js';

/** What the trail tells of beside the events of cases. The list is closed, so that an auditor knows what to look for. */
export const TRAIL_EVENT_TYPES = [
  'signed_in',
  'sign_in_failed',
  'account_locked',
  'signed_out',
  'refresh_token_reused',
  'second_factor_enrolled',
  'second_factor_removed',
  'second_factor_failed',
  'password_changed',
  'password_change_failed',
  'password_reset',
  'account_created',
  'account_changed',
  'account_linked',
  'api_key_created',
  'api_key_changed',
  'api_key_rotated',
  'api_key_revoked',
  'webhook_created',
  'webhook_changed',
  'webhook_secret_rotated',
  'webhook_replayed',
  'reminder_policy_changed',
  'bulletin_policy_changed',
  'production_policy_changed',
  'issue_prepared',
  'issue_published',
  'issue_withdrawn',
  'circular_template_changed',
  'delivery_resolved',
  'deliveries_retried',
  'access_refused',
  'exported',
  'file_downloaded',
  'contact_unmasked',
  'contact_searched',
  'contact_keys_rotated',
  'anchored',
  'trail_verified',
] as const;
export type TrailEventType = (typeof TRAIL_EVENT_TYPES)[number];

export interface TrailActor {
  kind: 'account' | 'api_key' | 'system' | 'anonymous';
  /** Of the account or key. */
  id: string | null;
}

export interface TrailEvent {
  type: TrailEventType;
  actor: TrailActor;
  /** What it was done to. */
  subject?: { kind: string; id: string };
  /** Ids and facts; never contact data, passwords, keys or user names. */
  payload?: Record<string, unknown>;
}

export const byAccount = (id: string): TrailActor => ({ kind: 'account', id });
export const byCaller = (caller: Caller): TrailActor =>
  caller.kind === 'account' ? byAccount(caller.accountId) : { kind: 'api_key', id: caller.keyId };
export const BY_SYSTEM: TrailActor = { kind: 'system', id: null };
export const BY_NOBODY_KNOWN: TrailActor = { kind: 'anonymous', id: null };

/**
 * Where whatever matters to an auditor is recorded. Address and request id are those of the request that it is done in.
 * Appending waits for whoever else appends until that transaction ends, so a transaction appends as late as it
 * can; the answer to a request with an `Idempotency-Key` is still stored after it.
 */
export abstract class SecurityTrail {
  /** In the transaction of what is recorded: neither is without the other. */
  abstract record(tx: Transaction, event: TrailEvent): Promise<void>;

  /** In a transaction of its own, for what changes nothing else, such as a download; awaited before it is given out. */
  abstract recordAlone(event: TrailEvent): Promise<void>;
}
