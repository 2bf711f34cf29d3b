import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/reader.js';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import type { TokenClaims } from './access-tokens.js';
import { OneAtATime } from './one-at-a-time.js';
import { PasswordFailures } from './password-failures.js';
import { Passwords } from './passwords.js';
import type { Role } from './role.js';
import { byAccount, SecurityTrail } from './security-trail.js';
import { Sessions } from './sessions.service.js';

/** What was wrong of what an account gave to prove itself. */
type WrongProof = 'PASSWORD_WRONG' | 'SECOND_FACTOR_WRONG';

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
    private readonly trail: SecurityTrail,
  ) {}

  /** Runs what needs a proof of the account, one after another. */
  async inTurn<Result>(
    { accountId, sessionId }: SignedIn,
    work: (own: OwnSecrets) => Promise<Result>,
  ): Promise<Result> {
    return this.attempts.run(accountId, async () => {
      const [own] = await this.reader.query<OwnSecrets>(
        `SELECT username, role, password_hash AS "passwordHash", totp_secret AS "totpSecret",
                totp_pending_secret AS "totpPendingSecret"
           FROM accounts a
          WHERE id = $1 AND EXISTS (SELECT 1 FROM sessions WHERE id = $2 AND account_id = a.id AND revoked_at IS NULL)`,
        [accountId, sessionId],
      );
      // Whoever was let in before the last wrong guess ended the session does not guess once more.
      if (own === undefined) throw new Refusal(401, 'SESSION_ENDED');
      return work(own);
    });
  }

  /** @throws Refusal 400 PASSWORD_WRONG, counted */
  async requirePassword(who: SignedIn, own: OwnSecrets, password: string, field: string): Promise<void> {
    if (await this.passwords.verify(own.passwordHash, password)) return;
    throw await this.failed(who, 'PASSWORD_WRONG', field);
  }

  /** Counts a wrong proof; the last of five ends the session. */
  async failed({ accountId, sessionId }: SignedIn, code: WrongProof, field: string): Promise<Refusal> {
    await this.transactions.run(async (tx) => {
      const isLocked = await this.failures.count(tx, accountId);
      if (isLocked) await this.sessions.end(tx, sessionId);
      const subject = { kind: 'account', id: accountId };
      const type = code === 'PASSWORD_WRONG' ? 'password_change_failed' : 'second_factor_failed';
      await this.trail.record(tx, { type, actor: byAccount(accountId), subject, payload: { isLocked } });
    });
    return new Refusal(400, code, {}, [{ pointer: `/${field}`, code }]);
  }
}
