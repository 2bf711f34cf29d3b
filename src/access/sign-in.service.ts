import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { OneAtATime } from './one-at-a-time.js';
import { PasswordFailures } from './password-failures.js';
import { Passwords } from './passwords.js';
import type { Role } from './role.js';
import { SecondFactor } from './second-factor/second-factor.service.js';
import { SecondFactorPolicy } from './second-factor/second-factor-policy.js';
import { type SignInFault, SignInTrail } from './sign-in-trail.js';
import { Sessions, type Tokens } from './sessions.service.js';

export interface Credentials {
  username: string;
  password: string;
  /** Of the second factor. */
  code?: string;
}

export interface SignedInTokens extends Tokens {
  isPasswordExpired: boolean;
  isSecondFactorMissing: boolean;
}

/** How an attempt to sign in ends. */
type Outcome =
  | { kind: 'signed_in'; answer: SignedInTokens }
  /** The password was right, a code was not given: no success, and no failure that is counted. */
  | { kind: 'second_factor_required' }
  /** A wrong password or code, counted. */
  | { kind: 'failed'; isPasswordRight: boolean }
  /** Nobody's user name, or an account that is off or locked, whatever the password. */
  | { kind: 'closed' };

interface Candidate {
  id: string;
  role: Role | null;
  passwordHash: string;
  totpSecret: Buffer | null;
  isActive: boolean;
  isLocked: boolean;
  isPasswordExpired: boolean;
}

/**
 * Sign-in by user name and password, and a code where the account has a second factor. Until the password is right
 * every failure reads the same: it tells nobody which accounts exist or are locked.
 */
@Injectable()
export class SignIn {
  private readonly attempts = new OneAtATime();

  constructor(
    private readonly reader: Reader,
    private readonly transactions: Transactions,
    private readonly passwords: Passwords,
    private readonly failures: PasswordFailures,
    private readonly secondFactor: SecondFactor,
    private readonly policy: SecondFactorPolicy,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    private readonly trail: SignInTrail,
  ) {}

  async signIn(credentials: Credentials): Promise<SignedInTokens> {
    const username = credentials.username.toLowerCase();
    const outcome = await this.attempts.run(username, () => this.attempt({ ...credentials, username }));
    if (outcome.kind === 'signed_in') return outcome.answer;
    if (outcome.kind === 'second_factor_required') throw new Refusal(401, 'SECOND_FACTOR_REQUIRED');
    if (outcome.kind === 'failed' && outcome.isPasswordRight) throw new Refusal(401, 'SECOND_FACTOR_WRONG');
    throw new Refusal(401, 'CREDENTIALS_INVALID');
  }

  private async attempt({ username, password, code }: Credentials): Promise<Outcome> {
    const candidate = await this.find(username);
    const isPasswordRight = await this.passwords.verify(candidate?.passwordHash, password);
    if (candidate === undefined || !candidate.isActive || candidate.isLocked)
      return this.transactions.run((tx) => this.closed(tx, username, candidate));
    const { id: accountId, totpSecret } = candidate;
    if (isPasswordRight && totpSecret !== null && code === undefined) {
      // Somebody has the password, whoever it is.
      await this.transactions.run((tx) => this.trail.failed(tx, username, accountId, 'code_missing'));
      return { kind: 'second_factor_required' };
    }
    return this.transactions.run(async (tx) => {
      const isRight = isPasswordRight && (await this.isCodeRight(tx, candidate, code));
      if (!isRight) {
        const isLocked = await this.failures.count(tx, accountId);
        await this.trail.failed(tx, username, accountId, isPasswordRight ? 'code' : 'password');
        if (isLocked) await this.trail.locked(tx, accountId);
        return { kind: 'failed', isPasswordRight };
      }
      if (!(await this.isAsItWas(tx, candidate))) return this.closed(tx, username, candidate);
      const tokens = await this.sessions.open(tx, accountId);
      await this.trail.succeeded(tx, accountId);
      const isSecondFactorMissing = totpSecret === null && this.policy.isDemandedOf(candidate.role);
      const { isPasswordExpired } = candidate;
      return {
        kind: 'signed_in',
        answer: { ...tokens, isPasswordExpired, isSecondFactorMissing },
      };
    });
  }

  private async closed(
    tx: Transaction,
    username: string,
    candidate: Candidate | undefined,
  ): Promise<Outcome> {
    await this.trail.failed(tx, username, candidate?.id ?? null, closedBy(candidate));
    return { kind: 'closed' };
  }

  private async isCodeRight(
    tx: Transaction,
    { id, totpSecret }: Candidate,
    code: string | undefined,
  ): Promise<boolean> {
    if (totpSecret === null) return true;
    return code !== undefined && this.secondFactor.take(tx, id, totpSecret, code);
  }

  /**
   * Forgets the failures, unless the account was locked, turned off or given another password or second factor since
   * it was read: checking a password takes a while, and another process may be at it.
   */
  private async isAsItWas(tx: Transaction, { id, passwordHash, totpSecret }: Candidate): Promise<boolean> {
    const same = await tx.query(
      `UPDATE accounts SET failed_attempts = 0, locked_until = NULL
        WHERE id = $1 AND is_active AND password_hash = $2 AND totp_secret IS NOT DISTINCT FROM $3
          AND coalesce(locked_until <= $4, true)
       RETURNING 1`,
      [id, passwordHash, totpSecret, this.clock.now()],
    );
    return same.length === 1;
  }

  private async find(username: string): Promise<Candidate | undefined> {
    const [candidate] = await this.reader.query<Candidate>(
      `SELECT id, role, password_hash AS "passwordHash", totp_secret AS "totpSecret", is_active AS "isActive",
              is_password_expired AS "isPasswordExpired", coalesce(locked_until > $2, false) AS "isLocked"
         FROM accounts WHERE username = $1`,
      [username, this.clock.now()],
    );
    return candidate;
  }
}

/** Whoever is neither unknown nor off was locked, or became another while his password was being checked. */
function closedBy(candidate: Candidate | undefined): SignInFault {
  if (candidate === undefined) return 'unknown';
  return candidate.isActive ? 'locked' : 'inactive';
}
