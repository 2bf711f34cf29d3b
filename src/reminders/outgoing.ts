import { Injectable } from '@nestjs/common';
import { RecordNotices } from '../notifications/notices/record-notices.js';
import { Transactions } from '../platform/database/transactions.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import { COMPOSE_FOR_CONTACTS, COMPOSE_MESSAGES } from './sweep-statements.js';

/** Deliveries a transaction that composes messages. A digest carries no more than this. */
const DELIVERIES_A_BATCH = 50_000;
/** A ring for so many messages, so that every worker is woken and none is flooded. */
const MESSAGES_A_RING = 100;
const MOST_RINGS = 16;

/** The end of a sweep: what it recorded goes, with the notices given meanwhile, into one message a person and channel. */
@Injectable()
export class Outgoing {
  constructor(
    private readonly transactions: Transactions,
    private readonly notices: RecordNotices,
    private readonly wakeUps: WakeUps,
  ) {}

  /** @returns deliveries of notices, and messages made of all that was recorded */
  async run(now: Date): Promise<{ deliveries: number; messages: number }> {
    const deliveries = await this.notices.run(now);
    const messages =
      (await this.compose(COMPOSE_MESSAGES, now)) + (await this.compose(COMPOSE_FOR_CONTACTS, now));
    const rings = Math.min(Math.ceil(messages / MESSAGES_A_RING), MOST_RINGS);
    for (let ring = 0; ring < rings; ring += 1) this.wakeUps.ring('deliver');
    return { deliveries, messages };
  }

  /** Outside sending time. */
  defer(now: Date, until: Date): Promise<void> {
    return this.notices.defer(now, until);
  }

  private async compose(statement: string, now: Date): Promise<number> {
    let messages = 0;
    let picked: number;
    do {
      const [made] = await this.transactions.run((tx) =>
        tx.query<{ messages: number; picked: number }>(statement, [now, DELIVERIES_A_BATCH]),
      );
      messages += made?.messages ?? 0;
      picked = made?.picked ?? 0;
    } while (picked === DELIVERIES_A_BATCH);
    return messages;
  }
}
