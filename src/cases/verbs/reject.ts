import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { endOf, terminateProblems } from './end-of-life.js';

/** 不予受理: what was reported is not taken on; problems of a case end with it. */
@Injectable()
export class Reject {
  constructor(private readonly desk: SubjectDesk) {}

  run(actor: AccountActor, ref: SubjectRef, input: { reason: string }, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'reject', ifMatch }, async (open) => ({
      ...(await endOf(open, 'rejected', { type: 'rejected', payload: input })),
      also: await terminateProblems(open, { ground: 'case_rejected', reason: input.reason }),
    }));
  }
}
