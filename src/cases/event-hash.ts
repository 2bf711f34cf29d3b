import { createHash } from 'node:crypto';

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
}

/** SHA-256 over the hash of the event before it in its chain and this event, so that no one can be changed alone. */
export function eventHash(previous: Buffer | null, event: HashedEvent): Buffer {
  const { payload, effectiveAt, recordedAt, ...rest } = event;
  const body = canonical({
    ...rest,
    effectiveAt: effectiveAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
    payload,
  });
  return createHash('sha256')
    .update(previous ?? Buffer.alloc(0))
    .update(body)
    .digest();
}

/** JSON with sorted keys and without undefined members: the same for what was written and what jsonb gives back. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
