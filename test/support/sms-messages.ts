import { v7 as uuidv7 } from 'uuid';
import type { DeliveryStatus } from '../../src/notifications/delivery.entity.js';
import { mobileColumns } from '../../src/organization/official-mobile.js';
import type { Reader } from '../../src/platform/database/reader.js';
import { testPersonalData } from './personal-data.js';

export interface SmsState {
  status: DeliveryStatus;
  gatewayId: string | null;
  gatewayCode: string | null;
  gatewayText: string | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  receiptAsks: number;
  receiptAskAt: Date | null;
  delivery: { status: DeliveryStatus; reason: string | null; sentAt: Date | null; deliveredAt: Date | null };
}

/** SMS in any state, each with a recipient and one delivery of its own. */
export class SmsMessages {
  private made = 0;

  constructor(private readonly reader: Reader) {}

  /** @param at when it was due, and left where it did. @returns its id; fence and attempts are 1 */
  async make(status: DeliveryStatus, at: Date, gatewayId: string | null = null): Promise<string> {
    const [id, officialId] = [uuidv7(), uuidv7()];
    this.made += 1;
    const mobile = `199${String(this.made).padStart(8, '0')}`;
    const columns = mobileColumns(testPersonalData(), officialId, mobile);
    await this.reader.query(
      `WITH official AS (
         INSERT INTO officials (id, department_id, name, post, duty, is_active, mobile_sealed, mobile_search_key, is_mobile)
         SELECT $1::uuid, d.id, '承办' || $1::text, '干部', 'handler', true, $2, $3, $4 FROM departments d WHERE d.is_task_force
       ), delivery AS (
         INSERT INTO deliveries (id, reminder_id, official_id, channel, message_id, status, queued_at, sent_at)
         VALUES ($5, $6, $1, 'sms', $7, $8, $9, $10)
       )
       INSERT INTO messages (id, official_id, channel, status, attempts, fence, next_attempt_at, lease_until, gateway_id, queued_at, sent_at)
       VALUES ($7, $1, 'sms', $8, 1, 1, $9, CASE WHEN $8 = 'sending' THEN $9::timestamptz + interval '12 s' END, $11, $9, $10)`,
      [
        officialId,
        columns.mobileSealed,
        columns.mobileSearchKey,
        columns.isMobile,
        uuidv7(),
        uuidv7(),
        id,
        status,
        at,
        status === 'sent' ? at : null,
        gatewayId,
      ],
    );
    return id;
  }

  async stateOf(id: string): Promise<SmsState> {
    const [state] = await this.reader.query<SmsState>(
      `SELECT m.status, m.gateway_id AS "gatewayId", m.gateway_code AS "gatewayCode", m.gateway_text AS "gatewayText",
              m.sent_at AS "sentAt", m.delivered_at AS "deliveredAt", m.receipt_asks AS "receiptAsks",
              m.receipt_ask_at AS "receiptAskAt",
              (SELECT json_build_object('status', d.status, 'reason', d.reason, 'sentAt', d.sent_at, 'deliveredAt', d.delivered_at)
                 FROM deliveries d WHERE d.message_id = m.id) AS delivery
         FROM messages m WHERE m.id = $1`,
      [id],
    );
    if (state === undefined) throw new Error(`there is no message ${id}`);
    return state;
  }
}
