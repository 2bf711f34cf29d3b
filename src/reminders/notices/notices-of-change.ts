import type { OfficeTime } from '../../calendar/office-time.js';
import type { ClocksChanged } from '../../cases/case-changes.js';
import type { CaseEventType } from '../../cases/case-events.js';
import type { NoticeDraft } from '../../notifications/notices/notices.js';

/** After these an assignment, or what was asked of a co-handler, may be over. */
const ENDING: ReadonlySet<CaseEventType> = new Set([
  'returned',
  'reassigned',
  'resolved',
  'rejected',
  'terminated',
  'opinion_given',
]);

/** Whether something told before may hold no longer. What a ledger says to be closed has no clock that runs. */
export const mayEnd = ({ event, clocks }: ClocksChanged): boolean =>
  event === undefined ? clocks.length === 0 : ENDING.has(event.type);

/** A co-handler whose opinion is awaited, come along from an assignment that another one has superseded. */
export interface CarriedCoHandler {
  id: string;
  fromAssignmentId: string;
}

/** Those who help on when another leads: of them, who has been told once is not told again. */
export const carriedCoHandlers = ({ event, clocks }: ClocksChanged): CarriedCoHandler[] =>
  event?.type === 'reassigned'
    ? awaitedCoHandlers(clocks).map(({ runId }) => ({
        id: runId,
        fromAssignmentId: event.payload.supersededAssignmentId,
      }))
    : [];

const awaitedCoHandlers = (clocks: ClocksChanged['clocks']): ClocksChanged['clocks'] =>
  clocks.filter(({ kind }) => kind === 'co_handle');

/** What people are told of a change. A claim is the department's own act, and what a ledger brings is known to it. */
export function noticesOf(
  { event, clocks, subjectId, caseId, problemId }: ClocksChanged,
  office: OfficeTime,
): NoticeDraft[] {
  const about = { subjectId, caseId, problemId };
  switch (event?.type) {
    case 'assigned':
    case 'reassigned':
    case 'reopened': {
      const { assignmentId, acknowledgeBy, dueAt } = event.payload;
      const lead: NoticeDraft = {
        ...about,
        kind: 'assigned',
        cause: assignmentId,
        assignmentId,
        deadlineAt: new Date(dueAt),
        facts: { acknowledgeOn: office.dateOf(new Date(acknowledgeBy)) },
      };
      return [
        lead,
        ...awaitedCoHandlers(clocks).map(({ runId, deadlineAt }): NoticeDraft => ({
          ...about,
          kind: 'co_handling',
          cause: runId,
          assignmentId,
          coHandlerId: runId,
          deadlineAt,
          facts: {},
        })),
      ];
    }
    case 'sent_back': {
      const { assignmentId, closureRequestId, dueAt } = event.payload;
      const deadlineAt = new Date(dueAt);
      return [{ ...about, kind: 'sent_back', cause: closureRequestId, assignmentId, deadlineAt, facts: {} }];
    }
    case 'extension_approved':
    case 'extension_refused': {
      const { assignmentId, extensionId } = event.payload;
      const decision = event.type === 'extension_approved' ? 'approved' : 'refused';
      return [{ ...about, kind: 'extension_decided', cause: extensionId, assignmentId, facts: { decision } }];
    }
    default:
      return [];
  }
}
