import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parse, stringify } from 'uuid';
import { AppConfig } from '../../platform/config/app-config.js';

const LINK_DAYS = 14;
const DAY_MS = 86_400_000;
const ID_BYTES = 16;
/** Seconds since 1970. */
const EXPIRY_BYTES = 4;
const CONTENT_BYTES = 2 * ID_BYTES + EXPIRY_BYTES;
const MAC_BYTES = 16;

/** The message that a link came in, and to whom. */
export interface LinkedMessage {
  messageId: string;
  officialId: string;
}

/**
 * Links in reminder mails, by which whoever got the mail says that it was seen: no sign-in, nothing else opens by them.
 * Message id, official id, expiry, MAC; base64url.
 */
@Injectable()
export class AcknowledgeLinks {
  private readonly key: Buffer;
  private readonly base: string;

  constructor({ tokenSecret, publicUrl }: AppConfig) {
    this.key = Buffer.from(hkdfSync('sha256', tokenSecret, '', 'shukun reminder link', 32));
    this.base = `${publicUrl}${publicUrl.endsWith('/') ? '' : '/'}r/`;
  }

  urlFor({ id, recipientId }: { id: string; recipientId: string }, now: Date): string {
    const content = Buffer.concat([parse(id), parse(recipientId), Buffer.alloc(EXPIRY_BYTES)]);
    const expiresAt = now.getTime() + LINK_DAYS * DAY_MS;
    content.writeUInt32BE(Math.floor(expiresAt / 1_000), 2 * ID_BYTES);
    return this.base + Buffer.concat([content, this.mac(content)]).toString('base64url');
  }

  /** @returns `undefined` for whatever was not made here; `expired` for what was, too long ago. */
  open(token: string, now: Date): LinkedMessage | 'expired' | undefined {
    const bytes = Buffer.from(token, 'base64url');
    // Base64 has several spellings of the same bytes; only the one we wrote is taken.
    if (bytes.length !== CONTENT_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) return undefined;
    const content = bytes.subarray(0, CONTENT_BYTES);
    if (!timingSafeEqual(bytes.subarray(CONTENT_BYTES), this.mac(content))) return undefined;
    if (content.readUInt32BE(2 * ID_BYTES) * 1_000 <= now.getTime()) return 'expired';
    return {
      messageId: stringify(content.subarray(0, ID_BYTES)),
      officialId: stringify(content.subarray(ID_BYTES, 2 * ID_BYTES)),
    };
  }

  private mac(content: Buffer): Buffer {
    return createHmac('sha256', this.key).update(content).digest().subarray(0, MAC_BYTES);
  }
}
