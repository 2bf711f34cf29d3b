import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { type AssignmentInput, termsOf, writeAssignment } from '../new-assignment.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';

/** 交办: one department and one official become answerable by a deadline. */
@Injectable()
export class Assign {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
  ) {}

  run(actor: Actor, ref: SubjectRef, input: AssignmentInput, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'assign', ifMatch }, async (open) => {
      const { facts, ...made } = await writeAssignment(
        open,
        input,
        termsOf(open, input, this.office),
        this.office,
      );
      return { event: { type: 'assigned', payload: facts }, ...made };
    });
  }
}
