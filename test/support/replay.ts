/** What the events say of a case or problem; folded here anew, by nothing of the product. */
export interface Replayed {
  kind: string;
  status: string;
  dueAt: string | null;
  deadlineVersion: number | null;
  leadDepartmentId: string | null;
  assignmentId: string | null;
  assignRunId: string | null;
  closureRequestId: string | null;
  reviewOn: string | null;
  outcome: string | null;
  returnCount: number;
  reopenCount: number;
  /** Deadline versions of the co-handlers whose deadline has moved. */
  coHandlerVersions: Record<string, number>;
}

export interface ReplayedEvent {
  id: string;
  type: string;
  subjectKind: string;
  payload: Record<string, unknown>;
}

/** From which states each event may come and where it leads; written off the page of the domain. */
const STEPS: Record<string, { from: string[]; to: string | null }> = {
  reported: { from: [''], to: 'reported' },
  rejected: { from: ['reported'], to: 'rejected' },
  assigned: { from: ['reported'], to: 'assigned' },
  claimed: { from: ['reported'], to: 'in_progress' },
  acknowledged: { from: ['assigned'], to: 'in_progress' },
  returned: { from: ['assigned'], to: 'reported' },
  reassigned: { from: ['assigned', 'in_progress'], to: 'assigned' },
  closure_requested: { from: ['in_progress'], to: 'verifying' },
  resolved: { from: ['verifying'], to: 'resolved' },
  sent_back: { from: ['verifying'], to: 'in_progress' },
  held: { from: ['in_progress'], to: 'on_hold' },
  resumed: { from: ['on_hold'], to: 'in_progress' },
  reopened: { from: ['resolved'], to: 'assigned' },
  terminated: { from: ['reported', 'assigned', 'in_progress', 'verifying', 'on_hold'], to: 'terminated' },
  extension_requested: { from: ['assigned', 'in_progress'], to: null },
  extension_approved: { from: ['assigned', 'in_progress'], to: null },
  extension_refused: { from: ['assigned', 'in_progress', 'verifying', 'on_hold'], to: null },
};

/** What is told beside the states, of anything that has been reported. */
const BESIDE = new Set([
  'candidate_merged',
  'corrected',
  'file_added',
  'follow_up_recorded',
  'handed_over',
  'instruction_answered',
  'instruction_left',
  'milestone_lost',
  'milestone_reached',
  'note_added',
  'opinion_given',
  'plan_saved',
  'rated',
  'reminder_acknowledged',
  'reopen_proposed',
  'visit_recorded',
]);

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const versions = (moved: unknown): Record<string, number> =>
  Object.fromEntries(
    (Array.isArray(moved) ? moved : []).map((fact: Record<string, unknown>) => [
      String(fact['coHandlerId']),
      Number(fact['deadlineVersion']),
    ]),
  );

/** @throws Error at an event that its state does not allow */
export function replay(events: readonly ReplayedEvent[]): Replayed {
  let state: Replayed = {
    kind: '',
    status: '',
    dueAt: null,
    deadlineVersion: null,
    leadDepartmentId: null,
    assignmentId: null,
    assignRunId: null,
    closureRequestId: null,
    reviewOn: null,
    outcome: null,
    returnCount: 0,
    reopenCount: 0,
    coHandlerVersions: {},
  };
  for (const event of events) state = after(state, event);
  return state;
}

function after(before: Replayed, { id, type, subjectKind, payload }: ReplayedEvent): Replayed {
  if (BESIDE.has(type) && before.status !== '') return before;
  const step = STEPS[type];
  if (step === undefined || !step.from.includes(before.status)) {
    throw new Error(`${type} does not follow on ${before.status}`);
  }
  const state = { ...before, kind: subjectKind, status: step.to ?? before.status };
  const due = { dueAt: text(payload['dueAt']), deadlineVersion: Number(payload['deadlineVersion']) };
  const coHandlers = {
    coHandlerVersions: { ...state.coHandlerVersions, ...versions(payload['coHandlers']) },
  };
  const none = {
    dueAt: null,
    deadlineVersion: null,
    assignmentId: null,
    reviewOn: null,
    closureRequestId: null,
  };
  const answerable = {
    ...due,
    assignmentId: text(payload['assignmentId']),
    leadDepartmentId: text(payload['departmentId']),
    assignRunId: null,
  };
  switch (type) {
    case 'reported':
      return { ...state, assignRunId: id };
    case 'returned':
      return { ...state, ...none, assignRunId: id, returnCount: state.returnCount + 1 };
    case 'assigned':
    case 'claimed':
    case 'reassigned':
      return { ...state, ...answerable };
    case 'reopened':
      return { ...state, ...answerable, outcome: null, returnCount: 0, reopenCount: state.reopenCount + 1 };
    case 'closure_requested':
      return { ...state, closureRequestId: text(payload['closureRequestId']) };
    case 'sent_back':
      return { ...state, ...due, ...coHandlers, closureRequestId: null };
    case 'held':
      return { ...state, reviewOn: text(payload['reviewOn']) };
    case 'resumed':
      return { ...state, ...due, ...coHandlers, reviewOn: null };
    case 'extension_approved':
      return { ...state, ...due };
    case 'resolved':
      return { ...state, ...none, outcome: text(payload['outcome']) };
    case 'rejected':
    case 'terminated':
      return { ...state, ...none, assignRunId: null };
    default:
      return state;
  }
}
