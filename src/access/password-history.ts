import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import type { Transaction } from '../platform/database/transactions.js';
import { FormerPassword } from './former-password.entity.js';
import { Passwords } from './passwords.js';

/** With the present one these are the last five, of which none is chosen again. */
const KEPT = 4;

/** Replaces passwords, and remembers those that were replaced. */
@Injectable()
export class PasswordHistory {
  constructor(
    private readonly reader: Reader,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  /** Whether it was one of the passwords before the present one. */
  async holds(accountId: string, password: string): Promise<boolean> {
    const former = await this.reader.query<{ passwordHash: string }>(
      'SELECT password_hash AS "passwordHash" FROM former_passwords WHERE account_id = $1',
      [accountId],
    );
    for (const { passwordHash } of former) {
      if (await this.passwords.verify(passwordHash, password)) return true;
    }
    return false;
  }

  /** @param isOneTime whether it must be replaced at the next sign-in. */
  async replace(tx: Transaction, accountId: string, hash: string, isOneTime: boolean): Promise<void> {
    const [former] = await tx.query<{ passwordHash: string }>(
      'SELECT password_hash AS "passwordHash" FROM accounts WHERE id = $1 FOR UPDATE',
      [accountId],
    );
    if (former === undefined) throw new Error(`there is no account ${accountId}`);
    await tx.manager.insert(FormerPassword, {
      id: uuidv7(),
      accountId,
      passwordHash: former.passwordHash,
      replacedAt: this.clock.now(),
    });
    await tx.query(
      `DELETE FROM former_passwords WHERE account_id = $1
          AND id NOT IN (SELECT id FROM former_passwords WHERE account_id = $1 ORDER BY id DESC LIMIT ${KEPT})`,
      [accountId],
    );
    await tx.query(
      `UPDATE accounts SET password_hash = $1, is_password_expired = $2, failed_attempts = 0, locked_until = NULL,
              version = version + 1 WHERE id = $3`,
      [hash, isOneTime, accountId],
    );
  }
}
