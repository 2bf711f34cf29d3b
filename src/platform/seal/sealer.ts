import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { AppConfig } from '../config/app-config.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keeps what is stored unreadable to who has the database alone. Each opens in the context that it was sealed for,
 * such as the id of its row, and in no other: one that is copied elsewhere stays closed.
 */
export class Sealer {
  private readonly key: Buffer;

  /** @param purpose gives a key of its own: what is sealed for one never opens for another. */
  constructor({ tokenSecret }: Pick<AppConfig, 'tokenSecret'>, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', tokenSecret, '', purpose, 32));
  }

  /** @returns nonce, tag and cipher text */
  seal(plain: Buffer | string, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(Buffer.from(plain)), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was sealed for another context or with another TOKEN_SECRET, or was changed */
  open(sealed: Buffer, context: string): Buffer {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, this.key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const plain = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([plain, decipher.final()]);
  }

  canOpen(sealed: Buffer, context: string): boolean {
    try {
      this.open(sealed, context);
      return true;
    } catch {
      return false;
    }
  }
}
