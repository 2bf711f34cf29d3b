import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { OneAtATime } from './one-at-a-time.js';
import { PasswordFailures } from './password-failures.js';
import { Passwords } from './passwords.js';
import { Sessions, type Tokens } from './sessions.service.js';

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
    private readonly failures: PasswordFailures,
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
      if (!isRight) {
        await this.transactions.run((tx) => this.failures.count(tx, candidate.id));
        throw new Refusal(401, 'CREDENTIALS_INVALID');
      }
      return this.transactions.run(async (tx) => {
        await this.failures.forget(tx, candidate.id);
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
}
