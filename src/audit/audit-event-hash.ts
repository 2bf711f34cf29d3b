import { chainHash, type HashAlgorithm } from '../platform/chain/chain-hash.js';

/** What the hash of an audit event is made over; ids as text. */
export interface HashedAuditEvent {
  id: string;
  sequence: number;
  recordedAt: Date;
  type: string;
  actorKind: string;
  actorId: string | null;
  address: string | null;
  requestId: string | null;
  subjectKind: string | null;
  subjectId: string | null;
  payload: Record<string, unknown>;
  algorithm: HashAlgorithm;
}

/** Over the hash of the event before it and this event, by the event's own algorithm. */
export function auditEventHash(previous: Buffer | null, event: HashedAuditEvent): Buffer {
  const { recordedAt, ...rest } = event;
  return chainHash(event.algorithm, previous, { ...rest, recordedAt: recordedAt.toISOString() });
}
