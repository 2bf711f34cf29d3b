import { describe, expect, it } from '@jest/globals';
import { row, weekTable } from '../../../test/factories/circular-week.js';
import { closedMost, commended } from './done-well.js';
import { lowestClosureRates, sentBackTo } from './shortfalls.js';

const ranked = (
  key: string,
  rank: number | null,
  score: number | null = 80,
  closureRate: number | null = 0.9,
) => row(key, { rank, score, closureRate, cumulativeAssigned: 9 });
const names = ({ named }: { named: ReadonlyArray<{ name: string }> }) => named.map(({ name }) => name);

describe('who is commended', () => {
  const of = (...rows: Array<ReturnType<typeof ranked>>) =>
    names(commended(weekTable({ closureRate: 0.5 }, rows)));

  it('is in the better half of the places, three at most', () => {
    expect(of(ranked('a', 1))).toEqual([]);
    expect(of(ranked('a', 1), ranked('b', 2))).toEqual(['a']);
    expect(of(ranked('c', 3), ranked('a', 1), ranked('b', 2))).toEqual(['a']);
    expect(of(...[8, 7, 6, 5, 4, 3, 2, 1].map((rank) => ranked(`r${rank}`, rank)))).toEqual([
      'r1',
      'r2',
      'r3',
    ]);
  });

  it('shares a place with its equals; where all are equal there is no better half', () => {
    expect(of(ranked('a', 1), ranked('b', 1), ranked('c', 2))).toEqual(['a', 'b']);
    expect(of(ranked('a', 1), ranked('b', 1), ranked('c', 1))).toEqual([]);
  });

  it('has 60 points and no closure rate below the city’s', () => {
    expect(of(ranked('a', 1, 59.99), ranked('b', 2))).toEqual([]);
    expect(of(ranked('a', 1, 60), ranked('b', 2))).toEqual(['a']);
    expect(of(ranked('a', 1, 80, 0.4999), ranked('b', 2))).toEqual([]);
    expect(of(ranked('a', 1, 80, 0.5), ranked('b', 2))).toEqual(['a']);
  });

  it('is ranked, and is somebody: not the counties together', () => {
    expect(of(ranked('a', null, null), ranked('b', null))).toEqual([]);
    expect(of(ranked('county_led', 1), ranked('b', 2), ranked('c', 3))).toEqual(['b']);
  });

  it('is named with five others at most', () => {
    const rows = Array.from({ length: 7 }, (_, index) => ranked(`a${index}`, 1));
    expect(commended(weekTable({ closureRate: 0.5 }, [...rows, ranked('z', 2)]))).toMatchObject({
      unnamed: 2,
    });
  });
});

describe('who closed most', () => {
  it('closed one at least', () => {
    const table = weekTable({}, [row('a', { resolved: 1 }), row('b'), row('c', { resolved: 3 })]);
    expect(names(closedMost(table))).toEqual(['c', 'a']);
    expect(names(closedMost(weekTable({}, [row('a')])))).toEqual([]);
  });
});

describe('the lowest closure rates', () => {
  const rated = (key: string, closureRate: number | null, cumulativeAssigned = 9) =>
    row(key, { closureRate, cumulativeAssigned });

  it('are below the city’s, of those with enough on their books', () => {
    const rows = [rated('a', 0.5), rated('b', 0.4), rated('c', 0.1, 2), rated('d', null), rated('e', 0.2)];
    expect(names(lowestClosureRates(weekTable({ closureRate: 0.5 }, rows)))).toEqual(['e', 'b']);
  });

  it('are nobody’s where all are equal, or nothing can be divided', () => {
    expect(
      names(lowestClosureRates(weekTable({ closureRate: 0.5 }, [rated('a', 0.5), rated('b', 0.5)]))),
    ).toEqual([]);
    expect(names(lowestClosureRates(weekTable({ closureRate: null }, [rated('a', 0)])))).toEqual([]);
  });

  it('are three places, equals together', () => {
    const rows = [0.1, 0.1, 0.2, 0.3, 0.4].map((rate, index) => rated(`r${index}`, rate));
    expect(names(lowestClosureRates(weekTable({ closureRate: 0.5 }, rows)))).toEqual([
      'r0',
      'r1',
      'r2',
      'r3',
    ]);
  });
});

it('what was sent back stands at whose it is, the counties together too', () => {
  const rows = [row('a'), row('county_led', { sentBack: 1 }), row('b', { sentBack: 2 })];
  expect(names(sentBackTo(weekTable({ sentBack: 3 }, rows)))).toEqual(['b', 'county_led']);
});
