import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transactions.js';

const MAX_FAILURES = 5;
const LOCK_MINUTES = 15;

/** Wrong passwords and codes of an account, wherever they were given: after five in a row nobody signs in for a while. */
@Injectable()
export class PasswordFailures {
  constructor(private readonly clock: Clock) {}

  /** Counts anew once a lock has run out. @returns whether the account is locked now */
  async count(tx: Transaction, accountId: string): Promise<boolean> {
    const now = this.clock.now();
    const lockedUntil = new Date(now.getTime() + LOCK_MINUTES * 60_000);
    const [counted] = await tx.query<{ isLocked: boolean }>(
      `UPDATE accounts a SET failed_attempts = f.failures,
              locked_until = CASE WHEN f.failures >= $2 THEN $3::timestamptz END
         FROM (SELECT id, CASE WHEN locked_until <= $4 THEN 1 ELSE failed_attempts + 1 END AS failures
                 FROM accounts WHERE id = $1 FOR UPDATE) f
        WHERE a.id = f.id
       RETURNING a.locked_until IS NOT NULL AS "isLocked"`,
      [accountId, MAX_FAILURES, lockedUntil, now],
    );
    return counted?.isLocked ?? false;
  }
}
