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
      // Those who come along when another leads have been told.
      const asked = event.type === 'assigned' ? clocks.filter(({ kind }) => kind === 'co_handle') : [];
      return [
        lead,
        ...asked.map(({ runId, deadlineAt }): NoticeDraft => ({
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
