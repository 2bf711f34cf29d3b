import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/reader.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import type { TokenClaims } from './access-tokens.js';
import { OneAtATime } from './one-at-a-time.js';
import { PasswordFailures } from './password-failures.js';
import { Passwords } from './passwords.js';
import type { Role } from './role.js';
import { Sessions } from './sessions.service.js';

/** Who is signed in, where. */
export type SignedIn = TokenClaims;

/** What an account keeps secret, with its name. */
export interface OwnSecrets {
  username: string;
  role: Role | null;
  passwordHash: string;
  totpSecret: Buffer | null;
  totpPendingSecret: Buffer | null;
}

/**
 * Who is signed in proves once more to be the account's owner. What is wrong is counted as at sign-in, and the session
 * that gives the last of it ends: whoever finds it open cannot go on guessing.
 */
@Injectable()
export class OwnProof {
  private readonly attempts = new OneAtATime();

  constructor(
    private readonly reader: Reader,
    private readonly transactions: Transactions,
    private readonly passwords: Passwords,
    private readonly failures: PasswordFailures,
    private readonly sessions: Sessions,
  ) {}

  /** Runs what needs a proof of the account, one after another. */
  async inTurn<Result>({ accountId }: SignedIn, work: (own: OwnSecrets) => Promise<Result>): Promise<Result> {
    return this.attempts.run(accountId, async () => {
      const [own] = await this.reader.query<OwnSecrets>(
        `SELECT username, role, password_hash AS "passwordHash", totp_secret AS "totpSecret",
                totp_pending_secret AS "totpPendingSecret"
           FROM accounts WHERE id = $1`,
        [accountId],
      );
      if (own === undefined) throw new Refusal(401, 'SESSION_ENDED');
      return work(own);
    });
  }

  /** @throws Refusal 400 PASSWORD_WRONG, counted */
  async requirePassword(who: SignedIn, own: OwnSecrets, password: string, field: string): Promise<void> {
    if (await this.passwords.verify(own.passwordHash, password)) return;
    throw await this.failed(who, 'PASSWORD_WRONG', field);
  }

  /**
   * Counts a wrong proof. Apart from the transaction of a request with an `Idempotency-Key`: that one is rolled back
   * with the refusal, and the guess would have been free.
   */
  async failed({ accountId, sessionId }: SignedIn, code: string, field: string): Promise<Refusal> {
    await this.reader.apart(() =>
      this.transactions.run(async (tx) => {
        if (await this.failures.count(tx, accountId)) await this.sessions.end(tx, sessionId);
      }),
    );
    return new Refusal(400, code, {}, [{ pointer: `/${field}`, code }]);
  }
}
