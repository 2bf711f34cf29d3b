import { createHmac, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import type { Transaction } from '../platform/database/transactions.js';
import { FloodGate } from './flood-gate.js';
import { BY_NOBODY_KNOWN, BY_SYSTEM, byAccount, SecurityTrail } from './security-trail.js';

export type SignInFault = 'unknown' | 'inactive' | 'locked' | 'password' | 'code' | 'code_missing';

/** Sign-ins as the trail tells of them. */
@Injectable()
export class SignInTrail {
  private readonly key: Buffer;
  private readonly gate: FloodGate;

  constructor(
    private readonly trail: SecurityTrail,
    config: AppConfig,
    clock: Clock,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', config.tokenSecret, '', 'shukun trail user name', 32));
    // Nobody is signed in yet, so that anybody could fill a table with his failures.
    this.gate = new FloodGate(clock, { mostOfOne: 10, mostOfAll: 300 });
  }

  async succeeded(tx: Transaction, accountId: string): Promise<void> {
    const subject = { kind: 'account', id: accountId };
    await this.trail.record(tx, { type: 'signed_in', actor: byAccount(accountId), subject });
  }

  /** @param name as it was typed, which may have been a password: a keyed hash tells whether it was the same one again */
  async failed(tx: Transaction, name: string, accountId: string | null, fault: SignInFault): Promise<void> {
    const withheld = this.gate.admit(name);
    if (withheld === null) return;
    const nameHash = createHmac('sha256', this.key).update(name).digest('hex').slice(0, 32);
    await this.trail.record(tx, {
      type: 'sign_in_failed',
      actor: BY_NOBODY_KNOWN,
      ...(accountId === null ? {} : { subject: { kind: 'account', id: accountId } }),
      payload: { fault, nameHash, withheld },
    });
  }

  async locked(tx: Transaction, accountId: string): Promise<void> {
    const subject = { kind: 'account', id: accountId };
    await this.trail.record(tx, { type: 'account_locked', actor: BY_SYSTEM, subject });
  }
}
