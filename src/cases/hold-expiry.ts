import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SYSTEM } from '../access/actor.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { Refusal } from '../platform/errors/refusal.js';
import { Tasks } from '../platform/queue/tasks.js';
import type { SubjectRef } from './subject.js';
import { Resume } from './verbs/resume.js';

const TASK = 'end-holds';
const EVERY_MS = 60_000;

/** Ends holds whose review date has come: at its 00:00, however late that is noticed. */
@Injectable()
export class HoldExpiry implements OnModuleInit {
  private readonly logger = new Logger(HoldExpiry.name);

  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
    private readonly resuming: Resume,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(TASK, () => this.run());
    this.tasks.every(TASK, EVERY_MS);
  }

  /** Cases first: problems held with them go on with them. @returns how many ended */
  async run(): Promise<number> {
    const today = this.office.dateOf(this.clock.now());
    const due = await this.reader.query<SubjectRef & { reviewOn: string }>(
      `SELECT 'case' AS kind, id, review_on AS "reviewOn" FROM cases WHERE status = 'on_hold' AND review_on <= $1
       UNION ALL
       SELECT 'problem', id, review_on FROM problems WHERE status = 'on_hold' AND review_on <= $1`,
      [today],
    );
    let ended = 0;
    for (const { kind, id, reviewOn } of due) {
      try {
        await this.resuming.runByReviewDate(SYSTEM, { kind, id }, reviewOn);
        ended += 1;
      } catch (error) {
        // Somebody, or its case, was quicker: it is not on hold any more.
        if (!(error instanceof Refusal))
          this.logger.error({ err: error, kind, id }, 'a hold could not be ended');
      }
    }
    return ended;
  }
}
