import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { PersonalData } from './personal-data.js';
import type { SealedColumn } from './sealed-column.js';
import { SEALED_FORM } from './sealed-column.js';
import { readSealingKeys } from './sealing-key.js';
import { SEALING_SCHEMES, SealBroken, type SealingScheme } from './sealing-schemes.js';

// What does not open is told in the log, and is meant not to open here.
Logger.overrideLogger(false);

const OLD = `old:${'01'.repeat(32)}`;
const NEW = `new:${Buffer.alloc(32, 2).toString('base64')}`;
const COLUMN: SealedColumn = { table: 'people', sealed: 'number', searchKey: 'number_key', check: 'sealed' };
const OTHER: SealedColumn = { ...COLUMN, table: 'others' };
const [ROW, ANOTHER] = ['0193a1b2-0000-7000-8000-000000000001', '0193a1b2-0000-7000-8000-000000000002'];
const NUMBER = '19912340001';

const personalData = (keys: string, personalDataScheme: SealingScheme = 'aes-256-gcm'): PersonalData =>
  new PersonalData({ personalDataKeys: readSealingKeys(keys) ?? [], personalDataScheme });

const changedAt = (text: string, at: number): string => {
  const bytes = Buffer.from(text, 'base64url');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64url');
};

describe.each(SEALING_SCHEMES)('what is sealed with %s', (scheme) => {
  const data = personalData(NEW, scheme);

  it('opens in its own row, and says its scheme and key and nothing else', () => {
    const sealed = data.sealed(NUMBER, COLUMN, ROW);
    expect(sealed).toMatch(new RegExp(SEALED_FORM));
    expect(sealed.split(':').slice(0, 2)).toEqual([scheme, 'new']);
    expect(data.open(sealed, COLUMN, ROW)).toBe(NUMBER);
    expect(Buffer.from(sealed.split(':')[2] ?? '', 'base64url').toString('latin1')).not.toContain(NUMBER);
  });

  it('is never the same twice, so that equal numbers do not show', () => {
    const all = Array.from({ length: 100 }, () => data.sealed(NUMBER, COLUMN, ROW));
    expect(new Set(all).size).toBe(100);
  });

  it('does not open in another row, another column, under another name of its key, or changed anywhere', () => {
    const sealed = data.sealed(NUMBER, COLUMN, ROW);
    const [, , text = ''] = sealed.split(':');
    expect(() => data.open(sealed, COLUMN, ANOTHER)).toThrow(SealBroken);
    expect(() => data.open(sealed, OTHER, ROW)).toThrow(SealBroken);
    const renamed = personalData(NEW.replace('new:', 'old:'), scheme);
    expect(() => renamed.open(`${scheme}:old:${text}`, COLUMN, ROW)).toThrow(SealBroken);
    for (let at = 0; at < Buffer.from(text, 'base64url').length; at += 1)
      expect(() => data.open(`${scheme}:new:${changedAt(text, at)}`, COLUMN, ROW)).toThrow(SealBroken);
    for (const cut of ['A', text.slice(0, 20), text.slice(0, -4)])
      expect(() => data.open(`${scheme}:new:${cut}`, COLUMN, ROW)).toThrow(SealBroken);
  });

  it('is opened by a key that is no longer the first, and found by its hash', () => {
    const before = personalData(OLD, scheme);
    const after = personalData(`${NEW},${OLD}`);
    expect(after.open(before.sealed(NUMBER, COLUMN, ROW), COLUMN, ROW)).toBe(NUMBER);
    expect(after.searchKeys(NUMBER, COLUMN)).toContainEqual(before.searchKey(NUMBER, COLUMN));
    expect(after.searchKeys(NUMBER, COLUMN)).toContainEqual(after.searchKey(NUMBER, COLUMN));
    expect(after.searchKeys('19912340002', COLUMN)).not.toContainEqual(before.searchKey(NUMBER, COLUMN));
    expect(data.open(data.sealed('', COLUMN, ROW), COLUMN, ROW)).toBe('');
  });

  it('has a hash that links no two columns, and is no hash that needs no key', () => {
    expect(data.searchKey(NUMBER, COLUMN)).toEqual(data.searchKey(NUMBER, COLUMN));
    expect(data.searchKey(NUMBER, COLUMN)).not.toEqual(data.searchKey(NUMBER, OTHER));
    expect(data.searchKey(NUMBER, COLUMN)).not.toEqual(personalData(OLD, scheme).searchKey(NUMBER, COLUMN));
  });
});

