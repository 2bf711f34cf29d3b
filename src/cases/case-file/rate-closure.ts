import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../access/actor.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { Rating, RatingValue } from '../rating.entity.js';
import { SubjectDesk } from '../subject-desk.js';
import { type SubjectRef, subjectColumns } from '../subject.js';
import { refusalOf } from './who-may.js';

/** The lower two propose reopening. */
export const UNSATISFIED: readonly RatingValue[] = ['dissatisfied', 'very_dissatisfied'];

export interface RatingInput {
  rating: RatingValue;
  source: 'call_back' | 'portal';
  comment?: string | undefined;
}

/** 企业评价: what the enterprise thinks of a closure. The last one counts, so it may be asked again. */
@Injectable()
export class RateClosure {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
    private readonly desk: SubjectDesk,
  ) {}

  /** @returns the rating's id. @throws Refusal 404, 403 ACTION_NOT_YOURS or RATING_SOURCE_NOT_YOURS, 409 RATING_BEFORE_CLOSURE */
  async run(actor: Caller, ref: SubjectRef, input: RatingInput): Promise<string> {
    const id = uuidv7();
    const calendar = await this.calendars.current();
    await this.transactions.run(async (tx) => {
      const { rating, source } = input;
      await this.desk.noteIn(tx, calendar, { actor, ref }, async (open) => {
        const { subject, now } = open;
        if (actor.kind === 'account' && actor.role !== 'task_force')
          throw refusalOf(open, 'rate', 403, 'ACTION_NOT_YOURS');
        // It would say that somebody of the office has spoken with the enterprise.
        if (actor.kind === 'api_key' && source !== 'portal')
          throw refusalOf(open, 'rate', 403, 'RATING_SOURCE_NOT_YOURS');
        if (subject.row.status !== 'resolved') {
          throw refusalOf(open, 'rate', 409, 'RATING_BEFORE_CLOSURE');
        }
        const row: Rating = {
          id,
          ...subjectColumns(subject),
          rating,
          source,
          comment: input.comment ?? null,
          effectiveAt: now,
          recordedAt: now,
        };
        await bulkInsert(tx, 'ratings', [row]);
        return { event: { type: 'rated', payload: { rating, source } } };
      });
      if (!UNSATISFIED.includes(rating)) return;
      await this.desk.noteIn(tx, calendar, { actor, ref }, async () => ({
        event: { type: 'reopen_proposed', payload: { ratingId: id, rating } },
      }));
    });
    return id;
  }
}
