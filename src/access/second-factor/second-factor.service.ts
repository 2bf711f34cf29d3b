import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { OwnProof, type OwnSecrets, type SignedIn } from '../own-proof.js';
import { Sessions } from '../sessions.service.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SecondFactorPolicy } from './second-factor-policy.js';
import { Totp } from './totp.js';

const TOTP_CODE = /^\d{6}$/;

/** Time-based codes as a second factor: enrolled, taken at sign-in, given up. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly transactions: Transactions,
    private readonly proof: OwnProof,
    private readonly totp: Totp,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly policy: SecondFactorPolicy,
    private readonly sessions: Sessions,
  ) {}

  /** Begins an enrolment, also of another telephone: that needs a code of the present one as well. */
  async start(
    who: SignedIn,
    password: string,
    code: string | undefined,
  ): Promise<{ secret: string; uri: string }> {
    return this.proof.inTurn(who, async (own) => {
      await this.proof.requirePassword(who, own, password, 'password');
      if (own.totpSecret !== null) await this.requireCode(who, own.totpSecret, code);
      const { secret, uri, sealed } = this.totp.make(who.accountId, own.username);
      await this.transactions.run((tx) =>
        tx.query('UPDATE accounts SET totp_pending_secret = $1 WHERE id = $2', [sealed, who.accountId]),
      );
      return { secret, uri };
    });
  }

  /** The first code shows that the app has the secret; every other session ends. @returns recovery codes */
  async confirm(who: SignedIn, code: string): Promise<string[]> {
    return this.proof.inTurn(who, async ({ totpPendingSecret: pending }) => {
      if (pending === null) throw new Refusal(409, 'SECOND_FACTOR_NOT_STARTED');
      const step = TOTP_CODE.test(code) ? this.totp.stepOf(who.accountId, pending, code) : undefined;
      if (step === undefined) throw await this.proof.failed(who, 'SECOND_FACTOR_WRONG', 'code');
      return this.transactions.run(async (tx) => {
        await tx.query(
          `UPDATE accounts SET totp_secret = $1, totp_pending_secret = NULL, totp_last_step = $2,
                  failed_attempts = 0, version = version + 1 WHERE id = $3`,
          [pending, step, who.accountId],
        );
        await this.sessions.endAll(tx, who.accountId, who.sessionId);
        return this.recoveryCodes.renew(tx, who.accountId);
      });
    });
  }

  /** @throws Refusal 403 SECOND_FACTOR_DEMANDED where the role may not be without one */
  async remove(who: SignedIn, password: string, code: string): Promise<void> {
    await this.proof.inTurn(who, async (own: OwnSecrets) => {
      if (this.policy.isDemandedOf(own.role)) throw new Refusal(403, 'SECOND_FACTOR_DEMANDED');
      if (own.totpSecret === null) throw new Refusal(409, 'SECOND_FACTOR_ABSENT');
      await this.proof.requirePassword(who, own, password, 'password');
      await this.requireCode(who, own.totpSecret, code);
      await this.transactions.run((tx) => this.clear(tx, who.accountId, who.sessionId));
    });
  }

  /** For an administrator, when the telephone is lost and the recovery codes with it; every session ends. */
  async reset(tx: Transaction, accountId: string): Promise<void> {
    await this.clear(tx, accountId, null);
  }

  /**
   * Whether the code is of the account, and takes it if so: a step of time is good once, a recovery code too.
   * @param secret the sealed one that was read; another enrolment meanwhile makes the code wrong
   */
  async take(tx: Transaction, accountId: string, secret: Buffer, code: string): Promise<boolean> {
    if (!TOTP_CODE.test(code)) return this.recoveryCodes.use(tx, accountId, code);
    const step = this.totp.stepOf(accountId, secret, code);
    if (step === undefined) return false;
    // Of two who bring the same code at once, the second finds the step taken.
    const taken = await tx.query(
      `UPDATE accounts SET totp_last_step = $1
        WHERE id = $2 AND totp_secret = $3 AND coalesce(totp_last_step < $1, true) RETURNING 1`,
      [step, accountId, secret],
    );
    return taken.length === 1;
  }

  private async requireCode(who: SignedIn, secret: Buffer, code: string | undefined): Promise<void> {
    if (code === undefined)
      throw new Refusal(400, 'SECOND_FACTOR_REQUIRED', {}, [{ pointer: '/code', code: 'FIELD_REQUIRED' }]);
    if (await this.transactions.run((tx) => this.take(tx, who.accountId, secret, code))) return;
    throw await this.proof.failed(who, 'SECOND_FACTOR_WRONG', 'code');
  }

  private async clear(tx: Transaction, accountId: string, exceptSession: string | null): Promise<void> {
    await tx.query(
      `UPDATE accounts SET totp_secret = NULL, totp_pending_secret = NULL, totp_last_step = NULL,
              failed_attempts = 0, version = version + 1 WHERE id = $1`,
      [accountId],
    );
    await this.recoveryCodes.forget(tx, accountId);
    await this.sessions.endAll(tx, accountId, exceptSession);
  }
}
