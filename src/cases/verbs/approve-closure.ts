import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { endAssignment } from './end-assignment.js';
import { inForce, waiting } from './in-force.js';

/** 销号: another person of another department than the requester's strikes it off the ledger. */
@Injectable()
export class ApproveClosure {
  constructor(private readonly desk: SubjectDesk) {}

  run(actor: AccountActor, ref: SubjectRef, input: { note?: string }, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'approve_closure', ifMatch }, async (open) => {
      const { tx, subject, now } = open;
      const assignment = inForce(subject);
      const request = waiting(subject);
      await tx.query(
        `UPDATE closure_requests SET decided_at = $2, decision = 'approved', decided_by = $3, decision_note = $4
          WHERE id = $1`,
        [request.id, now, actor.accountId, input.note ?? null],
      );
      await endAssignment(open, 'resolved');
      return {
        event: {
          type: 'resolved',
          payload: {
            assignmentId: assignment.id,
            closureRequestId: request.id,
            outcome: request.outcome,
            requestedAt: request.requestedAt.toISOString(),
          },
        },
        patch: {
          outcome: request.outcome,
          resolvedAt: now,
          dueAt: null,
          stoppedAt: null,
          isLateWhenStopped: false,
        },
        assignment: null,
        closureRequest: null,
      };
    });
  }
}
