import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { boundsOf, byStage, isForward, PROJECT_STAGES, skippedBetween } from './project-stages.js';

describe('stages of a project', () => {
  it.each([
    [null, 'signed', true, []],
    [null, 'completed', true, ['signed', 'under_construction']],
    ['signed', 'under_construction', true, []],
    ['signed', 'in_production', true, ['under_construction', 'completed']],
    ['completed', 'completed', false, []],
    ['in_production', 'signed', false, []],
  ] as const)('from %s to %s: forward is %s, passing over %j', (from, to, forward, skipped) => {
    expect(isForward(from, to)).toBe(forward);
    expect(skippedBetween(from, to)).toEqual(skipped);
  });

  it('lie between the days of their neighbours', () => {
    const signed = { stage: 'signed', reachedOn: '2020-03-01' } as const;
    const completed = { stage: 'completed', reachedOn: '2021-09-30' } as const;
    expect(boundsOf('under_construction', [completed, signed])).toEqual({
      earliestOn: '2020-03-01',
      latestOn: '2021-09-30',
    });
    expect(boundsOf('in_production', [signed, completed])).toEqual({
      earliestOn: '2021-09-30',
      latestOn: null,
    });
    expect(boundsOf('completed', [completed])).toEqual({ earliestOn: null, latestOn: null });
  });

  it('whatever stands, a day within the bounds keeps all days in the order of the stages', () => {
    const day = fc.integer({ min: 10, max: 28 }).map((date) => `2021-10-${date}`);
    const standing = fc
      .tuple(fc.subarray([...PROJECT_STAGES]), fc.array(day, { minLength: 4, maxLength: 4 }))
      .map(([stages, days]) =>
        days
          .toSorted((one, other) => (one < other ? -1 : 1))
          .flatMap((reachedOn, place) =>
            stages[place] === undefined ? [] : [{ stage: stages[place], reachedOn }],
          ),
      );
    fc.assert(
      fc.property(standing, fc.constantFrom(...PROJECT_STAGES), day, (known, stage, reachedOn) => {
        const { earliestOn, latestOn } = boundsOf(stage, known);
        fc.pre(reachedOn >= (earliestOn ?? '') && reachedOn <= (latestOn ?? '9999'));
        const all = [...known.filter((one) => one.stage !== stage), { stage, reachedOn }].toSorted(byStage);
        const days = all.map((one) => one.reachedOn);
        expect(days).toEqual(days.toSorted((one, other) => (one < other ? -1 : 1)));
      }),
    );
  });
});
