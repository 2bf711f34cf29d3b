import { v7 as uuidv7 } from 'uuid';
import type { Assignment } from '../../cases/assignment.entity.js';
import type { CaseEvent } from '../../cases/case-event.entity.js';
import type { ClocksChanged } from '../../cases/case-changes.js';
import type { Case } from '../../cases/case.entity.js';
import type { CoHandler } from '../../cases/co-handler.entity.js';
import { runningClocks } from '../../cases/deadlines/running-clocks.js';
import { type EventDraft, nextEvent } from '../../cases/event-chain.js';
import { isLive } from '../../cases/lifecycle/states.js';
import { factsOf } from '../../cases/new-assignment.js';
import type { Problem } from '../../cases/problem.entity.js';
import type { Rating, RatingValue } from '../../cases/rating.entity.js';
import type { CommitContext } from './commit-plan.js';
import type { Terms } from './terms.js';

export interface Answerable {
  departmentId: string;
  officialId: string;
  coDepartmentIds: readonly string[];
}

/** One case or problem that a ledger writes to: what becomes of its rows, and the events that say so. */
export class LedgerEntry {
  readonly events: CaseEvent[] = [];
  readonly ratings: Rating[] = [];
  readonly coHandlers: CoHandler[] = [];
  isAssignmentNew = false;

  constructor(
    readonly kind: 'case' | 'problem',
    readonly row: Case | Problem,
    /** On whose row the event chain ends. */
    private readonly owner: Case | Problem,
    readonly isNew: boolean,
    private readonly source: Pick<CommitContext, 'importId' | 'now' | 'algorithm'>,
    /** The one in force, where it is known already. */
    public assignment: Assignment | null = null,
  ) {}

  /** @param draft must have the id of the row's assign clock, whose run it starts */
  report(draft: EventDraft, at: Date): void {
    this.record(draft, at);
  }

  /** Signed for, closed and late are told by what follows; the limit and its deadline are the ledger's. */
  assign(answerable: Answerable, terms: Terms, at: Date): void {
    const { row } = this;
    const { departmentId, officialId } = answerable;
    this.isAssignmentNew = true;
    this.assignment = {
      id: uuidv7(),
      caseId: this.kind === 'case' ? row.id : null,
      problemId: this.kind === 'problem' ? row.id : null,
      departmentId,
      officialId,
      assignedAt: at,
      assignedBy: null,
      complexity: null,
      limitWorkingDays: terms.limitWorkingDays,
      dayZeroOn: terms.dayZeroOn,
      acknowledgeBy: terms.acknowledgeBy,
      acknowledgedAt: null,
      dueAt: terms.due.at,
      deadlineVersion: 1,
      isProvisional: terms.due.isProvisional,
      isFinal: false,
      endedAt: null,
      endReason: null,
      note: null,
    };
    for (const coDepartmentId of answerable.coDepartmentIds) {
      this.coHandlers.push({
        id: uuidv7(),
        assignmentId: this.assignment.id,
        departmentId: coDepartmentId,
        officialId: null,
        dueAt: terms.coHandlerDueAt,
        deadlineVersion: 1,
        opinion: null,
        opinionAt: null,
      });
    }
    row.status = 'assigned';
    row.assignmentId = this.assignment.id;
    row.leadDepartmentId = departmentId;
    row.officialId = officialId;
    row.dueAt = terms.due.at;
    row.assignBy = null;
    row.assignClockRunId = null;
    row.progressedAt = at;
    this.record({ type: 'assigned', payload: factsOf(this.assignment) }, at);
  }

  acknowledge(at: Date): void {
    const assignment = this.inForce();
    const moment = this.notBefore(at);
    assignment.acknowledgedAt = moment;
    if (this.row.status === 'assigned') this.row.status = 'in_progress';
    this.row.progressedAt = moment;
    this.record({ type: 'acknowledged', payload: { assignmentId: assignment.id, note: null } }, moment);
  }

  /** An imported closure goes straight to resolved, without the closure guards: closed, and no more is said. */
  resolve(at: Date): void {
    const assignment = this.inForce();
    const moment = this.notBefore(at);
    assignment.endedAt = moment;
    assignment.endReason = 'resolved';
    Object.assign(this.row, {
      status: 'resolved',
      outcome: 'unstated',
      resolvedAt: moment,
      dueAt: null,
      stoppedAt: null,
      isLateWhenStopped: false,
      holdGround: null,
      reviewOn: null,
    });
    this.record(
      {
        type: 'resolved',
        payload: {
          assignmentId: assignment.id,
          closureRequestId: null,
          outcome: 'unstated',
          requestedAt: null,
        },
      },
      moment,
    );
  }

  rate(rating: RatingValue): void {
    const moment = this.notBefore(this.row.resolvedAt ?? this.source.now);
    this.ratings.push({
      id: uuidv7(),
      caseId: this.kind === 'case' ? this.row.id : null,
      problemId: this.kind === 'problem' ? this.row.id : null,
      rating,
      source: 'ledger',
      effectiveAt: moment,
      recordedAt: moment > this.source.now ? moment : this.source.now,
    });
    this.record({ type: 'rated', payload: { rating, source: 'ledger' } }, moment);
  }

  clocksChanged(): ClocksChanged {
    const { row } = this;
    const isCase = this.kind === 'case';
    const itsCase = isCase || this.owner === row ? null : this.owner.id;
    return {
      subjectId: row.id,
      caseId: isCase ? row.id : itsCase,
      problemId: isCase ? null : row.id,
      clocks: runningClocks({
        status: row.status,
        assignClockRunId: row.assignClockRunId,
        assignBy: row.assignBy,
        assignment: isLive(row.status) ? this.assignment : null,
        coHandlers: this.coHandlers,
        closureRequest: null,
      }),
    };
  }

  private inForce(): Assignment {
    if (this.assignment === null) throw new Error(`${this.kind} ${this.row.id} has no assignment in force`);
    return this.assignment;
  }

  /** Events of one case or problem never go back in time. */
  private notBefore(at: Date): Date {
    return new Date(Math.max(at.getTime(), this.row.lastEventAt.getTime()));
  }

  private record(draft: EventDraft, effectiveAt: Date): void {
    const { importId, now, algorithm } = this.source;
    this.row.lastEventAt = effectiveAt;
    this.events.push(
      nextEvent(this.owner, draft, {
        subjectId: this.row.id,
        subjectKind: this.kind,
        effectiveAt,
        // Not before it happened: the clock of the machine that recorded the event before may be ahead of this one's.
        recordedAt: effectiveAt > now ? effectiveAt : now,
        actor: { kind: 'import', importId },
        algorithm,
      }),
    );
  }
}
