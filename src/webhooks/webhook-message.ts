import type { CaseEventPayloads, CaseEventType } from '../cases/case-events.js';
import type { SubjectKind } from '../cases/lifecycle/states.js';
import { statusAfter, TEST_EVENT } from './event-types.js';

/** An event of the ledger with what a portal needs to know whom it is about. */
export interface SentEvent {
  id: string;
  type: CaseEventType;
  subjectId: string;
  subjectKind: SubjectKind;
  /** Its chain: the case, or the problem that has none. */
  chainId: string;
  sequence: number;
  effectiveAt: Date;
  recordedAt: Date;
  payload: Record<string, unknown>;
  /** Permanent, such as `AK-2021-000123`. */
  number: string;
  reportingUnitCode: string;
}

type FactName = { [Type in CaseEventType]: keyof CaseEventPayloads[Type] }[CaseEventType];

/**
 * What of an event's payload is sent: ids, codes and dates. What somebody wrote (reasons, notes, opinions, places) may
 * name people and stays here; a portal that may read it asks for it by the id.
 */
const FACTS = [
  'acknowledgeBy',
  'afterDays',
  'assignBy',
  'assignmentId',
  'candidateId',
  'candidateKind',
  'caseId',
  'category',
  'cause',
  'claimUntil',
  'closureRequestId',
  'coHandlerId',
  'complexity',
  'dayZeroOn',
  'deadlineVersion',
  'departmentId',
  'distressType',
  'doneBy',
  'dueAt',
  'enterpriseId',
  'extensionId',
  'fileId',
  'finding',
  'followUpId',
  'fromOfficialId',
  'ground',
  'instructionId',
  'isByReviewDate',
  'milestone',
  'month',
  'officialId',
  'outcome',
  'planId',
  'planVersion',
  'productionStatus',
  'projectId',
  'rating',
  'ratingId',
  'reminderId',
  'replyBy',
  'requestedAt',
  'responsibilityListId',
  'reviewOn',
  'rung',
  'supersededAssignmentId',
  'toOfficialId',
  'verifyBy',
  'visitId',
  'visitedOn',
] as const satisfies readonly FactName[];

/** Codes and ids are shorter; with the list above this bounds a message well below the 20 KB of the standard. */
const LONGEST_FACT = 100;

/** The body of a message. The same event makes the same bytes, however often it is sent. */
export function eventMessage(event: SentEvent): string {
  const { id, type, subjectId, subjectKind, chainId, sequence, effectiveAt, recordedAt } = event;
  return JSON.stringify({
    type: `${subjectKind}.${type}`,
    timestamp: effectiveAt.toISOString(),
    data: {
      eventId: id,
      chainId,
      sequence,
      [`${subjectKind}Id`]: subjectId,
      number: event.number,
      reportingUnit: event.reportingUnitCode,
      status: statusAfter(type),
      effectiveAt: effectiveAt.toISOString(),
      recordedAt: recordedAt.toISOString(),
      facts: factsOf(event.payload),
    },
  });
}

/** Tells nothing but that it was asked for. */
export const testMessage = (webhookId: string, at: Date): string =>
  JSON.stringify({ type: TEST_EVENT, timestamp: at.toISOString(), data: { webhookId } });

function factsOf(payload: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    FACTS.flatMap((name) => {
      const value = payload[name];
      return isFact(value) ? [[name, value]] : [];
    }),
  );
}

const isFact = (value: unknown): boolean =>
  value === null ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (typeof value === 'string' && value.length <= LONGEST_FACT);
