import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { plusDays } from '../../../calendar/calendar-date.js';
import { OfficeTime } from '../../../calendar/office-time.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { Tasks } from '../../../platform/queue/tasks.js';
import { ProductionPolicies } from '../../policies/production-policies.js';
import { cancelOutdated } from './follow-up-statements.js';

const TASK = 'plan-follow-ups';
const EVERY_MS = 300_000;
/** What fell due longer ago than this when the product first heard of the closure is not asked for any more. */
const LATEST_DAYS = 30;

interface Closure {
  caseId: string;
  eventId: string;
  resolvedAt: Date;
  afterDays: number;
}

/** Makes a row for each day that the policy names after each closure as recovered, once: another policy is for closures after it; a closure that falls takes its own along. */
@Injectable()
export class PlanFollowUps implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly tasks: Tasks,
    private readonly policies: ProductionPolicies,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(TASK, () => this.run());
    this.tasks.every(TASK, EVERY_MS);
  }

  /** @returns how many were made */
  run(): Promise<number> {
    return this.transactions.run(async (tx) => {
      const { parameters } = await this.policies.inForceIn(tx);
      const { firstFollowUpDays, secondFollowUpDays } = parameters;
      const days = [...new Set([firstFollowUpDays, secondFollowUpDays])];
      const today = this.office.dateOf(this.clock.now());
      const earliest = plusDays(today, -Math.max(...days) - LATEST_DAYS);
      const closures = await tx.query<Closure>(
        `SELECT c.id AS "caseId", e.id AS "eventId", e.effective_at AS "resolvedAt", d.days AS "afterDays"
           FROM case_events e
           JOIN cases c ON c.id = e.subject_id AND c.status = 'resolved' AND c.resolved_at = e.effective_at
           CROSS JOIN unnest($2::int[]) AS d (days)
          WHERE e.type = 'resolved' AND e.subject_kind = 'case' AND e.payload ->> 'outcome' = 'recovered'
            AND e.effective_at >= $1
            AND NOT EXISTS (SELECT 1 FROM recovery_follow_ups f WHERE f.closure_event_id = e.id)
          ORDER BY e.effective_at, e.id`,
        [this.office.at(earliest, '00:00'), days],
      );
      const rows = closures
        .map(({ resolvedAt, ...closure }) => ({
          ...closure,
          dueOn: plusDays(this.office.dateOf(resolvedAt), closure.afterDays),
        }))
        .filter(({ dueOn }) => dueOn >= plusDays(today, -LATEST_DAYS));
      const made = await tx.query(
        `INSERT INTO recovery_follow_ups (id, case_id, closure_event_id, after_days, due_on, status)
         SELECT r.*, 'due' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::date[]) AS r
         ON CONFLICT (closure_event_id, after_days) DO NOTHING RETURNING id`,
        [
          rows.map(() => uuidv7()),
          rows.map(({ caseId }) => caseId),
          rows.map(({ eventId }) => eventId),
          rows.map(({ afterDays }) => afterDays),
          rows.map(({ dueOn }) => dueOn),
        ],
      );
      // Of a case that was reopened while its rows were made.
      await cancelOutdated(tx, null);
      return made.length;
    });
  }
}
