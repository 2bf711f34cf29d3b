import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../access/actor.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import type { HashAlgorithm } from '../platform/chain/chain-hash.js';
import type { Transaction } from '../platform/database/transactions.js';
import type { CaseEvent } from './case-event.entity.js';
import type { CaseEventPayloads, CaseEventType } from './case-events.js';
import { eventHash } from './event-hash.js';
import type { SubjectKind } from './lifecycle/states.js';

/** Where a chain ends: on the row of the case, or of the problem that has none, locked by whoever appends. */
export interface ChainEnd {
  id: string;
  lastSequence: number;
  lastHash: Buffer | null;
}

export type EventDraft = {
  [Type in CaseEventType]: { type: Type; payload: CaseEventPayloads[Type]; id?: string };
}[CaseEventType];

export interface EventContext {
  subjectId: string;
  subjectKind: SubjectKind;
  effectiveAt: Date;
  recordedAt: Date;
  actor: Actor | { kind: 'import'; importId: string };
  /** As configured now; the events before it keep theirs. */
  algorithm: HashAlgorithm;
}

/** The next event of a chain; moves the chain's end. */
export function nextEvent(chain: ChainEnd, draft: EventDraft, context: EventContext): CaseEvent {
  const { actor, ...what } = context;
  const event = {
    id: draft.id ?? uuidv7(),
    chainId: chain.id,
    sequence: chain.lastSequence + 1,
    ...what,
    type: draft.type,
    actorKind: actor.kind,
    actorId: actorIdOf(actor),
    actorDepartmentId: actor.kind === 'account' ? actor.departmentId : null,
    payload: { ...draft.payload },
  };
  chain.lastHash = eventHash(chain.lastHash, event);
  chain.lastSequence = event.sequence;
  return { ...event, hash: chain.lastHash };
}

/** Appends events; the unique index on chain and sequence refuses a second writer. */
export async function insertEvents(tx: Transaction, events: readonly CaseEvent[]): Promise<void> {
  await bulkInsert(tx, 'case_events', events);
}

function actorIdOf(actor: EventContext['actor']): string | null {
  if (actor.kind === 'account') return actor.accountId;
  return actor.kind === 'import' ? actor.importId : null;
}
