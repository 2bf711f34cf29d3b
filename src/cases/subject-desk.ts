import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { CalendarService } from '../calendar/calendar.service.js';
import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { HashAlgorithm } from '../platform/chain/chain-hash.js';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { checkIfMatch } from '../platform/http/etag.js';
import type { Assignment } from './assignment.entity.js';
import { CaseChanges, type ClocksChanged } from './case-changes.js';
import type { CaseEvent } from './case-event.entity.js';
import type { ClosureRequest } from './closure-request.entity.js';
import type { CoHandler } from './co-handler.entity.js';
import { type EventDraft, insertEvents, nextEvent } from './event-chain.js';
import { type Action } from './lifecycle/actions.js';
import { isLive, type Status } from './lifecycle/states.js';
import { allowedActions, transition } from './lifecycle/transition.js';
import { subjectClocks } from './subject-clocks.js';
import { lockSubject } from './subject-lock.js';
import { askerOf, chainOwner, snapshotOf, type Subject, type SubjectRef } from './subject.js';
import { updateProblems, updateSubject } from './update-subject.js';
import type { LifecycleSubject } from './lifecycle-subject.js';

/** What is asked: by whom, of which case or problem, and which version of it was seen (`If-Match`, where sent). */
export interface ActionRequest {
  actor: Actor;
  ref: SubjectRef;
  action: Action;
  ifMatch?: string | undefined;
  /** When it happened, where that may not be now: a hold ends at 00:00 of its review date, whenever that is noticed. */
  effectiveAt?: (row: LifecycleSubject, now: Date) => Date;
}

/** The same for what is no action of the table; `action` is its name in a refusal. */
export type NoteRequest = Omit<ActionRequest, 'action' | 'effectiveAt'> & { action?: string };

/** A case or problem on the desk, locked, with the action already allowed. */
export interface OpenSubject {
  tx: Transaction;
  actor: Actor;
  subject: Subject;
  now: Date;
  calendar: WorkingCalendar;
}

/** What an action does beyond the change of state. */
export interface Effect {
  event: EventDraft;
  patch?: Partial<LifecycleSubject>;
  /** The clocks' new bearers, where the action changes them. */
  assignment?: Assignment | null;
  coHandlers?: CoHandler[];
  closureRequest?: ClosureRequest | null;
  /** Problems that go with their case. */
  also?: readonly Change[];
}

/** One case or problem, where it goes and what that does to it. */
export interface Change {
  subject: Subject;
  to: Status;
  effect: Effect;
}

/**
 * Where every action on a case or problem is done: lock, decide by the table, carry out, write state, event and
 * reminders in one transaction. The state is set here and nowhere else.
 */
@Injectable()
export class SubjectDesk {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly calendars: CalendarService,
    private readonly changes: CaseChanges,
    private readonly config: AppConfig,
  ) {}

  /** @throws Refusal 404 out of scope or absent, 403 or 409 not allowed, 412 another version */
  async act(request: ActionRequest, carryOut: (open: OpenSubject) => Promise<Effect>): Promise<void> {
    const calendar = await this.calendars.current();
    await this.transactions.run((tx) => this.actIn(tx, calendar, request, carryOut));
  }

  /** The same inside a transaction that does more than this. */
  async actIn(
    tx: Transaction,
    calendar: WorkingCalendar,
    request: ActionRequest,
    carryOut: (open: OpenSubject) => Promise<Effect>,
  ): Promise<void> {
    const { actor, action } = request;
    const subject = await lockSubject(tx, actor, request.ref, action);
    checkIfMatch(request.ifMatch, subject.row.version);
    const recordedAt = this.clock.now();
    const effectiveAt = request.effectiveAt?.(subject.row, recordedAt) ?? recordedAt;
    const now = notBefore(effectiveAt, subject.row.lastEventAt);
    const to = decide(subject, request, now);
    const effect = await done({ tx, actor, subject, now, calendar }, action, carryOut);
    await this.write(tx, actor, { subject, to, effect }, { effectiveAt: now, recordedAt });
  }

  /** Something that happens to a case or problem and leaves its state as it is; `null`: nothing happened after all. */
  async note(request: NoteRequest, carryOut: (open: OpenSubject) => Promise<Effect | null>): Promise<void> {
    const calendar = await this.calendars.current();
    await this.transactions.run((tx) => this.noteIn(tx, calendar, request, carryOut));
  }

  /** The same inside a transaction that does more than this. */
  async noteIn(
    tx: Transaction,
    calendar: WorkingCalendar,
    request: NoteRequest,
    carryOut: (open: OpenSubject) => Promise<Effect | null>,
  ): Promise<void> {
    const subject = await lockSubject(tx, request.actor, request.ref);
    checkIfMatch(request.ifMatch, subject.row.version);
    const now = notBefore(this.clock.now(), subject.row.lastEventAt);
    const effect = await done({ tx, actor: request.actor, subject, now, calendar }, request.action, carryOut);
    if (effect === null) return;
    const to = subject.row.status;
    await this.write(tx, request.actor, { subject, to, effect }, { effectiveAt: now, recordedAt: now });
  }

  /** A change with those that go with it: in as many statements for twenty problems of a case as for one. */
  private async write(tx: Transaction, actor: Actor, main: Change, moments: Moments): Promise<void> {
    const { subject } = main;
    const also = main.effect.also ?? [];
    const [itself, ...others] = [main, ...also].map((change) =>
      written(change, actor, moments, this.config.eventHash),
    );
    if (itself === undefined) throw new Error('a change of nothing');
    await insertEvents(
      tx,
      [itself, ...others].map(({ event }) => event),
    );
    const owner = chainOwner(subject);
    const chainEnd = { lastSequence: owner.lastSequence, lastHash: owner.lastHash };
    const itsCase = subject.kind === 'case' ? subject.row : subject.case;
    const opened = itsCase === null ? 0 : openedBy([main, ...also]);
    const ofOwner =
      itsCase === null || opened === 0
        ? chainEnd
        : { ...chainEnd, problemsOpen: itsCase.problemsOpen + opened };
    if (subject.case === null) {
      await updateSubject(tx, subject.kind, subject.row, { ...itself.patch, ...ofOwner });
    } else {
      await updateSubject(tx, 'problem', subject.row, itself.patch);
      await updateSubject(tx, 'case', subject.case, ofOwner);
    }
    await updateProblems(tx, others);
    await this.changes.announce(tx, [main, ...also].map(told));
  }
}

