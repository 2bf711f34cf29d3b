import { describe, expect, it } from '@jest/globals';
import { OfficeTime } from './office-time.js';

const office = new OfficeTime('Asia/Shanghai');

describe('OfficeTime', () => {
  it('knows the office’s date on both sides of its midnight', () => {
    expect(office.dateOf(new Date('2026-02-13T15:59:59.999Z'))).toBe('2026-02-13');
    expect(office.dateOf(new Date('2026-02-13T16:00:00Z'))).toBe('2026-02-14');
  });

  it('finds the instant of a time of day', () => {
    expect(office.at('2026-02-14', '18:00')).toEqual(new Date('2026-02-14T10:00:00Z'));
    expect(office.at('2026-02-14', '00:00')).toEqual(new Date('2026-02-13T16:00:00Z'));
  });

  it('follows the clocks of another zone', () => {
    const paris = new OfficeTime('Europe/Paris');
    expect(paris.at('2026-01-15', '18:00')).toEqual(new Date('2026-01-15T17:00:00Z'));
    expect(paris.at('2026-07-15', '18:00')).toEqual(new Date('2026-07-15T16:00:00Z'));
  });

  it('refuses what is no zone, date or time', () => {
    expect(() => new OfficeTime('Asia/Ankang')).toThrow(RangeError);
    expect(() => office.at('2026-02-30', '18:00')).toThrow(RangeError);
    expect(() => office.at('2026-02-14', '25:00')).toThrow(RangeError);
    expect(() => office.dateOf(new Date(NaN))).toThrow(RangeError);
  });
});
