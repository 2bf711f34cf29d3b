import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { OfficeTime } from '../../calendar/office-time.js';
import { piecesOf } from './pieces.js';

const office = new OfficeTime('Asia/Shanghai');
const at = (on: string): number => office.at(on, '00:00').getTime();

describe('pieces', () => {
  it('of a quarter and a week are a month, months and days', () => {
    expect(piecesOf([at('2021-09-27'), at('2021-12-06')], office)).toEqual([
      { window: 0, grain: 'month', from: -Infinity, until: at('2021-09-01') },
      { window: 0, grain: 'day', from: at('2021-09-01'), until: at('2021-09-27') },
      { window: 1, grain: 'day', from: at('2021-09-27'), until: at('2021-10-01') },
      { window: 1, grain: 'month', from: at('2021-10-01'), until: at('2021-12-01') },
      { window: 1, grain: 'day', from: at('2021-12-01'), until: at('2021-12-06') },
    ]);
  });

  it('cover each window without a gap and without an overlap, months whole', () => {
    const instant = fc.integer({ min: at('2020-01-01'), max: at('2023-01-01') });
    fc.assert(
      fc.property(fc.array(instant, { minLength: 1, maxLength: 4 }), (some) => {
        const moments = some.toSorted((one, other) => one - other);
        const pieces = piecesOf(moments, office);
        let reached = -Infinity;
        for (const { from, until, grain, window } of pieces) {
          expect(from).toBe(reached);
          expect(until).toBeGreaterThan(from);
          expect(until).toBeLessThanOrEqual(moments[window] ?? 0);
          if (grain === 'month')
            for (const end of [from, until])
              expect(end === -Infinity || office.dateOf(new Date(end)).endsWith('-01')).toBe(true);
          reached = until;
        }
        expect(reached).toBe(moments.at(-1));
      }),
    );
  });
});
