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
import type { Subject, SubjectRef } from '../subject.js';
import { type Restarted, restartClocks } from './restart-clocks.js';

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
      const [itself, ...problems] = await this.restarted(open, await heldWith(open));
      if (itself === undefined) throw new Error('no clock was started again');
      const effectOn = ({ subject, clocks }: RestartedSubject): Effect =>
        effectOf(subject, clocks, { now: open.now, isByReviewDate, note });
      const also = problems.map((problem): Change => ({
        subject: problem.subject,
        to: 'in_progress',
        effect: effectOn(problem),
      }));
      return { ...effectOn(itself), also };
    });
  }

  /** The subject, and what was held with it. */
  private async restarted(open: OpenSubject, problems: readonly Subject[]): Promise<RestartedSubject[]> {
    const stopped = [open.subject, ...problems].map((subject) => ({
      subject,
      resumedAt: this.endOfHold(subject.row.reviewOn, open.now),
    }));
    const clocks = await restartClocks(open.tx, stopped, open.calendar, this.office);
    return stopped.flatMap(({ subject }, place) => {
      const running = clocks[place];
      return running === undefined ? [] : [{ subject, clocks: running }];
    });
  }

  /** Now, or 00:00 of the review date once that has passed: also a hold that nobody noticed to be over is over then. */
  private endOfHold(reviewOn: string | null, now: Date): Date {
    if (reviewOn === null) return now;
    const reviewAt = this.office.at(reviewOn, '00:00');
    return reviewAt < now ? reviewAt : now;
  }
}

interface RestartedSubject {
  subject: Subject;
  clocks: Restarted;
}

/** Problems that were held with their case; of a problem nothing. */
async function heldWith({ tx, subject }: OpenSubject): Promise<Subject[]> {
  if (subject.kind === 'problem') return [];
  const problems = await lockProblemsOf(tx, subject.row, ['on_hold']);
  return problems.filter(({ kind, row }) => kind === 'problem' && row.isHeldWithCase);
}

function effectOf(
  { kind }: Subject,
  { assignment, coHandlers, coHandlerFacts }: Restarted,
  { now, ...told }: { now: Date; isByReviewDate: boolean; note: string | null },
): Effect {
  const { id: assignmentId, dueAt, deadlineVersion } = assignment;
  const deadline = { assignmentId, dueAt: dueAt.toISOString(), deadlineVersion, ...coHandlerFacts };
  return {
    event: { type: 'resumed', payload: { ...deadline, ...told } },
    patch: {
      dueAt,
      stoppedAt: null,
      isLateWhenStopped: false,
      holdGround: null,
      reviewOn: null,
      progressedAt: now,
      ...(kind === 'problem' ? { isHeldWithCase: false } : {}),
    },
    assignment,
    coHandlers,
  };
}
