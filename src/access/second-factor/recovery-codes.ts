import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transactions.js';
import { RecoveryCode } from './recovery-code.entity.js';

const COUNT = 10;
/** Crockford's Base32: no letter that is mistaken for a digit. Its 32 signs divide a byte evenly. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 130 bits of it: nothing but a plain hash keeps them. */
const LENGTH = 26;

/** Codes for the day on which the telephone is lost: each is good once. */
@Injectable()
export class RecoveryCodes {
  /**
   * Ten new ones in the place of all before, such as `k3vd-80qz-m1xt-7rhw-2c5n-ps9e-4b`; nothing keeps them but their
   * owner.
   */
  async renew(tx: Transaction, accountId: string): Promise<string[]> {
    const codes = Array.from({ length: COUNT }, randomCode);
    await this.forget(tx, accountId);
    await tx.manager.insert(
      RecoveryCode,
      codes.map((code) => ({ accountId, codeHash: hashOf(accountId, code) })),
    );
    return codes;
  }

  /** Takes one away. @returns whether it was one; of two who try the same at once, one is told so */
  async use(tx: Transaction, accountId: string, code: string): Promise<boolean> {
    const used = await tx.query(
      'DELETE FROM recovery_codes WHERE account_id = $1 AND code_hash = $2 RETURNING 1',
      [accountId, hashOf(accountId, code)],
    );
    return used.length === 1;
  }

  async forget(tx: Transaction, accountId: string): Promise<void> {
    await tx.query('DELETE FROM recovery_codes WHERE account_id = $1', [accountId]);
  }
}

function randomCode(): string {
  const signs = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return signs.replace(/(.{4})(?=.)/g, '$1-');
}

/** However it is written: capitals, without dashes, with blanks. */
function hashOf(accountId: string, code: string): Buffer {
  const plain = code.toLowerCase().replace(/[\s-]/g, '');
  return createHash('sha256').update(`${accountId} ${plain}`).digest();
}
