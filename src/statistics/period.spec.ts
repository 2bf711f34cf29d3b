import { describe, expect, it } from '@jest/globals';
import { OfficeTime } from '../calendar/office-time.js';
import { parsePeriod, stretchBefore, stretchOf } from './period.js';

const office = new OfficeTime('Asia/Shanghai');
const LATER = new Date('2030-01-01T00:00:00Z');
const before = (name: string, asOf = LATER): [string, string] => {
  const period = parsePeriod(name);
  const { startsAt, lastOn } = stretchBefore(period, stretchOf(period, asOf, office), office);
  return [office.dateOf(new Date(startsAt)), lastOn];
};

describe('a period', () => {
  it.each([
    ['2021-W44', 'week', '2021-11-01', '2021-11-07'],
    ['2020-02', 'month', '2020-02-01', '2020-02-29'],
    ['2021-12', 'month', '2021-12-01', '2021-12-31'],
    ['2021-Q1', 'quarter', '2021-01-01', '2021-03-31'],
    ['2021-Q4', 'quarter', '2021-10-01', '2021-12-31'],
    ['2021', 'year', '2021-01-01', '2021-12-31'],
    ['2021-W40..2021-W44', 'weeks', '2021-10-04', '2021-11-07'],
    ['2020-W53..2021-W01', 'weeks', '2020-12-28', '2021-01-10'],
    ['2019-W40..2021-W40', 'weeks', '2019-09-30', '2021-10-10'],
  ])('%s is a %s, %s to %s', (name, kind, startOn, lastOn) => {
    expect(parsePeriod(name)).toEqual({ name, kind, startOn, lastOn });
  });

  it.each([
    ['2021-W53', 404, 'WEEK_UNKNOWN'],
    ['2021-W44..2021-W53', 404, 'WEEK_UNKNOWN'],
    ['2021-00', 404, 'PERIOD_UNKNOWN'],
    ['2021-13', 404, 'PERIOD_UNKNOWN'],
    ['2021-Q5', 404, 'PERIOD_UNKNOWN'],
    ['9999', 404, 'PERIOD_UNKNOWN'],
    ['9999-12', 404, 'PERIOD_UNKNOWN'],
    ['0021', 404, 'PERIOD_UNKNOWN'],
    ['', 404, 'PERIOD_UNKNOWN'],
    ['2021-W44..2021-W45..2021-W46', 404, 'WEEK_UNKNOWN'],
    ['2021-W44..2021-W43', 422, 'PERIOD_REVERSED'],
    ['2019-W01..2021-W44', 422, 'PERIOD_TOO_LONG'],
  ])('%p is none: %p %s', (name, status, code) => {
    const caught = ((): unknown => {
      try {
        return parsePeriod(name);
      } catch (error) {
        return error;
      }
    })();
    expect(caught).toMatchObject({ status, code });
  });

  it('ends at its last midnight, or at the moment up to which it is known', () => {
    const month = parsePeriod('2021-11');
    expect(stretchOf(month, LATER, office)).toEqual({
      startsAt: Date.parse('2021-10-31T16:00:00Z'),
      until: Date.parse('2021-11-30T16:00:00Z'),
      lastOn: '2021-11-30',
    });
    const running = stretchOf(month, new Date('2021-11-10T01:00:00Z'), office);
    expect(running).toMatchObject({ until: Date.parse('2021-11-10T01:00:00Z'), lastOn: '2021-11-10' });
  });

  it.each([
    ['2021-W01', '2020-12-28', '2021-01-03'],
    ['2021-01', '2020-12-01', '2020-12-31'],
    ['2021-Q1', '2020-10-01', '2020-12-31'],
    ['2021-W40..2021-W44', '2021-08-30', '2021-10-03'],
    ['2021', '2020-01-01', '2020-12-31'],
  ])('%s is compared with %s to %s', (name, startOn, lastOn) => {
    expect(before(name)).toEqual([startOn, lastOn]);
  });

  it('of a running year is compared with the same days of the last one', () => {
    expect(before('2021', new Date('2021-11-10T01:00:00Z'))).toEqual(['2020-01-01', '2020-11-10']);
    expect(before('2020', new Date('2020-02-29T01:00:00Z'))).toEqual(['2019-01-01', '2019-02-28']);
  });
});
