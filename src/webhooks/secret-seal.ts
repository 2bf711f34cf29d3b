import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../platform/config/app-config.js';
import { Sealer } from '../platform/seal/sealer.js';

/** Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

/** As a portal is given it, once. */
export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** Keeps secrets unreadable to who has the database alone. Each opens in the row that it was sealed for, and no other. */
@Injectable()
export class SecretSeal {
  private readonly sealer: Sealer;

  constructor(config: AppConfig) {
    this.sealer = new Sealer(config, 'shukun webhook secret');
  }

  seal(secret: string, webhookId: string): Buffer {
    return this.sealer.seal(secret, webhookId);
  }

  /** @throws Error when it was sealed for another webhook or with another TOKEN_SECRET, or was changed */
  open(bytes: Buffer, webhookId: string): string {
    try {
      return this.sealer.open(bytes, webhookId).toString('utf8');
    } catch (error) {
      throw new Error('SECRET_UNREADABLE', { cause: error });
    }
  }

  /** Not where TOKEN_SECRET is another one by now. */
  canOpen(bytes: Buffer, webhookId: string): boolean {
    return this.sealer.canOpen(bytes, webhookId);
  }
}
