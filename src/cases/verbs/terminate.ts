import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { endOf, terminateProblems } from './end-of-life.js';

export interface TerminateInput {
  ground: string;
  reason?: string | undefined;
}

/** 终止: it leaves the books without closure; problems of a case end with it. */
@Injectable()
export class Terminate {
  constructor(private readonly desk: SubjectDesk) {}

  run(actor: AccountActor, ref: SubjectRef, input: TerminateInput, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'terminate', ifMatch }, async (open) => {
      const payload = { ground: input.ground, reason: input.reason ?? null };
      return {
        ...(await endOf(open, 'terminated', { type: 'terminated', payload })),
        also: await terminateProblems(open, payload),
      };
    });
  }
}
