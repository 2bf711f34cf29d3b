import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CaseChanges, type HandedOver, type HandoverShare } from '../cases/case-changes.js';
import type { Transaction } from '../platform/database/transactions.js';
import { holdSweepsOff } from './sweep-lock.js';

/**
 * Unclaimed deliveries of `$1` and to whom they go: by assignment `$2, $3`, by co-handler `$4, $5`, by enterprise
 * or project paired with `$6, $7`, else to `$8`. `is_double`: that person gets the reminder by this channel already.
 */
const MOVED = `
WITH open AS (
  SELECT id, reminder_id, channel FROM deliveries
   WHERE official_id = $1 AND status = 'pending' AND message_id IS NULL
   UNION ALL
  SELECT d.id, d.reminder_id, d.channel
    FROM messages m JOIN deliveries d ON d.message_id = m.id
   WHERE m.official_id = $1 AND m.status = 'pending' AND d.status = 'pending'
), directed AS (
  SELECT open.*, coalesce(a.to_id, h.to_id, e.to_id, $8::uuid) AS to_id
    FROM open
    JOIN reminders r ON r.id = open.reminder_id
    LEFT JOIN problems p ON p.id = r.problem_id
    LEFT JOIN cases c ON c.id = r.case_id
    LEFT JOIN unnest($2::uuid[], $3::uuid[]) AS a(id, to_id) ON a.id = r.assignment_id AND r.clock <> 'co_handle'
    LEFT JOIN unnest($4::uuid[], $5::uuid[]) AS h(id, to_id) ON h.id = r.clock_run_id
    LEFT JOIN unnest($6::uuid[], $7::uuid[]) AS e(id, to_id)
      ON e.id = coalesce(p.enterprise_id, p.project_id, c.enterprise_id)
), moved AS (
  SELECT directed.*,
         EXISTS (SELECT 1 FROM deliveries o
                  WHERE o.reminder_id = directed.reminder_id AND o.official_id = to_id
                    AND o.channel = directed.channel) AS is_double
    FROM directed WHERE to_id IS NOT NULL
)`;

/** `left`: what he got for a duty, not for what he answers for, goes only to who takes the rest. */
const COUNT = `${MOVED}
SELECT count(*) FILTER (WHERE to_id IS NOT NULL)::int AS moved, count(*) FILTER (WHERE to_id IS NULL)::int AS left
  FROM directed`;

/**
 * What was composed into a message for the one who leaves is taken out of it; the next sweep composes it anew, also
 * what a daily cap held back, which was that of another number.
 */
const READDRESS = `${MOVED}
UPDATE deliveries d
   SET official_id = CASE WHEN m.is_double THEN d.official_id ELSE m.to_id END,
       message_id = CASE WHEN m.is_double THEN d.message_id END,
       status = CASE WHEN m.is_double THEN 'suppressed' ELSE d.status END,
       reason = CASE WHEN m.is_double THEN 'HANDED_OVER' END,
       held_until = CASE WHEN m.is_double THEN d.held_until END
  FROM moved m
 WHERE d.id = m.id AND d.status = 'pending'
RETURNING d.id`;

/** Reminders that are recorded and not sent go along with what they remind of. */
@Injectable()
export class ReaddressDeliveries implements OnModuleInit {
  constructor(private readonly changes: CaseChanges) {}

  onModuleInit(): void {
    this.changes.listenToHandovers({
      prepare: holdSweepsOff,
      handOver: (tx, handover) => this.run(tx, handover),
    });
  }

  private async run(tx: Transaction, handover: HandedOver): Promise<HandoverShare> {
    const parameters = [
      handover.fromOfficialId,
      ...[handover.byAssignment, handover.byCoHandler, handover.byPaired].flatMap((targets) => [
        [...targets.keys()],
        [...targets.values()],
      ]),
      handover.restOfficialId,
    ];
    const [share] = await tx.query<HandoverShare>(COUNT, parameters);
    if (share === undefined) throw new Error('a count answered nothing');
    if (handover.isPreview || share.left > 0) return share;
    const moved = await tx.query(READDRESS, parameters);
    return { moved: moved.length, left: 0 };
  }
}
