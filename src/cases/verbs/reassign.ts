import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { camelRow } from '../../platform/database/rows.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { v7 as uuidv7 } from 'uuid';
import type { Assignment } from '../assignment.entity.js';
import type { CoHandler } from '../co-handler.entity.js';
import { DueDates } from '../due-dates.js';
import { type AssignmentTerms, writeAssignment } from '../new-assignment.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { endAssignment } from './end-assignment.js';
import { inForce } from './in-force.js';

export interface ReassignInput {
  departmentId: string;
  officialId: string;
  reason: string;
  dueOn?: string | undefined;
}

/** Makes someone else answerable. The deadline stays unless the task force sets another; co-handlers come along. */
@Injectable()
export class Reassign {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
    private readonly dueDates: DueDates,
  ) {}

  run(actor: Actor, ref: SubjectRef, input: ReassignInput, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'reassign', ifMatch }, async (open) => {
      const { subject, tx } = open;
      const old = inForce(subject);
      const { dueOn, reason, ...answerable } = input;
      if (dueOn !== undefined && actor.kind === 'account' && actor.role !== 'task_force') {
        throw new Refusal(403, 'DUE_DATE_NOT_YOURS');
      }
      await endAssignment(open, 'superseded');
      const terms = dueOn === undefined ? termsOf(old) : await this.dueDates.terms(open, { dueOn });
      const { facts, assignment, patch } = await writeAssignment(open, answerable, terms, this.office);
      const coHandlers = await carryCoHandlers(tx, old.id, assignment);
      return {
        event: { type: 'reassigned', payload: { ...facts, supersededAssignmentId: old.id, reason } },
        patch,
        assignment,
        coHandlers,
      };
    });
  }
}

/** The deadline stays, whatever campaign the enterprise belongs to: it was set before. */
const termsOf = ({ dueAt, isProvisional, limitWorkingDays, complexity }: Assignment): AssignmentTerms => ({
  due: { at: dueAt, isProvisional },
  limitWorkingDays,
  complexity,
  cap: null,
});

/** Those who help go on helping, with the opinions they gave; who leads now does not help itself. @returns those awaited */
async function carryCoHandlers(tx: Transaction, fromId: string, to: Assignment): Promise<CoHandler[]> {
  const found = await tx.query(
    'SELECT * FROM co_handlers WHERE assignment_id = $1 AND department_id <> $2 ORDER BY id',
    [fromId, to.departmentId],
  );
  const carried = found.map((row) => ({
    ...camelRow<CoHandler>(row),
    id: uuidv7(),
    assignmentId: to.id,
    // A clock run of its own.
    deadlineVersion: 1,
  }));
  await bulkInsert(tx, 'co_handlers', carried);
  return carried.filter(({ opinionAt }) => opinionAt === null);
}
