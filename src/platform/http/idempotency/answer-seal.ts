import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps stored answers unreadable, and stored requests unguessable, to who has the database alone. */
@Injectable()
export class AnswerSeal {
  private readonly sealKey: Buffer;
  private readonly printKey: Buffer;

  constructor({ tokenSecret }: AppConfig) {
    const derived = (use: string): Buffer => Buffer.from(hkdfSync('sha256', tokenSecret, '', use, 32));
    this.sealKey = derived('shukun stored answer');
    this.printKey = derived('shukun request fingerprint');
  }

  /** Of a request, from what makes it the same one. */
  fingerprint(route: string, content: unknown): Buffer {
    return createHmac('sha256', this.printKey)
      .update(JSON.stringify([route, content ?? null]))
      .digest();
  }

  seal(text: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.sealKey, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was not sealed with this installation's secret, or was changed */
  open(bytes: Buffer): string {
    const decipher = createDecipheriv(CIPHER, this.sealKey, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  }
}
