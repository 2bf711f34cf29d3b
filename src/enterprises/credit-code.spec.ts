import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isCreditCode, normalizeCreditCode } from './credit-code.js';

const fixture = new URL('../../test/fixtures/vectors.json', import.meta.url);
const vectors: { creditCodes: { code: string; valid: boolean; why?: string }[] } = JSON.parse(
  readFileSync(fixture, 'utf8'),
);

describe('isCreditCode', () => {
  it.each(vectors.creditCodes)('$code: $valid $why', ({ code, valid }) => {
    expect(isCreditCode(code)).toBe(valid);
  });

  it.each([
    '',
    '91350100M000100Y4',
    '91350100M000100Y433',
    '91350100m000100y43',
    ' 91350100M000100Y43',
    '91350100M000100Y43\n',
  ])('refuses %p', (code) => {
    expect(isCreditCode(code)).toBe(false);
  });

  it('finds every single wrong character', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 17 }),
        fc.constantFrom(...alphabet.split('')),
        (place, character) => {
          const code = '91350100M000100Y43';
          const changed = code.slice(0, place) + character + code.slice(place + 1);
          expect(isCreditCode(changed)).toBe(changed === code);
        },
      ),
    );
  });
});

describe('normalizeCreditCode', () => {
  it.each([
    ['９１３５０１００ｍ０００１００ｙ４３', '91350100M000100Y43'],
    [' 9135 0100 m000\u00a0100y\u300043\t', '91350100M000100Y43'],
    ['9361O925MA70LG0160', '9361O925MA70LG0160'],
    ['', ''],
  ])('%p → %p', (text, code) => {
    expect(normalizeCreditCode(text)).toBe(code);
  });
});
