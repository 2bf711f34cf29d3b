import { describe, expect, it } from '@jest/globals';
import { DEFAULT_RUNGS, type DeadlineClass, type Ladder } from './ladder.js';
import { LaddersInForce } from './ladders-in-force.js';

const ladder = (version: number, appliesTo: DeadlineClass, rungs = DEFAULT_RUNGS): Ladder => ({
  version,
  appliesTo,
  rungs,
});
const inForce = (...versions: Ladder[]) => {
  const ladders = new LaddersInForce(versions);
  return (['simple', 'general', 'complex', null] as const).map((of) => ladders.of(of).version);
};

describe('LaddersInForce', () => {
  it('is the default for every class that has none of its own, and for clocks without a class', () => {
    expect(inForce(ladder(1, 'default'))).toEqual([1, 1, 1, 1]);
    expect(inForce(ladder(1, 'default'), ladder(2, 'simple'))).toEqual([2, 1, 1, 1]);
  });

  it('is the highest version, in whatever order they come', () => {
    const versions = [ladder(4, 'default'), ladder(1, 'default'), ladder(3, 'complex'), ladder(2, 'complex')];
    expect(inForce(...versions)).toEqual([4, 4, 3, 4]);
    expect(new LaddersInForce(versions).newest).toBe(4);
  });

  it('is the default again once the last version of a class has no rungs', () => {
    const taken = [ladder(1, 'default'), ladder(2, 'simple'), ladder(3, 'simple', [])];
    expect(inForce(...taken)).toEqual([1, 1, 1, 1]);
    expect(inForce(...taken, ladder(4, 'default'))).toEqual([4, 4, 4, 4]);
    expect(inForce(...taken, ladder(4, 'simple'))).toEqual([4, 1, 1, 1]);
  });

  it('is nothing where no default was seeded', () => {
    expect(() => new LaddersInForce([ladder(2, 'simple')])).toThrow('not seeded');
  });
});
