import { recipientOf } from '../recipient.js';

/**
 * Writes what one receipt says: `$1` message id or `null` · `$2` gateway's id or `null` · `$3` status · `$4` code ·
 * `$5` text · `$6` when it arrived, or `null` · `$7` now · `$8` a new row's id. One statement, so that it and the record
 * of the attempt, in whichever order they come, wait for each other at the message's row and end in the same state:
 * - what arrived stays `delivered`, whatever is said afterwards, also by the sender itself (RECORD_OUTCOMES passes over
 *   what is not `sending` or `unknown` any more), and is not sent again;
 * - a failure counts while it is open, not where another attempt than the receipt's has since been made, and not
 *   against a person who has asked and said what became of it;
 * - a receipt of an SMS whose id at the gateway is not known yet is kept until it is.
 */
export const TAKE_RECEIPT = `
WITH named AS MATERIALIZED (
  SELECT id FROM messages WHERE id = $1 AND channel = 'sms'
  UNION ALL
  SELECT id FROM messages WHERE $1::uuid IS NULL AND gateway_id = $2 AND channel = 'sms'
  LIMIT 1
), arrival AS (
  SELECT least($6::timestamptz, $7::timestamptz) AS at
), moved AS (
  UPDATE messages m
     SET status = $3,
         lease_until = NULL,
         sent_at = coalesce(m.sent_at, greatest(a.at, m.queued_at)),
         delivered_at = CASE WHEN $3 = 'delivered' THEN greatest(a.at, m.sent_at, m.queued_at) END,
         gateway_id = coalesce($2, m.gateway_id),
         gateway_code = $4, gateway_text = $5
    FROM named, arrival a
   WHERE m.id = named.id
     AND CASE $3
         WHEN 'delivered' THEN m.status IN ('pending', 'sending', 'sent', 'unknown', 'failed')
         ELSE CASE m.status
              WHEN 'sending' THEN $2::text IS NULL OR m.gateway_id IS DISTINCT FROM $2
              ELSE m.status IN ('sent', 'unknown') AND m.resolved_at IS NULL
                   AND coalesce(m.gateway_id = $2, true) END END
  RETURNING m.id, m.status, m.sent_at, m.delivered_at, m.gateway_code
), carried AS (
  UPDATE deliveries d
     SET status = moved.status,
         reason = CASE WHEN moved.status = 'failed' THEN moved.gateway_code END,
         sent_at = coalesce(d.sent_at, moved.sent_at),
         delivered_at = moved.delivered_at
    FROM moved
   WHERE d.message_id = moved.id AND d.status IN ('pending', 'sending', 'sent', 'unknown', 'failed')
), early AS (
  INSERT INTO early_receipts (id, gateway_id, status, code, text, at, received_at)
  SELECT $8::uuid, $2, $3, $4, $5, $6, $7
   WHERE $1::uuid IS NULL AND $2::text IS NOT NULL AND NOT EXISTS (SELECT FROM named)
  ON CONFLICT DO NOTHING
)
SELECT EXISTS (SELECT FROM named) AS "isKnown", EXISTS (SELECT FROM moved) AS "isMoved"`;

/**
 * Kept receipts of SMS that are known by now: `$1` how many. Counted, not asked for by EXISTS: that becomes a join, for
 * which the planner passes over the index of the gateway's ids and reads all messages for each receipt.
 */
export const FIND_EARLY_RECEIPTS = `
SELECT e.id AS "rowId", e.gateway_id AS "gatewayId", e.status, e.code, e.text, e.at
  FROM early_receipts e
 WHERE (SELECT count(*) FROM messages m WHERE m.gateway_id = e.gateway_id AND m.channel = 'sms') > 0
 ORDER BY e.received_at LIMIT $1`;

/** `$1` those that were taken · `$2` whatever came before: nobody will ever know what it was about. */
export const FORGET_EARLY_RECEIPTS = `DELETE FROM early_receipts WHERE id = ANY($1::uuid[]) OR received_at < $2`;

/**
 * SMS about which the gateway is to be asked: `$1` now · `$2` not those before · `$3` after their first pause, in
 * seconds · `$4` how many · `$5` they are asked again then, should whoever asks now die of it. The number comes as it
 * is stored, sealed.
 */
export const CLAIM_FOR_ASKING = `
UPDATE messages m SET receipt_ask_at = $5
  FROM (SELECT id, official_id, enterprise_id FROM messages
         WHERE channel = 'sms' AND status IN ('sent', 'unknown') AND receipt_asks < 4
           AND next_attempt_at BETWEEN $2 AND $1
           AND coalesce(receipt_ask_at, next_attempt_at + make_interval(secs => $3)) <= $1
         ORDER BY next_attempt_at LIMIT $4
           FOR UPDATE SKIP LOCKED) due,
       ${recipientOf('due')} who
 WHERE m.id = due.id
RETURNING m.id, m.gateway_id AS "gatewayId", m.next_attempt_at AS "notBefore", m.receipt_asks AS "asks",
          who.id AS "recipientId", who.is_contact AS "isContact", who.mobile_sealed AS "mobileSealed"`;

/** `$1` message · `$2` asks that were made before · `$3` asked again then, where it is not the last time. */
export const COUNT_ASKING = `
UPDATE messages SET receipt_asks = $2 + 1, receipt_ask_at = $3 WHERE id = $1 AND receipt_asks = $2 RETURNING id`;
