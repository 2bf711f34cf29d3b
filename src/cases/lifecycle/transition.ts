import { type Action, ACTIONS } from './actions.js';
import type { Asker, Refused, Snapshot } from './snapshot.js';
import type { Status } from './states.js';
import { TRANSITIONS } from './transition-table.js';

export type Decision = { to: Status } | { refused: Refused };

/**
 * Decides whether `asker` may do `action` to `subject` now, and where it leads. The only place that does.
 * Order of refusal: who asks (403), the state (409), the conditions (409, or 403 for the requester).
 */
export function transition(subject: Snapshot, action: Action, asker: Asker, now: Date): Decision {
  const line = TRANSITIONS[action];
  if (!line.by.some((party) => party(subject, asker))) {
    return { refused: { status: 403, code: 'ACTION_NOT_YOURS' } };
  }
  if (action !== 'report' && !line.from.includes(subject.status)) {
    return { refused: { status: 409, code: 'CASE_TRANSITION_REFUSED' } };
  }
  for (const guard of line.guards) {
    const refused = guard(subject, asker, now);
    if (refused !== undefined) return { refused };
  }
  return { to: line.to };
}

/** What `asker` could do to `subject` now, by the same table that decides. */
export function allowedActions(subject: Snapshot, asker: Asker, now: Date): Action[] {
  return ACTIONS.filter((action) => action !== 'report' && 'to' in transition(subject, action, asker, now));
}
