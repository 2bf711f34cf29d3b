import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { dayZeroOf, deadlineAfter } from '../deadlines/deadline.js';
import { LIMITS } from '../deadlines/limits.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { endAssignment } from './end-assignment.js';
import { inForce } from './in-force.js';

/** 退回: the lead department gives it back before it has signed for it; the assign clock starts anew. */
@Injectable()
export class Return {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
  ) {}

  run(
    actor: AccountActor,
    ref: SubjectRef,
    input: { ground: string; reason: string },
    ifMatch?: string,
  ): Promise<void> {
    return this.desk.act({ actor, ref, action: 'return', ifMatch }, async (open) => {
      const { subject, now, calendar } = open;
      const assignment = inForce(subject);
      await endAssignment(open, 'returned');
      const id = uuidv7();
      const dayZeroOn = dayZeroOf(now, calendar, this.office);
      const assignBy = deadlineAfter(dayZeroOn, LIMITS.assign, calendar, this.office).at;
      return {
        event: {
          id,
          type: 'returned',
          payload: { assignmentId: assignment.id, ...input, assignBy: assignBy.toISOString() },
        },
        patch: {
          returnCount: subject.row.returnCount + 1,
          dueAt: null,
          progressedAt: null,
          assignBy,
          assignClockRunId: id,
        },
        assignment: null,
        coHandlers: [],
      };
    });
  }
}
