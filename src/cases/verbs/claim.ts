import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { termsOf, writeAssignment } from '../new-assignment.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';

/** 认领: a department takes what nobody answers for, for itself; the complexity is the case's, never the claimant's. */
@Injectable()
export class Claim {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
  ) {}

  run(actor: AccountActor, ref: SubjectRef, input: { officialId: string }, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'claim', ifMatch }, async (open) => {
      const { departmentId } = actor;
      if (departmentId === null) throw new Refusal(403, 'ACTION_NOT_YOURS');
      const terms = { ...termsOf(open, {}, this.office), acknowledgedAt: open.now };
      const { facts, ...made } = await writeAssignment(open, { departmentId, ...input }, terms, this.office);
      return { event: { type: 'claimed', payload: facts }, ...made };
    });
  }
}
