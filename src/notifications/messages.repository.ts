import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import { DailyCap } from './cap/daily-cap.js';
import type { Channel } from './channel.js';
import type { ClaimedMessage } from './letter.js';
import {
  CLAIM_CAPPED_MESSAGES,
  CLAIM_MESSAGES,
  DEFER_MESSAGES,
  EXPIRE_LEASES,
  RECORD_OUTCOMES,
  RELEASE_MESSAGES,
  RENEW_LEASES,
} from './message-statements.js';
import { numberColumn } from './recipient.js';
import { leasesExpired, messageOutcomes, reminderLagSeconds } from './notification-metrics.js';

/**
 * A dead worker's messages are settled within 15 seconds: the lease, and a poll. An attempt to send ends well before
 * its lease does.
 */
export const LEASE_MS = 12_000;
/** A claim takes less than a second, and so does writing what is claimed. */
const DELIVERIES_A_CLAIM = 20_000;
const DEFERRED_AT_ONCE = 10_000;
const RELEASED_FOR_SECONDS = 10;

const UNREADABLE: Omit<Settled, 'id' | 'fence'> = {
  status: 'failed',
  nextAttemptAt: null,
  gatewayId: null,
  gatewayCode: 'ADDRESS_UNREADABLE',
  gatewayText: '',
};

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

/** As the statement gives it: its number still sealed. */
type ClaimedRow = ClaimedMessage & { isCarrying: boolean; isHeld: boolean };

/** A delivery that was settled; `dueAt` of one that was sent: when it had fallen due. */
interface SettledRow {
  channel: Channel;
  dueAt: Date | null;
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
    private readonly personalData: PersonalData,
    private readonly cap: DailyCap,
  ) {}

  /**
   * @returns what is to be sent, committed as `sending`; how many were looked at; and what is to be recorded of those
   * whose number does not open. What the daily cap holds back is not sent.
   */
  async claim(
    claim: Claim,
  ): Promise<{ claimed: ClaimedMessage[]; seen: number; unreadable: readonly Settled[] }> {
    const now = this.clock.now();
    const { perDay, on, heldUntil } = await this.cap.terms(claim.channel);
    const parameters = [
      claim.channel,
      now,
      claim.count,
      new Date(now.getTime() + LEASE_MS),
      claim.isOff,
      claim.messageId ?? null,
      DELIVERIES_A_CLAIM,
    ];
    const rows = await (perDay === 0
      ? this.statements.named<ClaimedRow>('claim-messages', CLAIM_MESSAGES, parameters)
      : this.statements.named<ClaimedRow>('claim-capped-messages', CLAIM_CAPPED_MESSAGES, [
          ...parameters,
          perDay,
          on,
          heldUntil,
        ]));
    const held = rows.filter((row) => row.isHeld).length;
    if (held > 0) messageOutcomes.inc({ channel: claim.channel, outcome: 'held' }, held);
    return { ...this.opened(rows.filter((row) => row.isCarrying)), seen: rows.length };
  }

  /** Numbers are opened here, when they are about to be dialled; what does not open shows as failed. */
  private opened(rows: readonly ClaimedRow[]): { claimed: ClaimedMessage[]; unreadable: readonly Settled[] } {
    const unreadable: Settled[] = [];
    const claimed = rows.flatMap((row): ClaimedMessage[] => {
      const { isCarrying: _isCarrying, isHeld: _isHeld, ...message } = row;
      if (message.address.includes('@')) return [message];
      const { recipientId, isContact } = message;
      const address = this.personalData.openOrTell(message.address, numberColumn(isContact), recipientId);
      if (address !== null) return [{ ...message, address }];
      unreadable.push({ ...UNREADABLE, id: row.id, fence: row.fence });
      return [];
    });
    return { claimed, unreadable };
  }

  async record(settled: readonly Settled[]): Promise<void> {
    const now = this.clock.now();
    const rows = await this.statements.named<SettledRow>('record-outcomes', RECORD_OUTCOMES, [
      now,
      settled.map((one) => one.id),
      settled.map((one) => one.fence),
      settled.map((one) => one.status),
      settled.map((one) => one.nextAttemptAt),
      settled.map((one) => one.gatewayId),
      settled.map((one) => one.gatewayCode),
      settled.map((one) => one.gatewayText),
    ]);
    for (const { channel, dueAt } of rows)
      if (dueAt !== null) reminderLagSeconds.observe({ channel }, (now.getTime() - dueAt.getTime()) / 1_000);
  }

  /** @returns the ids of those that are still held, now for a whole lease. */
  async renew(messages: readonly ClaimedMessage[]): Promise<Set<string>> {
    const until = new Date(this.clock.now().getTime() + LEASE_MS);
    const rows = await this.statements.named<{ id: string }>('renew-leases', RENEW_LEASES, [
      ...held(messages),
      until,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  async release(messages: readonly ClaimedMessage[]): Promise<void> {
    const parameters = [...held(messages), this.clock.now(), RELEASED_FOR_SECONDS];
    await this.run('release-messages', RELEASE_MESSAGES, parameters);
  }

  /** @returns how many deliveries were left open by workers that died. */
  async expireLeases(): Promise<number> {
    const expired = await this.run('expire-leases', EXPIRE_LEASES, [this.clock.now()]);
    leasesExpired.inc(expired);
    return expired;
  }

  async defer(until: Date): Promise<void> {
    let deferred: number;
    do {
      deferred = await this.run('defer-messages', DEFER_MESSAGES, [
        this.clock.now(),
        until,
        DEFERRED_AT_ONCE,
      ]);
    } while (deferred === DEFERRED_AT_ONCE);
  }

  private async run(name: string, sql: string, parameters: unknown[]): Promise<number> {
    const rows = await this.statements.named(name, sql, parameters);
    return rows.length;
  }
}

const held = (messages: readonly ClaimedMessage[]): [ids: string[], fences: number[]] => [
  messages.map((message) => message.id),
  messages.map((message) => message.fence),
];
