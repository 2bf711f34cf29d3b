import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Tasks } from '../../platform/queue/tasks.js';
import { Unjudged } from '../judging/unjudged.js';

const TASK = 'end-quiet';
const EVERY_MS = 600_000;
const MOST_AT_ONCE = 1_000;

/** A dismissal keeps quiet for so long: then the enterprise is judged anew, though no figure of it has changed. */
@Injectable()
export class EndQuiet implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly tasks: Tasks,
    private readonly unjudged: Unjudged,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(TASK, () => this.run());
    this.tasks.every(TASK, EVERY_MS);
  }

  /** @returns how many times of quiet have ended */
  async run(): Promise<number> {
    let ended = 0;
    let last: number;
    do {
      last = await this.some();
      ended += last;
    } while (last === MOST_AT_ONCE);
    return ended;
  }

  /** What another worker is about to end is left to it. */
  private some(): Promise<number> {
    return this.transactions.run(async (tx) => {
      const ended = await tx.query<{ enterpriseId: string }>(
        `UPDATE distress_candidates SET is_quiet = false
          WHERE id IN (SELECT id FROM distress_candidates WHERE is_quiet AND quiet_until < $1::date
                        ORDER BY id LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED)
          RETURNING enterprise_id AS "enterpriseId"`,
        [this.office.dateOf(this.clock.now())],
      );
      await this.unjudged.add(
        tx,
        ended.map(({ enterpriseId }) => enterpriseId),
      );
      return ended.length;
    });
  }
}
