import { describe, expect, it } from '@jest/globals';
import { assert, property, string, uint8Array } from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { AppConfig } from '../../platform/config/app-config.js';
import { AcknowledgeLinks } from './acknowledge-links.js';

const config = (tokenSecret: string, publicUrl = 'https://shukun.example'): AppConfig =>
  Object.assign(new AppConfig(), { tokenSecret, publicUrl });
const links = new AcknowledgeLinks(config('a secret of thirty-two characters'));
const NOW = new Date('2021-11-02T01:00:00Z');
const EXPIRES_AT = new Date('2021-11-16T01:00:00Z');
const message = { id: uuidv7(), recipientId: uuidv7() };
const tokenOf = (url: string): string => url.split('/').at(-1) ?? '';

describe('AcknowledgeLinks', () => {
  it('opens what it made, for a fortnight', () => {
    const token = tokenOf(links.urlFor(message, NOW));
    expect(token).toMatch(/^[\w-]{70}$/);
    const linked = { messageId: message.id, officialId: message.recipientId };
    expect(links.open(token, NOW)).toEqual(linked);
    expect(links.open(token, new Date(EXPIRES_AT.getTime() - 1))).toEqual(linked);
    expect(links.open(token, EXPIRES_AT)).toBe('expired');
  });

  it('lies where people reach the product, also under a path', () => {
    const under = (publicUrl: string): string =>
      new AcknowledgeLinks(config('a secret of thirty-two characters', publicUrl)).urlFor(message, NOW);
    const token = tokenOf(under('https://shukun.example'));
    expect(under('https://shukun.example')).toBe(`https://shukun.example/r/${token}`);
    expect(under('https://portal.example/shukun/')).toBe(`https://portal.example/shukun/r/${token}`);
  });

  it('opens nothing that another secret made, and nothing that was changed by a bit', () => {
    const other = new AcknowledgeLinks(config('another secret, as long as the first'));
    expect(links.open(tokenOf(other.urlFor(message, NOW)), NOW)).toBeUndefined();
    const bytes = Buffer.from(tokenOf(links.urlFor(message, NOW)), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(links.open(changed.toString('base64url'), NOW)).toBeUndefined();
    }
  });

  it('opens no text that somebody thinks up', () => {
    assert(property(string(), (text) => links.open(text, NOW) === undefined));
    const right = uint8Array({ minLength: 52, maxLength: 52 });
    assert(
      property(right, (bytes) => links.open(Buffer.from(bytes).toString('base64url'), NOW) === undefined),
    );
  });
});
