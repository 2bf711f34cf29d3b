import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { DueDates } from '../due-dates.js';
import { writeAssignment } from '../new-assignment.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';

export interface ReopenInput {
  reason: string;
  departmentId: string;
  officialId: string;
  dueOn: string;
}

/** What was struck off is not solved after all: it goes on, with someone answerable; the first closure stays in history. */
@Injectable()
export class Reopen {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
    private readonly dueDates: DueDates,
  ) {}

  run(actor: AccountActor, ref: SubjectRef, input: ReopenInput, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'reopen', ifMatch }, async (open) => {
      const { reason, dueOn, ...answerable } = input;
      const { row } = open.subject;
      // Returns were counted for the life before; the new one has its own.
      row.returnCount = 0;
      const terms = await this.dueDates.terms(open, { dueOn });
      const { facts, patch, ...made } = await writeAssignment(open, answerable, terms, this.office);
      return {
        event: { type: 'reopened', payload: { ...facts, reason } },
        patch: {
          ...patch,
          outcome: null,
          resolvedAt: null,
          returnCount: 0,
          reopenCount: row.reopenCount + 1,
        },
        ...made,
      };
    });
  }
}
