import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { plusDays } from '../../calendar/calendar-date.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { NoteReminderSeen } from '../../cases/case-file/note-reminder-seen.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { type Matter, Matters } from './matters.js';

const LATEST_IN_DAYS = 365;

/** “Seen, will be done by …”: what a recipient says of a reminder. */
export interface Answer {
  /** Calendar date. */
  doneBy: string;
  note: string | null;
}

/** Keeps what a recipient says of a reminder, on the timeline as well. It stops no clock and no rung. */
@Injectable()
export class AcknowledgeReminder {
  constructor(
    private readonly matters: Matters,
    private readonly notes: NoteReminderSeen,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /** The calendar dates that an answer may name, both included. */
  dates(): { first: string; last: string } {
    const first = this.office.dateOf(this.clock.now());
    return { first, last: plusDays(first, LATEST_IN_DAYS) };
  }

  /** @throws Refusal 400 DONE_BY_OUT_OF_RANGE */
  requireDate({ doneBy }: Answer): void {
    const { first, last } = this.dates();
    if (doneBy >= first && doneBy <= last) return;
    const faults = [{ pointer: '/doneBy', code: 'DONE_BY_OUT_OF_RANGE', params: { first, last } }];
    throw new Refusal(400, 'DONE_BY_OUT_OF_RANGE', { first, last }, faults);
  }

  /**
   * The same said twice is said once; another date or note is said anew.
   * @throws Refusal 400, 404, 409 CASE_NOT_LIVE, 409 REMINDER_NOT_YOURS
   */
  async run(actor: Actor, matter: Matter, answer: Answer): Promise<void> {
    this.requireDate(answer);
    const { deliveryId, officialId, caseId, problemId } = matter;
    const ref =
      problemId === null
        ? ({ kind: 'case', id: caseId ?? '' } as const)
        : ({ kind: 'problem', id: problemId } as const);
    await this.notes.run(actor, ref, async (tx) => {
      // Once more, now that the case is locked: it may have gone to somebody else meanwhile, or have been answered.
      const now = await this.matters.ofDelivery(deliveryId, officialId, tx);
      if (now === undefined) throw notFound('delivery', deliveryId);
      if (now.state === 'moved') throw new Refusal(409, 'REMINDER_NOT_YOURS');
      if (now.said?.doneBy === answer.doneBy && now.said.note === answer.note) return null;
      await this.keep(tx, now, answer);
      const { reminderId, rung } = now;
      return { reminderId, rung, officialId, ...answer };
    });
  }

  private async keep(
    tx: Transaction,
    { reminderId, officialId }: Matter,
    { doneBy, note }: Answer,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO reminder_acknowledgements (reminder_id, official_id, done_by, note, acknowledged_at)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (reminder_id, official_id) DO UPDATE
         SET done_by = excluded.done_by, note = excluded.note, acknowledged_at = excluded.acknowledged_at`,
      [reminderId, officialId, doneBy, note, this.clock.now()],
    );
  }
}
