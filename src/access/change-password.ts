import { Injectable } from '@nestjs/common';
import { Transactions } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import { OwnProof, type SignedIn } from './own-proof.js';
import { PasswordHistory } from './password-history.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.service.js';
import { isTooWeak } from './weak-passwords.js';

/** Changes one's own password; every other session of the account ends. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly proof: OwnProof,
    private readonly transactions: Transactions,
    private readonly passwords: Passwords,
    private readonly history: PasswordHistory,
    private readonly sessions: Sessions,
  ) {}

  async change(who: SignedIn, present: string, next: string): Promise<void> {
    await this.proof.inTurn(who, async (own) => {
      await this.proof.requirePassword(who, own, present, 'currentPassword');
      if (present === next) throw refused('PASSWORD_UNCHANGED');
      if (isTooWeak(next, own.username)) throw refused('PASSWORD_TOO_WEAK');
      if (await this.history.holds(who.accountId, next)) throw refused('PASSWORD_USED_BEFORE');
      const hash = await this.passwords.hash(next);
      await this.transactions.run(async (tx) => {
        await this.history.replace(tx, who.accountId, hash, false);
        await this.sessions.endAll(tx, who.accountId, who.sessionId);
      });
    });
  }
}

function refused(code: string): Refusal {
  return new Refusal(400, code, {}, [{ pointer: '/newPassword', code }]);
}
