import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parse, stringify } from 'uuid';
import { AppConfig } from '../platform/config/app-config.js';

const ID_BYTES = 16;
const RANDOM_BYTES = 32;
const MAC_BYTES = 16;

export interface RefreshToken {
  sessionId: string;
  /** What is kept of it. */
  hash: Buffer;
}

/**
 * Refresh tokens name their session and are signed: a signed token that is not the session's present one was used
 * before, and is no guess. Session id, random bytes, MAC; base64url.
 */
@Injectable()
export class RefreshTokens {
  private readonly key: Buffer;

  constructor(config: AppConfig) {
    this.key = Buffer.from(hkdfSync('sha256', config.tokenSecret, '', 'shukun refresh token', 32));
  }

  issue(sessionId: string): RefreshToken & { token: string } {
    const content = Buffer.concat([parse(sessionId), randomBytes(RANDOM_BYTES)]);
    const token = Buffer.concat([content, this.mac(content)]);
    return { token: token.toString('base64url'), sessionId, hash: sha256(token) };
  }

  /** `undefined` for whatever was not issued here. */
  read(text: string): RefreshToken | undefined {
    const token = Buffer.from(text, 'base64url');
    if (token.length !== ID_BYTES + RANDOM_BYTES + MAC_BYTES) return undefined;
    const content = token.subarray(0, ID_BYTES + RANDOM_BYTES);
    if (!timingSafeEqual(token.subarray(content.length), this.mac(content))) return undefined;
    return { sessionId: stringify(content.subarray(0, ID_BYTES)), hash: sha256(token) };
  }

  private mac(content: Buffer): Buffer {
    return createHmac('sha256', this.key).update(content).digest().subarray(0, MAC_BYTES);
  }
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
