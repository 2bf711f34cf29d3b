import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../access/actor.js';
import { byAccount, SecurityTrail } from '../access/security-trail.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import type { DeliveryStatus } from './delivery.entity.js';
import type { ResolveBody } from './deliveries.dto.js';

/** After its lease ran out, a worker that was thought dead may still write what it knows: it tries for some minutes. */
const QUIET_MS = 5 * 60_000;

interface Found {
  messageId: string;
  status: DeliveryStatus;
  /** When its lease ran out; `null` where its worker itself said that nobody knows. */
  leaseUntil: Date | null;
}

/**
 * `$1` message · `$2` what became of it · `$3` now · `$4` who says so · `$5` why. The fence rises: whoever held the
 * message may not say any more what became of it. No moment of sending is made up.
 */
const RESOLVE = `
WITH resolved AS (
  UPDATE messages
     SET status = $2, fence = fence + 1, lease_until = NULL, resolved_at = $3, resolved_by = $4, resolution_note = $5
   WHERE id = $1 AND status = 'unknown'
  RETURNING id
)
UPDATE deliveries d
   SET status = $2, reason = CASE $2 WHEN 'failed' THEN 'RESOLVED_AS_FAILED' END
  FROM resolved
 WHERE d.message_id = resolved.id AND d.status = 'unknown'
RETURNING d.id`;

/** A person says what became of a message that nobody knew the end of: all that it carries goes along. */
@Injectable()
export class ResolveDelivery {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly trail: SecurityTrail,
  ) {}

  /** @throws Refusal 404 NOT_FOUND, 409 DELIVERY_NOT_UNKNOWN, 409 DELIVERY_OUTCOME_OPEN */
  async run(actor: AccountActor, id: string, { outcome, note }: ResolveBody): Promise<void> {
    await this.transactions.run(async (tx) => {
      await tx.query(
        'SELECT id FROM messages WHERE id = (SELECT message_id FROM deliveries WHERE id = $1) FOR UPDATE',
        [id],
      );
      const [found] = await tx.query<Found>(
        `SELECT d.message_id AS "messageId", d.status, m.lease_until AS "leaseUntil"
           FROM deliveries d LEFT JOIN messages m ON m.id = d.message_id WHERE d.id = $1`,
        [id],
      );
      if (found === undefined) throw notFound('delivery', id);
      if (found.status !== 'unknown')
        throw new Refusal(409, 'DELIVERY_NOT_UNKNOWN', { status: found.status });
      const now = this.clock.now();
      requireQuiet(found, now);
      const { messageId } = found;
      const resolved = await tx.query(RESOLVE, [messageId, outcome, now, actor.accountId, note]);
      await this.trail.record(tx, {
        type: 'delivery_resolved',
        actor: byAccount(actor.accountId),
        subject: { kind: 'message', id: messageId },
        payload: { outcome, note, deliveries: resolved.length },
      });
    });
  }
}

function requireQuiet({ leaseUntil }: Found, now: Date): void {
  if (leaseUntil === null) return;
  const until = new Date(leaseUntil.getTime() + QUIET_MS);
  if (until > now) throw new Refusal(409, 'DELIVERY_OUTCOME_OPEN', { until: until.toISOString() });
}
