import { createHmac, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { Sealer } from '../../seal/sealer.js';

/** Whose answer it is, and under which of his keys. */
export interface AnswerOwner {
  accountId: string;
  key: string;
}

/** Keeps stored answers unreadable, and stored requests unguessable, to who has the database alone. */
@Injectable()
export class AnswerSeal {
  private readonly sealer: Sealer;
  private readonly printKey: Buffer;

  constructor(config: AppConfig) {
    this.sealer = new Sealer(config, 'shukun stored answer');
    this.printKey = Buffer.from(hkdfSync('sha256', config.tokenSecret, '', 'shukun request fingerprint', 32));
  }

  /** Of a request, from what makes it the same one. */
  fingerprint(route: string, content: unknown): Buffer {
    return createHmac('sha256', this.printKey)
      .update(JSON.stringify([route, content ?? null]))
      .digest();
  }

  seal(text: string, owner: AnswerOwner): Buffer {
    return this.sealer.seal(text, contextOf(owner));
  }

  /** @throws Error when it was sealed for another owner or key, or with another TOKEN_SECRET, or was changed */
  open(bytes: Buffer, owner: AnswerOwner): string {
    return this.sealer.open(bytes, contextOf(owner)).toString('utf8');
  }
}

/** An id has no blank in it. */
const contextOf = ({ accountId, key }: AnswerOwner): string => `${accountId} ${key}`;
