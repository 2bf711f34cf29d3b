import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../errors/refusal.js';
import { instantOf, INSTANT } from './instant.js';

describe('an instant', () => {
  it.each([
    ['2026-11-23T00:00:00+08:00', '2026-11-22T16:00:00.000Z'],
    ['2028-02-29T23:59:59.123456Z', '2028-02-29T23:59:59.123Z'],
  ])('%s is a moment', (text, moment) => {
    expect(text).toMatch(INSTANT);
    expect(instantOf(text, '?at').toISOString()).toBe(moment);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-11-31T00:00:00+08:00',
    '2027-02-29T12:00:00Z',
    '2026-13-40T00:00:00Z',
  ])('%s is on no day', (text) => {
    const refused = new Refusal(400, 'VALIDATION_FAILED', { count: 1 }, [
      { pointer: '?at', code: 'FIELD_IS_DATE_STRING' },
    ]);
    expect(text).toMatch(INSTANT);
    expect(() => instantOf(text, '?at')).toThrow(refused);
  });

  it.each(['2026-11-23T24:00:00Z', '2026-11-23T00:00:00', '2026-11-23T00:00Z', '2026-11-23T00:00:00+24:00'])(
    '%s is not of the form',
    (text) => expect(text).not.toMatch(INSTANT),
  );
});
