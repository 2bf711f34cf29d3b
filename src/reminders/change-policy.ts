import { Injectable } from '@nestjs/common';
import { byAccount, SecurityTrail } from '../access/security-trail.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { WakeUps } from '../platform/queue/wake-ups.js';
import type { DeadlineClass, Rung } from './ladder.js';
import { ladderFaults } from './ladder-rules.js';
import { Policies } from './policies.js';
import { REPLAN_TASK } from './replan.js';

/** Any number: who edits at the same time waits, so that each sees the version before his own. */
const EDIT_LOCK = 7_264_030;

/** Another ladder for a deadline class, as somebody wants it who has seen the version in force. */
export interface PolicyEdit {
  appliesTo: DeadlineClass;
  /** None: the class climbs the default again. */
  rungs: readonly Rung[];
  basedOnVersion: number;
}

/** Makes new versions of the ladders; what is armed follows by {@link Replan}. */
@Injectable()
export class ChangePolicy {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: Policies,
    private readonly clock: Clock,
    private readonly trail: SecurityTrail,
    private readonly wakeUps: WakeUps,
  ) {}

  /** @returns its version. @throws Refusal 400 LADDER_INVALID, 409 LADDER_STALE */
  async run(accountId: string, { appliesTo, basedOnVersion, ...edit }: PolicyEdit): Promise<number> {
    requireSound(appliesTo, edit.rungs);
    const rungs = edit.rungs.map(plain);
    return this.transactions.run(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [EDIT_LOCK]);
      const ladders = await this.policies.inForceIn(tx);
      const { version: inForce } = ladders.of(appliesTo);
      if (inForce !== basedOnVersion)
        throw new Refusal(409, 'LADDER_STALE', { basedOnVersion, versionInForce: inForce });
      const version = ladders.newest + 1;
      await tx.query(
        `INSERT INTO reminder_policies (version, applies_to, rungs, recorded_at, recorded_by)
         VALUES ($1, $2, $3::jsonb, $4, $5)`,
        [version, appliesTo, JSON.stringify(rungs), this.clock.now(), accountId],
      );
      await this.trail.record(tx, {
        type: 'reminder_policy_changed',
        actor: byAccount(accountId),
        payload: { appliesTo, version, basedOnVersion, rungs },
      });
      tx.afterCommit(async () => {
        this.wakeUps.ring(REPLAN_TASK);
        await this.policies.reload();
      });
      return version;
    });
  }
}

/** What is kept for ever, and nothing that came along with it. */
const plain = ({ code, clock, offsetWorkingDays, recipients, channels }: Rung): Rung => ({
  code,
  clock,
  offsetWorkingDays,
  recipients,
  channels,
});

/** @throws Refusal 400 LADDER_INVALID */
export function requireSound(appliesTo: DeadlineClass, rungs: readonly Rung[]): void {
  const faults = ladderFaults(appliesTo, rungs);
  if (faults.length > 0) throw new Refusal(400, 'LADDER_INVALID', { count: faults.length }, faults);
}