describe('personal data', () => {
  it('without its key, or not sealed at all, does not open and says why in the log alone', () => {
    const sealed = personalData(OLD).sealed(NUMBER, COLUMN, ROW);
    const data = personalData(NEW);
    expect(() => data.open(sealed, COLUMN, ROW)).toThrow('no key for aes-256-gcm:old');
    expect(() => data.open(NUMBER, COLUMN, ROW)).toThrow('it is not sealed');
    expect(data.openOrTell(sealed, COLUMN, ROW)).toBeNull();
    expect(() => data.openOrRefuse(sealed, COLUMN, ROW)).toThrow('PERSONAL_DATA_UNREADABLE');
    expect(data.openOrRefuse(null, COLUMN, ROW)).toBeNull();
  });

  it('names in the log the row and what is wrong with it, and neither number nor seal', () => {
    const lines: unknown[] = [];
    const keep = (...line: unknown[]): void => void lines.push(line);
    Logger.overrideLogger({ log: keep, warn: keep, error: keep });
    try {
      const sealed = personalData(NEW).sealed(NUMBER, COLUMN, ANOTHER);
      expect(personalData(NEW).openOrTell(sealed, COLUMN, ROW)).toBeNull();
      expect(personalData(NEW).openOrTell(NUMBER, COLUMN, ROW)).toBeNull();
      const said = JSON.stringify(lines);
      expect(said).toContain(ROW);
      expect(said).toContain('the tag does not fit');
      expect(said).not.toContain(NUMBER);
      expect(said).not.toContain(sealed.split(':')[2]);
    } finally {
      Logger.overrideLogger(false);
    }
  });

  it('needs a key', () => {
    expect(() => personalData('')).toThrow('there is no key');
  });

  it.each([
    ['k:short', null],
    [`:${'0a'.repeat(32)}`, null],
    [`a b:${'0a'.repeat(32)}`, null],
    [`${OLD},${OLD}`, null],
    [`${OLD},`, null],
    [`k:${'0a'.repeat(31)}`, null],
    [`${OLD}, ${NEW}`, ['old', 'new']],
    [`k:${Buffer.alloc(32, 255).toString('base64url')}`, ['k']],
  ])('keys written %s are read as %p', (text, ids) => {
    const keys = readSealingKeys(text);
    expect(keys?.map(({ id }) => id) ?? null).toEqual(ids);
    expect(keys?.every(({ secret }) => secret.length === 32) ?? true).toBe(true);
  });
});

describe('the national algorithms of this runtime', () => {
  it('are those of the standards: GB/T 32907 (SM4) and GB/T 32905 (SM3), and HMAC over it', () => {
    const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
    // In counter mode, the first block of zeros shows the block cipher's own answer to the counter.
    const cipher = createCipheriv('sm4-ctr', key, key);
    expect(cipher.update(Buffer.alloc(16)).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
    expect(createHash('sm3').update('abc').digest('hex')).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
    // Written out by its definition, RFC 2104: SM3 has blocks of 64 bytes.
    const padded = Buffer.concat([key, Buffer.alloc(48)]);
    const with0 = (pad: number): Buffer => padded.map((byte) => byte ^ pad) as Buffer;
    const inner = createHash('sm3').update(with0(0x36)).update('abc').digest();
    expect(createHmac('sm3', key).update('abc').digest()).toEqual(
      createHash('sm3').update(with0(0x5c)).update(inner).digest(),
    );
  });
});
