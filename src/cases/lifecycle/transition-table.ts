import type { Action } from './actions.js';
import {
  allProblemsClosed,
  beforeSignForTime,
  caseTakesProblems,
  type Guard,
  noOtherLiveCase,
  notFinal,
  notTheRequester,
  withinClaimWindow,
} from './guards.js';
import {
  anyDepartment,
  countyInside,
  leadDepartment,
  type Party,
  portalInside,
  system,
  taskForce,
} from './parties.js';
import { isLive, type Status, STATUSES } from './states.js';

/** One line of the table: from where to where, by whom, on which conditions. */
export interface Line {
  from: readonly Status[];
  to: Status;
  by: readonly Party[];
  guards: readonly Guard[];
}

const LIVE = STATUSES.filter(isLive);

/**
 * The one lifecycle, of cases and of problems. Anything that is not in it is refused.
 * `report` comes from no state: it makes the case or problem.
 */
export const TRANSITIONS: Readonly<Record<Action, Line>> = {
  report: {
    from: [],
    to: 'reported',
    by: [taskForce, countyInside, portalInside, system],
    guards: [noOtherLiveCase, caseTakesProblems],
  },
  reject: { from: ['reported'], to: 'rejected', by: [taskForce], guards: [] },
  assign: { from: ['reported'], to: 'assigned', by: [taskForce, countyInside], guards: [] },
  claim: { from: ['reported'], to: 'in_progress', by: [anyDepartment], guards: [withinClaimWindow] },
  acknowledge: { from: ['assigned'], to: 'in_progress', by: [leadDepartment], guards: [] },
  return: { from: ['assigned'], to: 'reported', by: [leadDepartment], guards: [beforeSignForTime, notFinal] },
  reassign: { from: ['assigned', 'in_progress'], to: 'assigned', by: [taskForce, countyInside], guards: [] },
  request_closure: {
    from: ['in_progress'],
    to: 'verifying',
    by: [leadDepartment],
    guards: [allProblemsClosed],
  },
  approve_closure: { from: ['verifying'], to: 'resolved', by: [taskForce], guards: [notTheRequester] },
  send_back: { from: ['verifying'], to: 'in_progress', by: [taskForce], guards: [notTheRequester] },
  hold: { from: ['in_progress'], to: 'on_hold', by: [taskForce], guards: [] },
  resume: { from: ['on_hold'], to: 'in_progress', by: [taskForce, system], guards: [] },
  reopen: {
    from: ['resolved'],
    to: 'assigned',
    by: [taskForce],
    guards: [noOtherLiveCase, caseTakesProblems],
  },
  terminate: { from: LIVE, to: 'terminated', by: [taskForce], guards: [] },
};
