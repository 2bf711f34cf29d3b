import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import type { Channel } from './channel.js';
import type { ClaimedMessage } from './letter.js';
import {
  CLAIM_MESSAGES,
  DEFER_MESSAGES,
  EXPIRE_LEASES,
  RECORD_OUTCOMES,
  RELEASE_MESSAGES,
} from './message-statements.js';

/**
 * A dead worker's messages are settled within 15 seconds: the lease, and a poll. An attempt to send ends well before
 * its lease does.
 */
export const LEASE_MS = 12_000;

/** What is written of a message after an attempt. */
export interface Settled {
  id: string;
  fence: number;
  status: 'sent' | 'failed' | 'unknown' | 'pending';
  /** When it is tried again; of a pending one only. */
  nextAttemptAt: Date | null;
  gatewayId: string | null;
  gatewayCode: string;
  gatewayText: string;
}

export interface Claim {
  channel: Channel;
  count: number;
  /** The channel is not configured: what it would carry is suppressed. */
  isOff: boolean;
  messageId?: string;
}

/**
 * Messages and the deliveries that they carry, always changed together. Each change is one statement, which is a
 * transaction of its own: hundreds of messages a second leave no time for BEGIN and COMMIT around it.
 */
@Injectable()
export class Messages {
  constructor(
    private readonly statements: Reader,
    private readonly clock: Clock,
  ) {}

  /** @returns what is to be sent, committed as `sending`; and how many were looked at. */
  async claim(claim: Claim): Promise<{ claimed: ClaimedMessage[]; seen: number }> {
    const now = this.clock.now();
    const rows = await this.statements.named<ClaimedMessage & { deliveryIds: string[] | null }>(
      'claim-messages',
      CLAIM_MESSAGES,
      [
        claim.channel,
        now,
        claim.count,
        new Date(now.getTime() + LEASE_MS),
        claim.isOff,
        claim.messageId ?? null,
      ],
    );
    return { claimed: rows.filter((row) => row.deliveryIds !== null), seen: rows.length };
  }

  async record(settled: readonly Settled[]): Promise<void> {
    await this.run('record-outcomes', RECORD_OUTCOMES, [
      this.clock.now(),
      settled.map((one) => one.id),
      settled.map((one) => one.fence),
      settled.map((one) => one.status),
      settled.map((one) => one.nextAttemptAt),
      settled.map((one) => one.gatewayId),
      settled.map((one) => one.gatewayCode),
      settled.map((one) => one.gatewayText),
    ]);
  }

  async release(messages: readonly ClaimedMessage[]): Promise<void> {
    const ids = messages.map((message) => message.id);
    await this.run('release-messages', RELEASE_MESSAGES, [ids, messages.map((message) => message.fence)]);
  }

  /** @returns how many deliveries were left open by workers that died. */
  expireLeases(): Promise<number> {
    return this.run('expire-leases', EXPIRE_LEASES, [this.clock.now()]);
  }

  /** @returns how many messages wait. */
  defer(until: Date): Promise<number> {
    return this.run('defer-messages', DEFER_MESSAGES, [this.clock.now(), until]);
  }

  private async run(name: string, sql: string, parameters: unknown[]): Promise<number> {
    const rows = await this.statements.named(name, sql, parameters);
    return rows.length;
  }
}
