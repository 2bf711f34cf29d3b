import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { MilestoneTurn } from '../rules/milestones.js';
import { PRODUCTION_MILESTONES } from '../rules/statuses.js';
import { pendingTurns, type RecordedTurn } from './pending-turns.js';

/** `capacity_restored reached 2021-11`, with the first milestone where none is named. */
const turn = (text: string): MilestoneTurn => {
  const [how = '', month = ''] = text.split(' ');
  return { milestone: 'resumed', turn: how === 'lost' ? 'lost' : 'reached', month, facts: { month } };
};
const told = (recorded: string[], turns: string[]): string[] =>
  pendingTurns(recorded.map(turn), turns.map(turn)).map((pending) => `${pending.turn} ${pending.month}`);

describe('pendingTurns', () => {
  it.each([
    ['nothing of nothing', [], [], []],
    ['what was reached', [], ['reached 2021-11'], ['reached 2021-11']],
    ['nothing that was told', ['reached 2021-11'], ['reached 2021-11'], []],
    [
      'all of a history that comes at once',
      [],
      ['reached 2021-11', 'lost 2021-12', 'reached 2022-01'],
      ['reached 2021-11', 'lost 2021-12', 'reached 2022-01'],
    ],
    ['what came since', ['reached 2021-11'], ['reached 2021-11', 'lost 2021-12'], ['lost 2021-12']],
    ['nothing where it was reached earlier than was told', ['reached 2021-11'], ['reached 2021-10'], []],
    ['nothing where it was reached later than was told', ['reached 2021-11'], ['reached 2021-12'], []],
    [
      'what came after a month that was corrected',
      ['reached 2021-11'],
      ['reached 2021-12', 'lost 2022-01'],
      ['lost 2022-01'],
    ],
    ['a loss of what was never reached, by the month told', ['reached 2021-11'], [], ['lost 2021-11']],
    [
      'that it stands after all',
      ['reached 2021-11', 'lost 2021-12'],
      ['reached 2021-11'],
      ['reached 2021-11'],
    ],
    ['that it was lost before', ['reached 2021-12'], ['reached 2021-10', 'lost 2021-11'], ['lost 2021-11']],
    ['nothing of a loss that was told', ['reached 2021-11', 'lost 2021-11'], [], []],
  ])('tells %s', (_what, recorded, turns, expected) => {
    expect(told(recorded, turns)).toEqual(expected);
  });

  it('tells milestones of one month in the order in which they are reached, and each of its own', () => {
    const turns: MilestoneTurn[] = [
      { milestone: 'resumed', turn: 'reached', month: '2021-11', facts: {} },
      { milestone: 'capacity_restored', turn: 'reached', month: '2021-11', facts: {} },
      { milestone: 'resumed', turn: 'lost', month: '2021-12', facts: {} },
    ];
    expect(pendingTurns([], turns)).toEqual(turns);
    expect(pendingTurns(turns.slice(0, 1), turns)).toEqual(turns.slice(1));
  });

  const month = fc.integer({ min: 1, max: 9 }).map((number) => `2021-0${number}`);
  /** Of each milestone reached and lost in turn, in rising months. */
  const turns = fc
    .tuple(
      ...PRODUCTION_MILESTONES.map((milestone) => fc.tuple(fc.constant(milestone), fc.uniqueArray(month))),
    )
    .map((drawn) =>
      drawn.flatMap(([milestone, months]) =>
        months.toSorted().map((at, index): MilestoneTurn => ({
          milestone,
          turn: index % 2 === 0 ? 'reached' : 'lost',
          month: at,
          facts: {},
        })),
      ),
    );

  it('asked again tells nothing, and what was told stands as the figures do, however they were revised', () => {
    fc.assert(
      fc.property(fc.array(turns, { minLength: 1, maxLength: 6 }), (revisions) => {
        const story: RecordedTurn[] = [];
        for (const revision of revisions) {
          story.push(...pendingTurns(story, revision));
          expect(pendingTurns(story, revision)).toEqual([]);
          for (const milestone of PRODUCTION_MILESTONES) {
            const of = (one: RecordedTurn): boolean => one.milestone === milestone;
            const own = story.filter(of).map((one) => one.turn);
            expect(own.at(-1) ?? 'lost').toBe(revision.findLast(of)?.turn ?? 'lost');
            expect(own).toEqual(own.map((_turn, index) => (index % 2 === 0 ? 'reached' : 'lost')));
          }
        }
      }),
    );
  });
});
