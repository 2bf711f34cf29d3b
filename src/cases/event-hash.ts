import { chainHash, type HashAlgorithm } from '../platform/chain/chain-hash.js';

/** What the hash of an event is made over; ids and instants as text. */
export interface HashedEvent {
  id: string;
  chainId: string;
  sequence: number;
  subjectId: string;
  subjectKind: string;
  type: string;
  effectiveAt: Date;
  recordedAt: Date;
  actorKind: string;
  actorId: string | null;
  actorDepartmentId: string | null;
  payload: Record<string, unknown>;
  algorithm: HashAlgorithm;
}

/**
 * Over the hash of the event before it in its chain and this event, by the event's own algorithm. What is hashed names
 * the algorithm only where it is not SHA-256: events from before there was a choice hash to what they always did, and
 * one that is said to be of the other algorithm hashes to something else either way.
 */
export function eventHash(previous: Buffer | null, event: HashedEvent): Buffer {
  const { effectiveAt, recordedAt, algorithm, ...rest } = event;
  return chainHash(algorithm, previous, {
    ...rest,
    ...(algorithm === 'sha256' ? {} : { algorithm }),
    effectiveAt: effectiveAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
  });
}
