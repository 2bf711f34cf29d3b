import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { OfficeTime } from '../calendar/office-time.js';
import { announcedDays } from '../calendar/state-council-calendar.js';
import { WorkingCalendar } from '../calendar/working-calendar.js';
import { sendingTime } from './sending-time.js';

const office = new OfficeTime('Asia/Shanghai');
const calendar = WorkingCalendar.of(announcedDays());

describe('sendingTime', () => {
  it.each([
    ['a working day at eight', '2021-11-05T08:00:00+08:00', '2021-11-05T08:00:00+08:00'],
    ['a minute to nine in the evening', '2021-11-05T20:59:59+08:00', '2021-11-05T20:59:59+08:00'],
    ['before eight: nine the same day', '2021-11-05T07:59:59+08:00', '2021-11-05T09:00:00+08:00'],
    ['nine in the evening of a Friday: Monday', '2021-11-05T21:00:00+08:00', '2021-11-08T09:00:00+08:00'],
    ['a Sunday: Monday', '2021-11-07T10:00:00+08:00', '2021-11-08T09:00:00+08:00'],
    ['a worked Saturday', '2021-10-09T10:00:00+08:00', '2021-10-09T10:00:00+08:00'],
    ['a holiday on a weekday', '2021-10-01T10:00:00+08:00', '2021-10-08T09:00:00+08:00'],
    ['midnight of a working day', '2021-11-05T00:00:00+08:00', '2021-11-05T09:00:00+08:00'],
  ])('%s', (_name, now, expected) => {
    expect(sendingTime(new Date(now), calendar, office)).toEqual(new Date(expected));
  });

  it('is never in the past, never in quiet hours, and a sending time is its own', () => {
    const instants = fc.date({
      min: new Date('2019-01-01'),
      max: new Date('2028-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (now) => {
        const at = sendingTime(now, calendar, office);
        const on = office.dateOf(at);
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(calendar.isWorkingDay(on)).toBe(true);
        expect(at >= office.at(on, '08:00') && at < office.at(on, '21:00')).toBe(true);
        expect(sendingTime(at, calendar, office)).toEqual(at);
      }),
    );
  });
});
