import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import type { Transaction } from '../../platform/database/transactions.js';
import type { CandidateFacts } from '../case-events.js';
import { DueDates } from '../due-dates.js';
import { writeAssignment } from '../new-assignment.js';
import { type Effect, type OpenSubject, SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';

export interface ReopenInput {
  reason: string;
  departmentId: string;
  officialId: string;
  dueOn: string;
  /** The relapse that it is reopened for. */
  candidate?: CandidateFacts | undefined;
}

/** What was struck off is not solved after all: it goes on, with someone answerable; the first closure stays in history. */
@Injectable()
export class Reopen {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
    private readonly dueDates: DueDates,
  ) {}

  run(actor: AccountActor, ref: SubjectRef, input: ReopenInput, ifMatch?: string): Promise<void> {
    const request = { actor, ref, action: 'reopen', ifMatch } as const;
    return this.desk.act(request, (open) => this.carryOut(open, input));
  }

  /** The same inside a transaction that does more than this. */
  runIn(
    tx: Transaction,
    calendar: WorkingCalendar,
    actor: AccountActor,
    ref: SubjectRef,
    input: ReopenInput,
  ): Promise<void> {
    const request = { actor, ref, action: 'reopen' } as const;
    return this.desk.actIn(tx, calendar, request, (open) => this.carryOut(open, input));
  }

  private async carryOut(open: OpenSubject, input: ReopenInput): Promise<Effect> {
    const { reason, dueOn, candidate, ...answerable } = input;
    const { row } = open.subject;
    // Returns were counted for the life before; the new one has its own.
    row.returnCount = 0;
    const terms = await this.dueDates.terms(open, { dueOn });
    const { facts, patch, ...made } = await writeAssignment(open, answerable, terms, this.office);
    return {
      event: {
        type: 'reopened',
        payload: { ...facts, reason, ...(candidate === undefined ? {} : { candidate }) },
      },
      patch: {
        ...patch,
        outcome: null,
        resolvedAt: null,
        returnCount: 0,
        reopenCount: row.reopenCount + 1,
      },
      ...made,
    };
  }
}
