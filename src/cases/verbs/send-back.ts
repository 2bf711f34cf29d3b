import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import type { Transaction } from '../../platform/database/transactions.js';
import type { Assignment } from '../assignment.entity.js';
import { giveBack } from '../deadlines/give-back.js';
import { SubjectDesk } from '../subject-desk.js';
import type { Subject, SubjectRef } from '../subject.js';
import { inForce, waiting } from './in-force.js';

/** 退回重办: what was asked to be closed is not done; the handling clock runs again with the days it had left. */
@Injectable()
export class SendBack {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
  ) {}

  run(actor: AccountActor, ref: SubjectRef, input: { reason: string }, ifMatch?: string): Promise<void> {
    return this.desk.act(
      { actor, ref, action: 'send_back', ifMatch },
      async ({ tx, subject, now, calendar }) => {
        const request = waiting(subject);
        await tx.query(
          `UPDATE closure_requests SET decided_at = $2, decision = 'sent_back', decided_by = $3, decision_note = $4
          WHERE id = $1`,
          [request.id, now, actor.accountId, input.reason],
        );
        const assignment = await restart(tx, subject, now, calendar, this.office);
        return {
          event: {
            type: 'sent_back',
            payload: {
              assignmentId: assignment.id,
              dueAt: assignment.dueAt.toISOString(),
              deadlineVersion: assignment.deadlineVersion,
              closureRequestId: request.id,
              reason: input.reason,
            },
          },
          patch: { dueAt: assignment.dueAt, stoppedAt: null, isLateWhenStopped: false, progressedAt: now },
          assignment,
          closureRequest: null,
        };
      },
    );
  }
}

/** Starts a stopped handling clock again, giving back what was left: a new deadline version where the moment moves. */
async function restart(
  tx: Transaction,
  subject: Subject,
  now: Date,
  calendar: WorkingCalendar,
  office: OfficeTime,
): Promise<Assignment> {
  const assignment = inForce(subject);
  const { stoppedAt, isLateWhenStopped: wasLate } = subject.row;
  if (stoppedAt === null) return assignment;
  const due = giveBack({ dueAt: assignment.dueAt, stoppedAt, resumedAt: now, wasLate }, calendar, office);
  if (due === null) return assignment;
  const deadlineVersion = assignment.deadlineVersion + 1;
  await tx.query(
    'UPDATE assignments SET due_at = $2, deadline_version = $3, is_provisional = $4 WHERE id = $1',
    [assignment.id, due.at, deadlineVersion, due.isProvisional],
  );
  return { ...assignment, dueAt: due.at, deadlineVersion, isProvisional: due.isProvisional };
}