interface Moments {
  effectiveAt: Date;
  recordedAt: Date;
}

/** The event of a change, at the end of its chain, and what the row says afterwards. */
function written(
  { subject: { row, kind, ...subject }, to, effect }: Change,
  actor: Actor,
  moments: Moments,
  algorithm: HashAlgorithm,
): { event: CaseEvent; row: LifecycleSubject; patch: Partial<LifecycleSubject> } {
  // A problem that goes with its case has a story of its own, which may have gone on after the case's moment.
  const effectiveAt = notBefore(moments.effectiveAt, row.lastEventAt);
  const event = nextEvent(subject.case ?? row, effect.event, {
    subjectId: row.id,
    subjectKind: kind,
    effectiveAt,
    recordedAt: notBefore(moments.recordedAt, effectiveAt),
    actor,
    algorithm,
  });
  return { event, row, patch: { status: to, ...effect.patch, lastEventAt: effectiveAt } };
}

/** By how many the open problems of the case become more. */
const openedBy = (changes: readonly Change[]): number =>
  changes
    .filter(({ subject }) => subject.kind === 'problem')
    .reduce((sum, { subject, to }) => sum + Number(isLive(to)) - Number(isLive(subject.row.status)), 0);

/** What was done, and the clocks that run once it is written. */
const told = ({ subject, effect }: Change): ClocksChanged => ({
  ...subjectClocks({
    ...subject,
    assignment: effect.assignment === undefined ? subject.assignment : effect.assignment,
    coHandlers: effect.coHandlers ?? subject.coHandlers,
    closureRequest: effect.closureRequest === undefined ? subject.closureRequest : effect.closureRequest,
  }),
  event: effect.event,
});

/** Never before the previous event: clocks of two machines may differ by a little. */
const notBefore = (moment: Date, previous: Date): Date =>
  new Date(Math.max(moment.getTime(), previous.getTime()));

function decide(subject: Subject, { actor, action }: ActionRequest, now: Date): Status {
  const snapshot = snapshotOf(subject);
  const asker = askerOf(actor);
  const decision = transition(snapshot, action, asker, now);
  if ('to' in decision) return decision.to;
  const { status, code } = decision.refused;
  throw new Refusal(status, code, refusalParams(subject, actor, action, now));
}

/** What a refusal says beside its code: the state, the action and what is allowed now. */
export function refusalParams(
  subject: Subject,
  actor: Actor,
  action: string | undefined,
  now: Date,
): { status: Status; action?: string; allowedActions: Action[] } {
  const snapshot = snapshotOf(subject);
  return {
    status: snapshot.status,
    ...(action === undefined ? {} : { action }),
    allowedActions: allowedActions(snapshot, askerOf(actor), now),
  };
}

/** Carried out; whatever is refused on the way says where it stands, as a refusal of the table does. */
async function done<Done extends Effect | null>(
  open: OpenSubject,
  action: string | undefined,
  carryOut: (open: OpenSubject) => Promise<Done>,
): Promise<Done> {
  try {
    return await carryOut(open);
  } catch (error) {
    if (!(error instanceof Refusal) || error.status === 404) throw error;
    const { status, code, params, faults, retryAfter } = error;
    const standing = refusalParams(open.subject, open.actor, action, open.now);
    throw new Refusal(status, code, { ...standing, ...params }, faults, retryAfter);
  }
}
