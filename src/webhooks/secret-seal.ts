import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../platform/config/app-config.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

/** As a portal is given it, once. */
export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** Keeps secrets unreadable to who has the database alone. Each opens in the row that it was sealed for, and no other. */
@Injectable()
export class SecretSeal {
  private readonly key: Buffer;

  constructor({ tokenSecret }: AppConfig) {
    this.key = Buffer.from(hkdfSync('sha256', tokenSecret, '', 'shukun webhook secret', 32));
  }

  seal(secret: string, webhookId: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(webhookId));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was sealed for another webhook or with another TOKEN_SECRET, or was changed */
  open(bytes: Buffer, webhookId: string): string {
    try {
      return this.opened(bytes, webhookId);
    } catch (error) {
      throw new Error('SECRET_UNREADABLE', { cause: error });
    }
  }

  /** Not where TOKEN_SECRET is another one by now. */
  canOpen(bytes: Buffer, webhookId: string): boolean {
    try {
      this.opened(bytes, webhookId);
      return true;
    } catch {
      return false;
    }
  }

  private opened(bytes: Buffer, webhookId: string): string {
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, this.key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(webhookId));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const secret = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([secret, decipher.final()]).toString('utf8');
  }
}
