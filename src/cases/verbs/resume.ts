import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { LifecycleSubject } from '../lifecycle-subject.js';
import {
  type ActionRequest,
  type Change,
  type Effect,
  type OpenSubject,
  SubjectDesk,
} from '../subject-desk.js';
import { lockProblemsOf } from '../subject-lock.js';
import type { SubjectRef } from '../subject.js';
import { restartClocks } from './restart-clocks.js';

/** A hold ends: by the task force, or by itself on its review date. Problems that were held with their case go on with it. */
@Injectable()
export class Resume {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
  ) {}

  run(actor: Actor, ref: SubjectRef, input: { note?: string }, ifMatch?: string): Promise<void> {
    return this.resume({ actor, ref, ifMatch }, input.note ?? null);
  }

  /** At 00:00 of the review date, whenever that is noticed. @throws Refusal 409 when another date holds by now */
  runByReviewDate(actor: Actor, ref: SubjectRef, reviewOn: string): Promise<void> {
    return this.resume({ actor, ref }, null, reviewOn);
  }

  private resume(
    request: Omit<ActionRequest, 'action' | 'effectiveAt'>,
    note: string | null,
    expectedReviewOn?: string,
  ): Promise<void> {
    const action = 'resume';
    const isByReviewDate = expectedReviewOn !== undefined;
    const effectiveAt = ({ reviewOn }: LifecycleSubject, now: Date) => this.endOfHold(reviewOn, now);
    return this.desk.act({ ...request, action, effectiveAt }, async (open) => {
      if (isByReviewDate && open.subject.row.reviewOn !== expectedReviewOn) {
        throw new Refusal(409, 'CASE_TRANSITION_REFUSED');
      }
      const also: Change[] = [];
      if (open.subject.kind === 'case') {
        for (const subject of await lockProblemsOf(open.tx, open.subject.row, ['on_hold'])) {
          if (subject.kind !== 'problem' || !subject.row.isHeldWithCase) continue;
          const effect = await this.effectOn({ ...open, subject }, isByReviewDate, note);
          also.push({ subject, to: 'in_progress', effect });
        }
      }
      return { ...(await this.effectOn(open, isByReviewDate, note)), also };
    });
  }

  /** Now, or 00:00 of the review date once that has passed: also a hold that nobody noticed to be over is over then. */
  private endOfHold(reviewOn: string | null, now: Date): Date {
    if (reviewOn === null) return now;
    const reviewAt = this.office.at(reviewOn, '00:00');
    return reviewAt < now ? reviewAt : now;
  }

  private async effectOn(open: OpenSubject, isByReviewDate: boolean, note: string | null): Promise<Effect> {
    const resumedAt = this.endOfHold(open.subject.row.reviewOn, open.now);
    const restarted = await restartClocks({ ...open, now: resumedAt }, this.office);
    const { assignment, coHandlers, coHandlerFacts } = restarted;
    const { id: assignmentId, dueAt, deadlineVersion } = assignment;
    const deadline = { assignmentId, dueAt: dueAt.toISOString(), deadlineVersion, ...coHandlerFacts };
    const payload = { ...deadline, isByReviewDate, note };
    return {
      event: { type: 'resumed', payload },
      patch: {
        dueAt,
        stoppedAt: null,
        isLateWhenStopped: false,
        holdGround: null,
        reviewOn: null,
        progressedAt: open.now,
        ...(open.subject.kind === 'problem' ? { isHeldWithCase: false } : {}),
      },
      assignment,
      coHandlers,
    };
  }
}
