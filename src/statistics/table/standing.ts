import type { AssignmentFacts, CaseEventPayloads, CaseEventType } from '../../cases/case-events.js';
import type { Hold } from '../../cases/deadlines/handling-time.js';
import { isLate } from '../../cases/deadlines/overdue.js';
import type { Outcome } from '../../cases/lifecycle/states.js';
import type { EventOf } from './history.js';

/** What a case or problem is grouped by, beside the dated attributes of its enterprise and department. */
export interface Holder {
  reported: CaseEventPayloads['reported'] | null;
  /** Of the last assignment, also while returned and after closure. */
  departmentId: string | null;
  officialId: string | null;
}

export interface SignFor {
  /** The event that made the assignment. */
  sourceId: string;
  assignmentId: string;
  departmentId: string;
  officialId: string;
  acknowledgeBy: string;
  signedAt: number | null;
  endedAt: number | null;
}

export interface Closure {
  departmentId: string | null;
  officialId: string | null;
  resolvedAt: number;
  reopenedAt: number | null;
  outcome: Outcome;
  isOnTime: boolean;
  dayZeroOn: string;
  holds: Hold[];
}

/** Where one case or problem stands after some of its events. */
export interface Standing extends Holder {
  /** From the first assign or claim until resolved, terminated or rejected, also while returned; again from reopen. */
  isOnBooks: boolean;
  /** How it left the books; `null` before it ever came on them and while it is on them. */
  left: 'resolved' | 'terminated' | null;
  clock: 'none' | 'running' | 'verifying' | 'on_hold';
  /** Of the last assignment; instants of payloads stay text until they are needed. */
  dueAt: string;
  stoppedAt: number;
  /** Day 0 of the first assignment since report or reopen. */
  dayZeroOn: string;
  /** Those that have ended, since report or reopen. */
  holds: Hold[];
  request: { closureRequestId: string; dueAt: string } | null;
  signFors: SignFor[];
  closures: Closure[];
}

export const unreported = (): Standing => ({
  reported: null,
  departmentId: null,
  officialId: null,
  isOnBooks: false,
  left: null,
  clock: 'none',
  dueAt: '',
  stoppedAt: 0,
  dayZeroOn: '',
  holds: [],
  request: null,
  signFors: [],
  closures: [],
});

/** What an event adds to the week it falls in. */
export type Flow = 'assigned' | 'reopened' | 'resolved' | 'terminated' | 'sentBack' | 'extended';

type Rule<Type extends CaseEventType> = (
  standing: Standing,
  payload: CaseEventPayloads[Type],
  at: number,
  id: string,
) => Flow | undefined;

/** The end of the running assignment, whatever ended it. */
function endSignFor(standing: Standing, at: number): void {
  const last = standing.signFors.at(-1);
  if (last !== undefined) last.endedAt ??= at;
}

function take(
  standing: Standing,
  facts: AssignmentFacts,
  at: number,
  sourceId: string,
  signedAt: number | null = null,
): void {
  endSignFor(standing, at);
  const { assignmentId, departmentId, officialId, acknowledgeBy } = facts;
  standing.signFors.push({
    sourceId,
    assignmentId,
    departmentId,
    officialId,
    acknowledgeBy,
    signedAt,
    endedAt: null,
  });
  standing.departmentId = departmentId;
  standing.officialId = officialId;
  standing.dueAt = facts.dueAt;
  standing.clock = 'running';
}

/** Comes on the books unless it is on them already, as after a return. */
function enter(standing: Standing, facts: AssignmentFacts, flow: 'assigned' | 'reopened'): Flow | undefined {
  if (standing.isOnBooks) return undefined;
  standing.isOnBooks = true;
  standing.left = null;
  standing.dayZeroOn = facts.dayZeroOn;
  standing.holds = [];
  return flow;
}

/** What was never assigned leaves no books. */
function leave(standing: Standing, at: number, how: 'resolved' | 'terminated'): Flow | undefined {
  endSignFor(standing, at);
  if (!standing.isOnBooks) return undefined;
  standing.isOnBooks = false;
  standing.left = how;
  standing.clock = 'none';
  return how;
}

function stop(standing: Standing, clock: 'verifying' | 'on_hold', at: number): void {
  standing.clock = clock;
  standing.stoppedAt = at;
}

function goOn(standing: Standing, dueAt: string): void {
  standing.clock = 'running';
  standing.dueAt = dueAt;
}

const isCurrent = (standing: Standing, assignmentId: string): boolean =>
  standing.signFors.at(-1)?.assignmentId === assignmentId;

