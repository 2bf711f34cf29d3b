import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { OneAtATime } from './one-at-a-time.js';
import { Passwords } from './passwords.js';
import { Sessions, type Tokens } from './sessions.service.js';

const MAX_FAILURES = 5;
const LOCK_MINUTES = 15;

interface Candidate {
  id: string;
  passwordHash: string;
  isActive: boolean;
  isLocked: boolean;
  isPasswordExpired: boolean;
}

/** Sign-in by user name and password. Every failure reads the same: it tells nobody which accounts exist or are locked. */
@Injectable()
export class SignIn {
  private readonly attempts = new OneAtATime();

  constructor(
    private readonly reader: Reader,
    private readonly transactions: Transactions,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  async signIn(username: string, password: string): Promise<Tokens & { isPasswordExpired: boolean }> {
    const name = username.toLowerCase();
    return this.attempts.run(name, async () => {
      const candidate = await this.find(name);
      const isRight = await this.passwords.verify(candidate?.passwordHash, password);
      if (candidate === undefined || !candidate.isActive || candidate.isLocked)
        throw new Refusal(401, 'CREDENTIALS_INVALID');
      if (!isRight) return this.fail(candidate.id);
      return this.transactions.run(async (tx) => {
        await tx.query('UPDATE accounts SET failed_attempts = 0, locked_until = NULL WHERE id = $1', [
          candidate.id,
        ]);
        const tokens = await this.sessions.open(tx, candidate.id);
        return { ...tokens, isPasswordExpired: candidate.isPasswordExpired };
      });
    });
  }

  private async find(username: string): Promise<Candidate | undefined> {
    const [candidate] = await this.reader.query<Candidate>(
      `SELECT id, password_hash AS "passwordHash", is_active AS "isActive", is_password_expired AS "isPasswordExpired",
              coalesce(locked_until > $2, false) AS "isLocked"
         FROM accounts WHERE username = $1`,
      [username, this.clock.now()],
    );
    return candidate;
  }

  /** Counts anew once a lock has run out. */
  private async fail(accountId: string): Promise<never> {
    const now = this.clock.now();
    const lockedUntil = new Date(now.getTime() + LOCK_MINUTES * 60_000);
    await this.transactions.run((tx) =>
      tx.query(
        `UPDATE accounts a SET failed_attempts = f.failures,
                locked_until = CASE WHEN f.failures >= $2 THEN $3::timestamptz END
           FROM (SELECT id, CASE WHEN locked_until <= $4 THEN 1 ELSE failed_attempts + 1 END AS failures
                   FROM accounts WHERE id = $1 FOR UPDATE) f
          WHERE a.id = f.id`,
        [accountId, MAX_FAILURES, lockedUntil, now],
      ),
    );
    throw new Refusal(401, 'CREDENTIALS_INVALID');
  }
}
