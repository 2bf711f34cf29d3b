import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Pace } from './pace.js';

describe('a pace', () => {
  it('of nought is none', () => {
    const pace = new Pace(0);
    pace.spend(1_000, 0);
    expect(pace.room(40, 0)).toBe(40);
    expect(pace.pause(0)).toBe(0);
  });

  it('gives what is left of the last second', () => {
    const pace = new Pace(10);
    expect(pace.room(40, 0)).toBe(10);
    pace.spend(4, 0);
    pace.spend(6, 300);
    expect(pace.room(40, 300)).toBe(0);
    expect(pace.pause(300)).toBe(700);
    expect(pace.room(40, 999)).toBe(0);
    expect(pace.room(40, 1_000)).toBe(4);
    expect(pace.room(40, 1_300)).toBe(10);
  });

  it('lets no more through in any second, and always more after its pause', () => {
    const asked = fc.array(fc.tuple(fc.nat(700), fc.integer({ min: 1, max: 40 })), { maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), asked, (perSecond, requests) => {
        const pace = new Pace(perSecond);
        const gone: number[] = [];
        let at = 0;
        for (const [later, wanted] of requests) {
          at += later;
          if (pace.room(wanted, at) === 0) at += pace.pause(at);
          const count = pace.room(wanted, at);
          expect(count).toBeGreaterThan(0);
          pace.spend(count, at);
          gone.push(...Array.from({ length: count }, () => at));
        }
        for (const from of gone)
          expect(gone.filter((one) => one >= from && one < from + 1_000).length).toBeLessThanOrEqual(
            perSecond,
          );
      }),
    );
  });
});
