import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../access/actor.js';
import { OfficeTime } from '../calendar/office-time.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { Reader } from '../platform/database/reader.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { deadlineOn } from './deadlines/deadline.js';
import { DueDates } from './due-dates.js';
import type { Extension } from './extension.entity.js';
import { type OpenSubject, SubjectDesk } from './subject-desk.js';
import type { SubjectRef } from './subject.js';
import { inForce } from './verbs/in-force.js';

/** While the handling clock runs. */
const RUNNING: ReadonlySet<string> = new Set(['assigned', 'in_progress']);
/** Working days before the deadline by which it must be asked for. */
const LEAST_NOTICE = 1;

/** 延期: asked once an assignment, in good time, for at most the original limit; decided by the task force. */
@Injectable()
export class Extensions {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
    private readonly reader: Reader,
    private readonly dueDates: DueDates,
  ) {}

  /** @throws Refusal 403 ACTION_NOT_YOURS, 409 EXTENSION_*, 400 EXTENSION_TOO_LONG */
  async request(
    actor: AccountActor,
    ref: SubjectRef,
    input: { dueOn: string; reason: string },
    ifMatch?: string,
  ): Promise<string> {
    const id = uuidv7();
    await this.desk.note({ actor, ref, ifMatch, action: 'request_extension' }, async (open) => {
      const { subject, tx, now, calendar } = open;
      if (actor.role !== 'department' || actor.departmentId !== subject.row.leadDepartmentId) {
        throw new Refusal(403, 'ACTION_NOT_YOURS');
      }
      requireRunning(open);
      const assignment = inForce(subject);
      const asked = deadlineOn(input.dueOn, calendar, this.office);
      this.checkTerms(open, asked.at);
      const dueAt = await this.capped(open, asked.at);
      const earlier = await tx.query('SELECT 1 FROM extensions WHERE assignment_id = $1', [assignment.id]);
      if (earlier.length > 0) throw new Refusal(409, 'EXTENSION_ALREADY_ASKED');
      const extension: Extension = {
        id,
        assignmentId: assignment.id,
        requestedAt: now,
        requestedBy: actor.accountId,
        dueAt,
        reason: input.reason,
        decidedAt: null,
        decision: null,
        decidedBy: null,
        decidedByDepartmentId: null,
        decisionNote: null,
      };
      await bulkInsert(tx, 'extensions', [extension]);
      const payload = {
        assignmentId: assignment.id,
        extensionId: id,
        dueAt: dueAt.toISOString(),
        reason: input.reason,
      };
      return { event: { type: 'extension_requested', payload } };
    });
    return id;
  }

  approve(actor: AccountActor, id: string, note: string | null): Promise<void> {
    return this.decide(actor, id, 'approved', note);
  }

  refuse(actor: AccountActor, id: string, reason: string): Promise<void> {
    return this.decide(actor, id, 'refused', reason);
  }

  /** @throws Refusal 404, 403, 409 EXTENSION_DECIDED */
  private async decide(
    actor: AccountActor,
    id: string,
    decision: 'approved' | 'refused',
    note: string | null,
  ): Promise<void> {
    const ref = await this.subjectOf(id);
    const action = decision === 'approved' ? 'approve_extension' : 'refuse_extension';
    await this.desk.note({ actor, ref, action }, async (open) => {
      const { tx, subject, now } = open;
      if (actor.role !== 'task_force') throw new Refusal(403, 'ACTION_NOT_YOURS');
      const [extension] = await tx.query<{
        dueAt: Date;
        assignmentId: string;
        decision: string | null;
        requestedBy: string;
      }>(
        `SELECT due_at AS "dueAt", assignment_id AS "assignmentId", decision, requested_by AS "requestedBy"
           FROM extensions WHERE id = $1 FOR UPDATE`,
        [id],
      );
      if (extension === undefined) throw notFound('extension', id);
      if (extension.decision !== null)
        throw new Refusal(409, 'EXTENSION_DECIDED', { decision: extension.decision });
      if (extension.requestedBy === actor.accountId) throw new Refusal(403, 'REQUESTER_CANNOT_DECIDE');
      await tx.query(
        'UPDATE extensions SET decided_at = $2, decision = $3, decided_by = $4, decision_note = $5 WHERE id = $1',
        [id, now, decision, actor.accountId, note],
      );
      const { assignmentId } = extension;
      if (decision === 'refused') {
        return {
          event: {
            type: 'extension_refused',
            payload: { assignmentId, extensionId: id, reason: note ?? '' },
          },
        };
      }
      requireRunning(open);
      const assignment = inForce(subject);
      if (extension.dueAt <= assignment.dueAt) {
        // What was given back after a hold may have brought more than what was asked for before it.
        throw new Refusal(409, 'EXTENSION_OVERTAKEN', { dueOn: this.office.dateOf(assignment.dueAt) });
      }
      // Decided when nothing of it is left, it would make late what is late already, and remind of it at once.
      if (extension.dueAt <= now)
        throw new Refusal(409, 'DUE_DATE_PAST', { on: this.office.dateOf(extension.dueAt) });
      const dueAt = await this.capped(open, extension.dueAt);
      const deadlineVersion = assignment.deadlineVersion + 1;
      const isProvisional = !open.calendar.isConfirmed(this.office.dateOf(dueAt));
      await tx.query(
        'UPDATE assignments SET due_at = $2, deadline_version = $3, is_provisional = $4 WHERE id = $1',
        [assignmentId, dueAt, deadlineVersion, isProvisional],
      );
      return {
        event: {
          type: 'extension_approved',
          payload: { assignmentId, extensionId: id, dueAt: dueAt.toISOString(), deadlineVersion },
        },
        patch: { dueAt },
        assignment: { ...assignment, dueAt, deadlineVersion, isProvisional },
      };
    });
  }

  /** @throws Refusal 404 */
  private async subjectOf(id: string): Promise<SubjectRef> {
    const [found] = await this.reader.query<{ caseId: string | null; problemId: string | null }>(
      `SELECT a.case_id AS "caseId", a.problem_id AS "problemId"
         FROM extensions x JOIN assignments a ON a.id = x.assignment_id WHERE x.id = $1`,
      [id],
    );
    if (found?.caseId) return { kind: 'case', id: found.caseId };
    if (found?.problemId) return { kind: 'problem', id: found.problemId };
    throw notFound('extension', id);
  }

  /** @throws Refusal 409 EXTENSION_CAPPED where a campaign leaves nothing of it */
  private async capped(open: OpenSubject, asked: Date): Promise<Date> {
    const dueAt = await this.dueDates.withinCampaigns(open, asked);
    if (dueAt <= inForce(open.subject).dueAt)
      throw new Refusal(409, 'EXTENSION_CAPPED', { finalOn: this.office.dateOf(dueAt) });
    return dueAt;
  }

  /** In good time, later than it is, and not more than the original limit on top. */
  private checkTerms({ subject, now, calendar }: OpenSubject, asked: Date): void {
    const assignment = inForce(subject);
    const dueOn = this.office.dateOf(assignment.dueAt);
    if (calendar.between(this.office.dateOf(now), dueOn) < LEAST_NOTICE) {
      throw new Refusal(409, 'EXTENSION_TOO_LATE', { dueOn, workingDays: LEAST_NOTICE });
    }
    const limit = assignment.limitWorkingDays ?? calendar.between(assignment.dayZeroOn, dueOn);
    const last = calendar.add(dueOn, limit);
    if (asked <= assignment.dueAt || this.office.dateOf(asked) > last) {
      throw new Refusal(400, 'EXTENSION_TOO_LONG', { after: dueOn, last }, [
        { pointer: '/dueOn', code: 'EXTENSION_TOO_LONG' },
      ]);
    }
  }
}

function requireRunning({ subject }: OpenSubject): void {
  if (!RUNNING.has(subject.row.status)) throw new Refusal(409, 'CASE_TRANSITION_REFUSED');
}
