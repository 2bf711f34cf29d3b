import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plusDays } from '../../calendar/calendar-date.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { announcedDays } from '../../calendar/state-council-calendar.js';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { giveBack } from './give-back.js';
import { handlingWorkingDays } from './handling-time.js';

const office = new OfficeTime('Asia/Shanghai');
const calendar = WorkingCalendar.of(announcedDays());
const at = (text: string): Date => new Date(`${text}+08:00`);
const hold = (from: string, to: string) => ({ from: at(from), to: at(to) });

describe('handlingWorkingDays', () => {
  it.each([
    ['closed on day 0', '2026-03-09', '2026-03-09T17:00', [], 0],
    ['closed before day 0, on the evening of assignment', '2026-03-10', '2026-03-09T19:00', [], 0],
    ['two weeks', '2026-03-09', '2026-03-23T10:00', [], 10],
    ['over the Spring Festival', '2026-02-13', '2026-02-25T10:00', [], 3],
    ['a hold of a week', '2026-03-09', '2026-03-23T10:00', [hold('2026-03-11T10:00', '2026-03-18T10:00')], 5],
    [
      'a hold within a day',
      '2026-03-09',
      '2026-03-23T10:00',
      [hold('2026-03-11T10:00', '2026-03-11T16:00')],
      10,
    ],
    [
      'a hold over a week-end',
      '2026-03-09',
      '2026-03-23T10:00',
      [hold('2026-03-13T10:00', '2026-03-15T16:00')],
      10,
    ],
    [
      'two holds that meet on a day',
      '2026-03-09',
      '2026-03-23T10:00',
      [hold('2026-03-10T10:00', '2026-03-12T10:00'), hold('2026-03-12T14:00', '2026-03-13T10:00')],
      7,
    ],
    [
      'a hold begun before day 0',
      '2026-03-10',
      '2026-03-17T10:00',
      [hold('2026-03-09T18:00', '2026-03-11T10:00')],
      4,
    ],
    [
      'a hold after the closing day',
      '2026-03-09',
      '2026-03-13T10:00',
      [hold('2026-03-16T10:00', '2026-03-20T10:00')],
      4,
    ],
  ])('%s', (_, dayZeroOn, closedAt, holds, days) => {
    expect(handlingWorkingDays(dayZeroOn, at(closedAt), holds, calendar, office)).toBe(days);
  });

  it('takes what the give-back gives: closed on the moved due day, it took the limit', () => {
    const days = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7_000 }),
        fc.integer({ min: 2, max: 30 }),
        days,
        (start, limit, held) => {
          const dayZeroOn = calendar.onOrAfter(plusDays('2005-01-01', start));
          const dueAt = office.at(calendar.add(dayZeroOn, limit), '18:00');
          const from = office.at(calendar.add(dayZeroOn, 1), '10:00');
          const to = office.at(plusDays(office.dateOf(from), held), '10:00');
          const stop = { dueAt, stoppedAt: from, resumedAt: to, wasLate: false };
          const closedAt = giveBack(stop, calendar, office)?.at ?? dueAt;
          expect(handlingWorkingDays(dayZeroOn, closedAt, [{ from, to }], calendar, office)).toBe(limit);
        },
      ),
    );
  });
});
