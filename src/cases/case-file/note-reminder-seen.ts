import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import type { Transaction } from '../../platform/database/transactions.js';
import type { CaseEventPayloads } from '../case-events.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { requireLive } from './who-may.js';

const ACTION = 'acknowledge_reminder';

/** What a recipient says of a reminder goes into the story of the case or problem, and changes nothing else of it. */
@Injectable()
export class NoteReminderSeen {
  constructor(private readonly desk: SubjectDesk) {}

  /**
   * @param keep in the same transaction, with the case or problem locked: writes what its own feature keeps, and says
   * what there is to tell; `null` where it was said before
   * @throws Refusal 404, 409 CASE_NOT_LIVE
   */
  run(
    actor: Actor,
    ref: SubjectRef,
    keep: (tx: Transaction) => Promise<CaseEventPayloads['reminder_acknowledged'] | null>,
  ): Promise<void> {
    return this.desk.note({ actor, ref, action: ACTION }, async (open) => {
      requireLive(open, ACTION);
      const payload = await keep(open.tx);
      return payload === null ? null : { event: { type: 'reminder_acknowledged', payload } };
    });
  }
}
