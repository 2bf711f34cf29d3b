import { describe, expect, it } from '@jest/globals';
import { OfficeTime } from '../../calendar/office-time.js';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { followUpDraft } from './follow-up-draft.js';

/** National days 2021: the first seven of October are off, Saturday the 9th is worked instead. */
const calendar = new WorkingCalendar(
  new Map([
    ...['01', '04', '05', '06', '07'].map((day) => [`2021-10-${day}`, false] as const),
    ['2021-10-09', true],
  ]),
  '2021-12-31',
);
const followUp = (dueOn: string) => ({
  id: 'f',
  caseId: 'c',
  enterpriseId: 'e',
  departmentId: 'd',
  officialId: 'o',
  days: 30,
  dueOn,
});

describe('a follow-up that is due', () => {
  it.each([
    // Friday; five working days after it is Friday.
    ['2021-11-05', '2021-11-05', 'f', '2021-11-05'],
    ['2021-11-05', '2021-11-11', 'f', '2021-11-05'],
    ['2021-11-05', '2021-11-12', 'f again', '2021-11-12'],
    ['2021-11-05', '2021-11-13', 'f again', '2021-11-15'],
    // Saturday: due on Monday.
    ['2021-11-06', '2021-11-06', 'f', '2021-11-08'],
    ['2021-11-06', '2021-11-12', 'f', '2021-11-08'],
    ['2021-11-06', '2021-11-15', 'f again', '2021-11-15'],
    // In the holidays: due on the 8th, and the Saturday after it is worked.
    ['2021-10-02', '2021-10-13', 'f', '2021-10-08'],
    ['2021-10-02', '2021-10-14', 'f again', '2021-10-14'],
  ])('on %s is told on %s as %s, by %s', (dueOn, today, cause, by) => {
    const draft = followUpDraft(followUp(dueOn), today, calendar, new OfficeTime('Asia/Shanghai'));
    expect(draft).toMatchObject({
      kind: 'follow_up_due',
      cause,
      subjectId: 'c',
      facts: { followUpId: 'f', days: 30, isSecond: cause !== 'f' },
      deadlineAt: new Date(`${by}T18:00:00+08:00`),
    });
  });
});
