import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { waiting } from './in-force.js';
import { restartClocks } from './restart-clocks.js';

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
        const stopped = { subject, resumedAt: now };
        const [restarted] = await restartClocks(tx, [stopped], calendar, this.office);
        if (restarted === undefined) throw new Error('no clock was started again');
        const { assignment, coHandlers, coHandlerFacts } = restarted;
        return {
          event: {
            type: 'sent_back',
            payload: {
              assignmentId: assignment.id,
              dueAt: assignment.dueAt.toISOString(),
              deadlineVersion: assignment.deadlineVersion,
              ...coHandlerFacts,
              closureRequestId: request.id,
              reason: input.reason,
            },
          },
          patch: { dueAt: assignment.dueAt, stoppedAt: null, isLateWhenStopped: false, progressedAt: now },
          assignment,
          coHandlers,
          closureRequest: null,
        };
      },
    );
  }
}
