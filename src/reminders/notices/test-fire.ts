import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import type { Channel } from '../../notifications/channel.js';
import type { TestFacts } from '../../notifications/notices/notice-facts.js';
import { NOTICE_RULES } from '../../notifications/notices/notice-kinds.js';
import { Notices } from '../../notifications/notices/notices.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { WakeUps } from '../../platform/queue/wake-ups.js';
import { DEADLINE_CLASSES } from '../ladder.js';
import { Policies } from '../policies.js';
import type { TestFireBody, TestFireView } from './test-fire.dto.js';

const MINUTE_MS = 60_000;

/** Sends who asks a sample of a message, by the same rails as every other one. */
@Injectable()
export class TestFire {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: Policies,
    private readonly notices: Notices,
    private readonly clock: Clock,
    private readonly wakeUps: WakeUps,
  ) {}

  /** @throws Refusal 400 TEST_OF_ONE, RUNG_UNKNOWN, 409 ACCOUNT_HAS_NO_OFFICIAL, OFFICIAL_*, 429 TEST_TOO_SOON */
  async run({ officialId }: AccountActor, body: TestFireBody): Promise<TestFireView> {
    const sample = await this.sampleOf(body);
    if (officialId === null) throw new Refusal(409, 'ACCOUNT_HAS_NO_OFFICIAL');
    const minute = Math.floor(this.clock.now().getTime() / MINUTE_MS);
    return this.transactions.run(async (tx) => {
      const reached = await reachedBy(tx, officialId);
      const channels = sample.channels.filter((channel) => reached.has(channel));
      if (channels.length === 0) throw new Refusal(409, 'OFFICIAL_HAS_NO_ADDRESS');
      const [given] = await this.notices.give(tx, [
        { kind: 'test', cause: `${officialId} ${minute}`, officialId, facts: { ...sample, channels } },
      ]);
      if (given === undefined) throw this.tooSoon(minute);
      tx.afterCommit(() => this.wakeUps.ring('sweep'));
      return { noticeId: given.id, officialId, channels, goesAt: given.firesAt };
    });
  }

  private async sampleOf({ rung, kind }: TestFireBody): Promise<TestFacts> {
    if ((rung === undefined) === (kind === undefined)) throw new Refusal(400, 'TEST_OF_ONE');
    if (kind !== undefined) return { kind, channels: NOTICE_RULES[kind].channels };
    // Edited a moment ago in another process, perhaps: that is what is to be tried.
    await this.policies.reload();
    const ladders = await this.policies.inForce();
    const found = DEADLINE_CLASSES.flatMap((deadlineClass) => ladders.of(deadlineClass).rungs).find(
      ({ code }) => code === rung,
    );
    if (found === undefined)
      throw new Refusal(400, 'RUNG_UNKNOWN', { rung }, [{ pointer: '/rung', code: 'RUNG_UNKNOWN' }]);
    const { code, offsetWorkingDays, channels } = found;
    return { rung: code, offsetWorkingDays, channels };
  }

  private tooSoon(minute: number): Refusal {
    const leftMs = (minute + 1) * MINUTE_MS - this.clock.now().getTime();
    return new Refusal(429, 'TEST_TOO_SOON', {}, [], Math.ceil(leftMs / 1_000));
  }
}

/** @throws Refusal 409 OFFICIAL_INACTIVE */
async function reachedBy(tx: Transaction, officialId: string): Promise<Set<Channel>> {
  const [official] = await tx.query<{ isActive: boolean; hasEmail: boolean; isMobile: boolean }>(
    `SELECT is_active AS "isActive", email IS NOT NULL AS "hasEmail", is_mobile AS "isMobile"
       FROM officials WHERE id = $1`,
    [officialId],
  );
  if (official?.isActive !== true) throw new Refusal(409, 'OFFICIAL_INACTIVE');
  const channels = new Set<Channel>();
  if (official.hasEmail) channels.add('email');
  if (official.isMobile) channels.add('sms');
  return channels;
}
