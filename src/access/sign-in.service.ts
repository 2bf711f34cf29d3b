import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { OneAtATime } from './one-at-a-time.js';
import { PasswordFailures } from './password-failures.js';
import { Passwords } from './passwords.js';
import { type SignInFault, SignInTrail } from './sign-in-trail.js';
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
    private readonly trail: SignInTrail,
  ) {}

  async signIn(username: string, password: string): Promise<Tokens & { isPasswordExpired: boolean }> {
    const name = username.toLowerCase();
    return this.attempts.run(name, async () => {
      const candidate = await this.find(name);
      const isRight = await this.passwords.verify(candidate?.passwordHash, password);
      const fault = faultOf(candidate, isRight);
      if (candidate === undefined || fault !== null) {
        await this.transactions.run((tx) =>
          this.countFailure(tx, name, candidate?.id ?? null, fault ?? 'unknown'),
        );
        throw new Refusal(401, 'CREDENTIALS_INVALID');
      }
      return this.transactions.run(async (tx) => {
        await this.failures.forget(tx, candidate.id);
        const tokens = await this.sessions.open(tx, candidate.id);
        await this.trail.succeeded(tx, candidate.id);
        return { ...tokens, isPasswordExpired: candidate.isPasswordExpired };
      });
    });
  }

  private async countFailure(
    tx: Transaction,
    name: string,
    accountId: string | null,
    fault: SignInFault,
  ): Promise<void> {
    const isLockedNow =
      accountId !== null && fault === 'password' && (await this.failures.count(tx, accountId));
    await this.trail.failed(tx, name, accountId, fault);
    if (isLockedNow) await this.trail.locked(tx, accountId);
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

function faultOf(candidate: Candidate | undefined, isRight: boolean): SignInFault | null {
  if (candidate === undefined) return 'unknown';
  if (!candidate.isActive) return 'inactive';
  if (candidate.isLocked) return 'locked';
  return isRight ? null : 'password';
}
