import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/reader.js';
import { Transactions } from '../platform/database/transactions.js';
import { type Fault, Refusal } from '../platform/errors/refusal.js';
import { OneAtATime } from './one-at-a-time.js';
import { PasswordFailures } from './password-failures.js';
import { isTooWeak, Passwords } from './passwords.js';
import { byAccount, SecurityTrail } from './security-trail.js';
import { Sessions } from './sessions.service.js';

/**
 * Changes one's own password; every other session of the account ends. Wrong guesses are counted as at sign-in, and
 * the session that makes the last one ends: whoever finds it open cannot go on guessing.
 */
@Injectable()
export class ChangePassword {
  private readonly attempts = new OneAtATime();

  constructor(
    private readonly reader: Reader,
    private readonly transactions: Transactions,
    private readonly passwords: Passwords,
    private readonly failures: PasswordFailures,
    private readonly sessions: Sessions,
    private readonly trail: SecurityTrail,
  ) {}

  async change(accountId: string, sessionId: string, present: string, next: string): Promise<void> {
    const bySelf = { actor: byAccount(accountId), subject: { kind: 'account', id: accountId } };
    await this.attempts.run(accountId, async () => {
      const [account] = await this.reader.query<{ username: string; passwordHash: string }>(
        'SELECT username, password_hash AS "passwordHash" FROM accounts WHERE id = $1',
        [accountId],
      );
      if (account === undefined) throw new Refusal(401, 'SESSION_ENDED');
      const isRight = await this.passwords.verify(account.passwordHash, present);
      if (!isRight) {
        await this.transactions.run(async (tx) => {
          const isLocked = await this.failures.count(tx, accountId);
          if (isLocked) await this.sessions.end(tx, sessionId);
          await this.trail.record(tx, { type: 'password_change_failed', ...bySelf, payload: { isLocked } });
        });
        throw refused('PASSWORD_WRONG', 'currentPassword');
      }
      if (present === next) throw refused('PASSWORD_UNCHANGED', 'newPassword');
      if (isTooWeak(next, account.username)) throw refused('PASSWORD_TOO_WEAK', 'newPassword');
      const hash = await this.passwords.hash(next);
      await this.transactions.run(async (tx) => {
        await tx.query(
          `UPDATE accounts SET password_hash = $1, is_password_expired = false, version = version + 1 WHERE id = $2`,
          [hash, accountId],
        );
        await this.failures.forget(tx, accountId);
        await this.sessions.endAll(tx, accountId, sessionId);
        await this.trail.record(tx, { type: 'password_changed', ...bySelf });
      });
    });
  }
}

function refused(code: string, field: string): Refusal {
  const faults: Fault[] = [{ pointer: `/${field}`, code }];
  return new Refusal(400, code, {}, faults);
}
