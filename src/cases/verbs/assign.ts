import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { DueDates, type LimitInput } from '../due-dates.js';
import { type AnswerableInput, writeAssignment } from '../new-assignment.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';

export type AssignmentInput = AnswerableInput & LimitInput;

/** 交办: one department and one official become answerable by a deadline. */
@Injectable()
export class Assign {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
    private readonly dueDates: DueDates,
  ) {}

  run(actor: Actor, ref: SubjectRef, input: AssignmentInput, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'assign', ifMatch }, async (open) => {
      const terms = await this.dueDates.terms(open, input);
      const { facts, ...made } = await writeAssignment(open, input, terms, this.office);
      return { event: { type: 'assigned', payload: facts }, ...made };
    });
  }
}
