import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { type Change, type Effect, type OpenSubject, SubjectDesk } from '../subject-desk.js';
import { lockProblemsOf } from '../subject-lock.js';
import type { SubjectRef } from '../subject.js';
import { restartClock } from './restart-clock.js';

/** A hold ends: by the task force, or by itself on its review date. Problems that were held with their case go on with it. */
@Injectable()
export class Resume {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
  ) {}

  run(actor: Actor, ref: SubjectRef, input: { note?: string }, ifMatch?: string): Promise<void> {
    return this.resume({ actor, ref, action: 'resume', ifMatch }, input.note ?? null);
  }

  /** At 00:00 of the review date, whenever that is noticed. */
  runByReviewDate(actor: Actor, ref: SubjectRef, reviewOn: string): Promise<void> {
    const effectiveAt = this.office.at(reviewOn, '00:00');
    return this.resume({ actor, ref, action: 'resume', effectiveAt }, null);
  }

  private resume(request: Parameters<SubjectDesk['act']>[0], note: string | null): Promise<void> {
    const isByReviewDate = request.effectiveAt !== undefined;
    return this.desk.act(request, async (open) => {
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

  private async effectOn(open: OpenSubject, isByReviewDate: boolean, note: string | null): Promise<Effect> {
    const assignment = await restartClock(open, this.office);
    const { id: assignmentId, dueAt, deadlineVersion } = assignment;
    const payload = { assignmentId, dueAt: dueAt.toISOString(), deadlineVersion, isByReviewDate, note };
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
    };
  }
}