/** A request counts by the deadline that stood when it came; an imported closure by its own date. */
function isOnTime(standing: Standing, payload: CaseEventPayloads['resolved'], at: number): boolean {
  const { request } = standing;
  const isKnown = request !== null && request.closureRequestId === payload.closureRequestId;
  const dueAt = isKnown ? request.dueAt : standing.dueAt;
  return !isLate(new Date(dueAt), new Date(payload.requestedAt ?? at));
}

const RULES: { [Type in CaseEventType]?: Rule<Type> } = {
  reported: (standing, payload) => {
    standing.reported = payload;
    return undefined;
  },
  assigned: (standing, payload, at, id) => {
    take(standing, payload, at, id);
    return enter(standing, payload, 'assigned');
  },
  claimed: (standing, payload, at, id) => {
    take(standing, payload, at, id, at);
    return enter(standing, payload, 'assigned');
  },
  reassigned: (standing, payload, at, id) => {
    take(standing, payload, at, id);
    return undefined;
  },
  acknowledged: (standing, payload, at) => {
    const signFor = standing.signFors.find(({ assignmentId }) => assignmentId === payload.assignmentId);
    if (signFor !== undefined) signFor.signedAt ??= at;
    return undefined;
  },
  returned: (standing, _, at) => {
    endSignFor(standing, at);
    standing.clock = 'none';
    return undefined;
  },
  closure_requested: (standing, payload, at) => {
    stop(standing, 'verifying', at);
    standing.request = { closureRequestId: payload.closureRequestId, dueAt: standing.dueAt };
    return undefined;
  },
  resolved: (standing, payload, at) => {
    const { departmentId, officialId, dayZeroOn, holds } = standing;
    const closure = {
      departmentId,
      officialId,
      resolvedAt: at,
      reopenedAt: null,
      outcome: payload.outcome,
      dayZeroOn,
      holds,
    };
    const flow = leave(standing, at, 'resolved');
    if (flow !== undefined) standing.closures.push({ ...closure, isOnTime: isOnTime(standing, payload, at) });
    return flow;
  },
  sent_back: (standing, payload) => {
    goOn(standing, payload.dueAt);
    return 'sentBack';
  },
  held: (standing, _, at) => {
    stop(standing, 'on_hold', at);
    return undefined;
  },
  resumed: (standing, payload, at) => {
    standing.holds.push({ from: new Date(standing.stoppedAt), to: new Date(at) });
    goOn(standing, payload.dueAt);
    return undefined;
  },
  reopened: (standing, payload, at, id) => {
    const closure = standing.closures.at(-1);
    if (closure !== undefined) closure.reopenedAt ??= at;
    take(standing, payload, at, id);
    return enter(standing, payload, 'reopened');
  },
  rejected: (standing, _, at) => leave(standing, at, 'terminated'),
  terminated: (standing, _, at) => leave(standing, at, 'terminated'),
  extension_approved: (standing, payload) => {
    if (isCurrent(standing, payload.assignmentId)) standing.dueAt = payload.dueAt;
    return 'extended';
  },
  deadline_recomputed: (standing, payload) => {
    if (isCurrent(standing, payload.assignmentId)) standing.dueAt = payload.dueAt;
    return undefined;
  },
  // Seen by who groups by official alone: department, clocks and deadlines stay.
  handed_over: (standing, payload, at) => {
    if (payload.coHandlerId !== null || !isCurrent(standing, payload.assignmentId)) return undefined;
    standing.officialId = payload.toOfficialId;
    const signFor = standing.signFors.at(-1);
    const isOpen = signFor?.signedAt === null && at < Date.parse(signFor.acknowledgeBy);
    if (isOpen) signFor.officialId = payload.toOfficialId;
    return undefined;
  },
};

/** Takes the standing past one event, in place. */
export function applyEvent<Type extends CaseEventType>(
  standing: Standing,
  event: EventOf<Type>,
): Flow | undefined {
  const rule: Rule<Type> | undefined = RULES[event.type];
  return rule?.(standing, event.payload, event.effectiveAt, event.id);
}

/**
 * From when it is late, unless something happens before; standing as it does since `at`. A running clock is late past
 * due; a stopped one only if it was late when it stopped; what is returned or off the books has no handling clock.
 */
export function lateFrom({ clock, dueAt, stoppedAt }: Standing, at: number): number | null {
  if (clock === 'none') return null;
  const due = new Date(dueAt);
  if (clock === 'running') return Math.max(at, due.getTime());
  return isLate(due, new Date(stoppedAt)) ? at : null;
}
