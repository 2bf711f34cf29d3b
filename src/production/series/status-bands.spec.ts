import { describe, expect, it } from '@jest/globals';
import type { JudgedMonth } from '../rules/judge.js';
import { statusBands } from './status-bands.js';

const judged = (month: string, status: JudgedMonth['status']): JudgedMonth => ({
  month,
  status,
  rule: 'no_figures',
  facts: {},
});
const JUDGED = [
  judged('2020-12', 'normal'),
  judged('2021-02', 'stalled'),
  judged('2021-03', 'stalled'),
  judged('2021-05', 'stalled'),
  judged('2021-06', 'normal'),
];
const bands = (from: string, to: string): string[] =>
  statusBands(JUDGED, from, to).map((band) => `${band.status} ${band.from} ${band.to}`);

describe('statusBands', () => {
  it('begins with January where February is judged for both, and ends at a month without a judgement', () => {
    expect(bands('2020-12', '2021-12')).toEqual([
      'normal 2020-12 2020-12',
      'stalled 2021-01 2021-03',
      'stalled 2021-05 2021-05',
      'normal 2021-06 2021-06',
    ]);
  });

  it('cuts them off at both ends', () => {
    expect(bands('2021-02', '2021-05')).toEqual(['stalled 2021-02 2021-03', 'stalled 2021-05 2021-05']);
    expect(bands('2021-04', '2021-04')).toEqual([]);
  });
});
