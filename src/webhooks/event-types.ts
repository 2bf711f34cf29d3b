import type { CaseEventType } from '../cases/case-events.js';
import type { Status, SubjectKind } from '../cases/lifecycle/states.js';

/** What a portal can be told of: to whom each type of event happens, and the state it leaves behind, if it sets one. */
const EVENTS: Readonly<Record<CaseEventType, { of: readonly SubjectKind[]; to?: Status }>> = {
  reported: { of: ['case', 'problem'], to: 'reported' },
  rejected: { of: ['case', 'problem'], to: 'rejected' },
  assigned: { of: ['case', 'problem'], to: 'assigned' },
  claimed: { of: ['case', 'problem'], to: 'in_progress' },
  acknowledged: { of: ['case', 'problem'], to: 'in_progress' },
  returned: { of: ['case', 'problem'], to: 'reported' },
  reassigned: { of: ['case', 'problem'], to: 'assigned' },
  closure_requested: { of: ['case', 'problem'], to: 'verifying' },
  resolved: { of: ['case', 'problem'], to: 'resolved' },
  sent_back: { of: ['case', 'problem'], to: 'in_progress' },
  held: { of: ['case', 'problem'], to: 'on_hold' },
  resumed: { of: ['case', 'problem'], to: 'in_progress' },
  reopened: { of: ['case', 'problem'], to: 'assigned' },
  terminated: { of: ['case', 'problem'], to: 'terminated' },
  extension_requested: { of: ['case', 'problem'] },
  extension_approved: { of: ['case', 'problem'] },
  extension_refused: { of: ['case', 'problem'] },
  deadline_recomputed: { of: ['case', 'problem'] },
  corrected: { of: ['case'] },
  note_added: { of: ['case', 'problem'] },
  file_added: { of: ['case', 'problem'] },
  rated: { of: ['case', 'problem'] },
  handed_over: { of: ['case', 'problem'] },
  reopen_proposed: { of: ['case', 'problem'] },
  plan_saved: { of: ['case'] },
  visit_recorded: { of: ['case'] },
  instruction_left: { of: ['case'] },
  instruction_answered: { of: ['case'] },
  reminder_acknowledged: { of: ['case', 'problem'] },
  opinion_given: { of: ['case', 'problem'] },
  milestone_reached: { of: ['case'] },
  milestone_lost: { of: ['case'] },
  candidate_merged: { of: ['case'] },
  follow_up_recorded: { of: ['case'] },
};

/** Sent on request only, to see whether a portal hears. */
export const TEST_EVENT = 'webhook.test';

/** The closed list that a webhook chooses from: `case.assigned`, `problem.resolved`. */
export const WEBHOOK_EVENT_TYPES: readonly string[] = Object.entries(EVENTS)
  .flatMap(([type, { of }]) => of.map((kind) => `${kind}.${type}`))
  .toSorted();

/** The state that an event of this type leaves behind; `null` where it leaves it as it was. */
export const statusAfter = (type: CaseEventType): Status | null => EVENTS[type].to ?? null;
