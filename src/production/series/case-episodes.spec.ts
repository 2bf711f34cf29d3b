import { describe, expect, it } from '@jest/globals';
import { caseEpisodes, type EpisodeTurn } from './case-episodes.js';

const turn = (caseId: string, type: EpisodeTurn['type'], on: string): EpisodeTurn => ({
  caseId,
  number: `AK-2021-${caseId}`,
  distressType: 'stalled',
  type,
  on,
  outcome: type === 'resolved' ? 'recovered' : null,
});

describe('caseEpisodes', () => {
  it('goes from each opening to its own end, a reopening being another', () => {
    const turns = [
      turn('1', 'reported', '2021-01-05'),
      turn('1', 'resolved', '2021-04-01'),
      turn('1', 'reopened', '2021-07-01'),
      turn('2', 'reported', '2021-06-01'),
      turn('2', 'rejected', '2021-06-03'),
    ];
    expect(
      caseEpisodes(turns).map(({ caseId, isReopened, openedOn, closedOn, end, outcome }) => [
        caseId,
        isReopened,
        openedOn,
        closedOn,
        end,
        outcome,
      ]),
    ).toEqual([
      ['1', false, '2021-01-05', '2021-04-01', 'resolved', 'recovered'],
      ['1', true, '2021-07-01', null, null, null],
      ['2', false, '2021-06-01', '2021-06-03', 'rejected', null],
    ]);
  });
});
