import { describe, expect, it } from '@jest/globals';
import { dayNumberOf, weekdayOf } from './calendar-date.js';
import { announcedDays } from './state-council-calendar.js';

const days = announcedDays();
const dayOf = (on: string) => days.find(({ day }) => day === on);

describe('announcedDays', () => {
  it('covers 2004 to 2026 without a gap, each day once, in order', () => {
    const years = [...new Set(days.map(({ day }) => Number(day.slice(0, 4))))];
    expect(years).toEqual(Array.from({ length: 23 }, (_, index) => 2004 + index));
    expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
    expect(days.map(({ day }) => day)).toEqual(days.map(({ day }) => day).toSorted());
  });

  it('has make-up days on Saturdays and Sundays only', () => {
    const weekdays = days.filter(({ isWorking }) => isWorking).map(({ day }) => weekdayOf(dayNumberOf(day)));
    expect(new Set(weekdays)).toEqual(new Set([6, 7]));
  });

  it('names holidays and the days made up for them in Chinese', () => {
    expect(dayOf('2026-02-16')).toEqual({ day: '2026-02-16', isWorking: false, name: '春节' });
    expect(dayOf('2026-02-14')).toEqual({ day: '2026-02-14', isWorking: true, name: '春节' });
    expect(dayOf('2021-10-09')).toEqual({ day: '2021-10-09', isWorking: true, name: '国庆节' });
    expect(days.filter(({ name }) => !/^\p{Script=Han}/u.test(name))).toEqual([]);
  });

  it('says nothing of 2027', () => {
    expect(dayOf('2027-01-01')).toBeUndefined();
  });
});
