import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { plusDays } from '../../calendar/calendar-date.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { isLate } from '../deadlines/overdue.js';
import { type Change, type Effect, type OpenSubject, SubjectDesk } from '../subject-desk.js';
import { lockProblemsOf } from '../subject-lock.js';
import type { Subject, SubjectRef } from '../subject.js';
import { inForce } from './in-force.js';

/** A hold is looked at again within so many days. */
const MOST_DAYS = 30;

export interface HoldInput {
  ground: string;
  /** `YYYY-MM-DD`, after today and within 30 days. */
  reviewOn: string;
  reason?: string | undefined;
}

/** 挂账: what cannot go on now rests until its review date; the handling clock stops, and so it does for its problems. */
@Injectable()
export class Hold {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
  ) {}

  run(actor: AccountActor, ref: SubjectRef, input: HoldInput, ifMatch?: string): Promise<void> {
    return this.desk.act({ actor, ref, action: 'hold', ifMatch }, async (open) => {
      this.checkReviewDate(input.reviewOn, open.now);
      const also: Change[] = [];
      if (open.subject.kind === 'case') {
        for (const subject of await lockProblemsOf(open.tx, open.subject.row, ['in_progress'])) {
          also.push({
            subject,
            to: 'on_hold',
            effect: holdOf(subject, open, input, { isHeldWithCase: true }),
          });
        }
      }
      return { ...holdOf(open.subject, open, input), also };
    });
  }

  /** @throws Refusal 400 REVIEW_DATE_INVALID */
  private checkReviewDate(reviewOn: string, now: Date): void {
    const today = this.office.dateOf(now);
    const last = plusDays(today, MOST_DAYS);
    if (reviewOn > today && reviewOn <= last) return;
    throw new Refusal(400, 'REVIEW_DATE_INVALID', { from: plusDays(today, 1), to: last }, [
      { pointer: '/reviewOn', code: 'REVIEW_DATE_INVALID' },
    ]);
  }
}

function holdOf(
  subject: Subject,
  { now }: OpenSubject,
  { ground, reviewOn, reason }: HoldInput,
  withCase: { isHeldWithCase?: boolean } = {},
): Effect {
  const assignment = inForce(subject);
  const payload = { assignmentId: assignment.id, ground, reviewOn, reason: reason ?? null };
  return {
    event: { type: 'held', payload },
    patch: {
      stoppedAt: now,
      isLateWhenStopped: isLate(assignment.dueAt, now),
      holdGround: ground,
      reviewOn,
      ...withCase,
    },
  };
}
