import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { ClosureRequest } from '../closure-request.entity.js';
import { dayZeroOf, deadlineAfter } from '../deadlines/deadline.js';
import { LIMITS } from '../deadlines/limits.js';
import { isLate } from '../deadlines/overdue.js';
import type { EvidencePiece } from '../lifecycle/recovery-evidence.js';
import type { Outcome } from '../lifecycle/states.js';
import { RecoveryProof } from '../recovery-proof.js';
import { SubjectDesk } from '../subject-desk.js';
import { type Subject, type SubjectRef } from '../subject.js';
import { inForce } from './in-force.js';

export interface ClosureInput {
  outcome: Outcome;
  statement: string;
  evidenceFileIds: readonly string[];
}

/** The lead department says that the work is done, and shows it; the handling clock stops and the verifier's starts. */
@Injectable()
export class RequestClosure {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
    private readonly recovery: RecoveryProof,
  ) {}

  run(actor: AccountActor, ref: SubjectRef, input: ClosureInput, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'request_closure', ifMatch }, async (open) => {
      const { tx, subject, now, calendar } = open;
      const assignment = inForce(subject);
      const files = await evidence(tx, subject, input.evidenceFileIds);
      if (ref.kind === 'problem' && files.length === 0)
        throw new Refusal(409, 'EVIDENCE_MISSING', { needed: 1 });
      if (ref.kind === 'case' && input.outcome === 'recovered')
        await this.recovery.require(tx, ref.id, files);
      const verifyFrom = dayZeroOf(now, calendar, this.office);
      const request: ClosureRequest = {
        id: uuidv7(),
        assignmentId: assignment.id,
        requestedAt: now,
        requestedBy: actor.accountId,
        requestedByDepartmentId: actor.departmentId,
        outcome: input.outcome,
        statement: input.statement,
        evidenceFileIds: [...input.evidenceFileIds],
        verifyBy: deadlineAfter(verifyFrom, LIMITS.verify, calendar, this.office).at,
        decidedAt: null,
        decision: null,
        decidedBy: null,
        decidedByDepartmentId: null,
        decisionNote: null,
      };
      await bulkInsert(tx, 'closure_requests', [request]);
      return {
        event: {
          type: 'closure_requested',
          payload: {
            assignmentId: assignment.id,
            closureRequestId: request.id,
            outcome: request.outcome,
            evidenceFileIds: request.evidenceFileIds,
            verifyBy: request.verifyBy.toISOString(),
          },
        },
        patch: { stoppedAt: now, isLateWhenStopped: isLate(assignment.dueAt, now) },
        closureRequest: request,
      };
    });
  }
}

/** The named files, which must all hang on this case or problem. @throws Refusal 400 EVIDENCE_UNKNOWN */
async function evidence(tx: Transaction, subject: Subject, ids: readonly string[]): Promise<EvidencePiece[]> {
  const wanted = [...new Set(ids)];
  const found = await tx.query<EvidencePiece & { id: string }>(
    'SELECT id, kind, source FROM case_files WHERE id = ANY ($1::uuid[]) AND $2::uuid IN (case_id, problem_id)',
    [wanted, subject.row.id],
  );
  if (found.length === wanted.length) return found;
  const known = new Set(found.map((file) => file.id));
  const faults = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `/evidenceFileIds/${index}`, code: 'EVIDENCE_UNKNOWN', params: { id } }],
  );
  throw new Refusal(400, 'EVIDENCE_UNKNOWN', {}, faults);
}
