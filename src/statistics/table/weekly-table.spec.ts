import { describe, expect, it } from '@jest/globals';
import { Story, tableOf, rowsOf, hanbinRow, reportedStory } from '../../../test/factories/weekly-story.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { noCounts, requireReconciled, requireTotal } from './raw-counts.js';

// Week 2021-W44: Monday 1 November to Sunday 7 November.

const assignedStory = (): Story => reportedStory().assigned('2021-10-20');
const unitOf = (name: string, closed: number, open: number): Story[] =>
  [...Array(closed + open).keys()].map((index) => {
    const story = new Story(`${name}-${index}`, undefined, name)
      .reported('2021-10-08')
      .assigned('2021-10-12');
    return index < closed ? story.resolved('2021-10-20') : story;
  });

describe('on the books', () => {
  it('comes on them by its first assignment or claim, not by the report', () => {
    expect(rowsOf([reportedStory()])).toEqual({});
    expect(hanbinRow(reportedStory().assigned('2021-11-02'))).toMatchObject({
      opening: 0,
      assigned: 1,
      closing: 1,
    });
    expect(hanbinRow(reportedStory().claimed('2021-11-02'))).toMatchObject({
      opening: 0,
      assigned: 1,
      closing: 1,
    });
  });

  it('a state is after everything before the moment, and not at it', () => {
    const atStart = reportedStory().assigned('2021-11-01T00:00');
    expect(hanbinRow(atStart)).toMatchObject({ opening: 0, assigned: 1, closing: 1 });
    const atEnd = reportedStory().assigned('2021-11-08T00:00');
    expect(hanbinRow(atEnd)).toBeUndefined();
    expect(hanbinRow(atEnd, { week: '2021-W45' })).toMatchObject({ opening: 0, assigned: 1 });
  });

  it('stays on them while returned', () => {
    const story = reportedStory().assigned('2021-10-20').returned('2021-10-21');
    expect(hanbinRow(story)).toMatchObject({ opening: 1, assigned: 0, closing: 1, overdue: 0 });
    story.assigned('2021-11-03');
    expect(hanbinRow(story)).toMatchObject({ opening: 1, assigned: 0, transferredIn: 0, closing: 1 });
  });

  it('leaves them resolved, terminated, or rejected after a return', () => {
    expect(hanbinRow(assignedStory().resolved('2021-11-03'))).toMatchObject({
      resolved: 1,
      terminated: 0,
      closing: 0,
    });
    expect(hanbinRow(assignedStory().terminated('2021-11-03'))).toMatchObject({
      resolved: 0,
      terminated: 1,
      closing: 0,
    });
    const rejected = assignedStory().returned('2021-10-21').rejected('2021-11-03');
    expect(hanbinRow(rejected)).toMatchObject({
      opening: 1,
      terminated: 1,
      closing: 0,
      cumulativeAssigned: 1,
    });
  });

  it('what was never assigned is terminated or rejected without a trace', () => {
    expect(
      rowsOf([reportedStory('a').terminated('2021-11-03'), reportedStory('b').rejected('2021-11-03')]),
    ).toEqual({});
  });

  it('a reopened one is on them again, and is not resolved', () => {
    const story = reportedStory().assigned('2021-10-12').resolved('2021-10-20').reopened('2021-11-03');
    expect(hanbinRow(story, { week: '2021-W43' })).toMatchObject({
      opening: 0,
      cumulativeResolved: 1,
      closing: 0,
    });
    expect(hanbinRow(story)).toMatchObject({
      opening: 0,
      assigned: 0,
      reopened: 1,
      closing: 1,
      cumulativeAssigned: 1,
      cumulativeResolved: 0,
      closureRate: 0,
    });
    story.resolved('2021-11-05', 'explained');
    expect(hanbinRow(story)).toMatchObject({
      reopened: 1,
      resolved: 1,
      explained: 1,
      closing: 0,
      cumulativeResolved: 1,
    });
  });
});

describe('what is known', () => {
  const story = reportedStory()
    .assigned('2021-10-20')
    .resolved('2021-11-04', 'recovered', '2021-11-10T09:00');

  it('is what was recorded before, not at, the moment asked for', () => {
    expect(hanbinRow(story, { asOf: '2021-11-10T09:00' })).toMatchObject({ resolved: 0, closing: 1 });
    expect(hanbinRow(story, { asOf: '2021-11-10T09:01' })).toMatchObject({ resolved: 1, closing: 0 });
  });

  it('of a running week is its beginning: late is what is late by then', () => {
    const due = reportedStory().assigned('2021-10-20', { dueAt: '2021-11-03T18:00' });
    expect(hanbinRow(due, { asOf: '2021-11-03T18:00' })).toMatchObject({ overdue: 0 });
    expect(hanbinRow(due, { asOf: '2021-11-05T09:00' })).toMatchObject({
      overdue: 1,
      longestOverdueWorkingDays: 2,
    });
    expect(hanbinRow(due)).toMatchObject({ overdue: 1, longestOverdueWorkingDays: 2 });
  });
});

describe('rows', () => {
  it('each unit has one, in the order of codes, with nothing where there is nothing', () => {
    const { rows, total } = tableOf([]);
    expect(rows.map(({ key, name }) => [key, name])).toEqual([
      ['610902', '汉滨区'],
      ['610981', '旬阳市'],
    ]);
    expect(rows[0]).toMatchObject({
      opening: 0,
      closureRate: null,
      onTimeRate: null,
      score: null,
      rank: null,
    });
    expect(total).toMatchObject({ closing: 0, closureRate: null, score: null });
  });

  it('each municipal department has one and the counties another; the task force and the leaders have none', () => {
    const story = reportedStory().assigned('2021-10-20', { department: 'hanbin-office' });
    const { rows, total } = tableOf([story], { by: 'leadDepartment' });
    expect(rows.map(({ key, name, closing }) => [key, name, closing])).toEqual([
      ['市工信局', '市工信局', 0],
      ['市金融办', '市金融办', 0],
      ['county_led', '县区牵头', 1],
    ]);
    expect(total).toEqual(tableOf([story]).total);
  });

  it('the columns stand in one order', () => {
    expect(Object.keys(tableOf([]).rows[0] ?? {}).join(' ')).toBe(
      'key name opening assigned reopened transferredIn transferredOut resolved recovered explained unstated terminated closing onHold overdue longestOverdueWorkingDays cumulativeAssigned cumulativeResolved closureRate onTimeRate meanHandlingWorkingDays acknowledgedInTimeRate sentBack extended satisfactionRate score rank rankChange netResolved cumulativeClosures',
    );
  });

  it('the total comes from raw counts, never from a mean of rates', () => {
    const stories = ['a', 'b', 'c'].map((id) =>
      reportedStory(id).assigned('2021-10-12').resolved('2021-11-02'),
    );
    stories.push(new Story('d', 'd-enterprise', 'xunyang').reported('2021-10-08').assigned('2021-10-12'));
    const { rows, total } = tableOf(stories);
    expect(rows.map(({ closureRate }) => closureRate)).toEqual([1, 0]);
    expect(total.closureRate).toBe(0.75);
  });

  it('a unit that is in no register stops the table', () => {
    const story = new Story('c', 'c-enterprise', 'nowhere').reported('2021-10-08').assigned('2021-10-12');
    expect(() => tableOf([story])).toThrow('figures without a row: nowhere');
    const led = reportedStory().assigned('2021-10-12', { department: 'nobody' });
    expect(() => tableOf([led], { by: 'leadDepartment' })).toThrow('not in the register: nobody');
  });

  it('events before a report stop the table, changes of attributes before it do not', () => {
    expect(() => tableOf([new Story('c').assigned('2021-10-12')])).toThrow();
  });
});

describe('ranks', () => {
  it('change against the week before, as known at the same moment', () => {
    const stories = [...unitOf('hanbin', 1, 3), ...unitOf('xunyang', 2, 2)];
    for (const story of stories.slice(1, 4)) story.resolved('2021-11-03');
    const { rows, total } = tableOf(stories);
    expect(rows.map(({ key, rank, rankChange }) => [key, rank, rankChange])).toEqual([
      ['610902', 1, 1],
      ['610981', 2, -1],
    ]);
    expect(total).toMatchObject({ rank: null, rankChange: null });
  });

  it('have no change where there was none before', () => {
    const { rows } = tableOf(unitOf('hanbin', 3, 0), { week: '2021-W41' });
    expect(rows[0]).toMatchObject({ rank: 1, rankChange: null });
    expect(rows[1]).toMatchObject({ rank: null, rankChange: null });
  });
});

describe('a table that does not reconcile', () => {
  it.each([
    ['more there than came', { closing: 1, cumulativeAssigned: 1 }],
    ['more ever than there and gone', { cumulativeAssigned: 1 }],
    ['more closed than outcomes', { opening: 1, resolved: 1, cumulativeAssigned: 1, cumulativeResolved: 1 }],
    ['more undone than closed', { undone: 1 }],
  ])('is refused with the row named: %s', (_, counts) => {
    const check = (): void => requireReconciled('610902', { ...noCounts(), ...counts });
    expect(check).toThrow(new Refusal(409, 'TABLE_NOT_RECONCILED', { row: '610902' }));
  });

  it.each([
    ['closed and neither closed now nor reopened', { cumulativeClosures: 1 }],
    [
      'more undone than reopened',
      {
        resolved: 1,
        recovered: 1,
        undone: 1,
        assigned: 1,
        cumulativeAssigned: 1,
        cumulativeResolved: 1,
        cumulativeClosures: 1,
      },
    ],
  ])('is refused as a total: %s', (_, counts) => {
    const total = { ...noCounts(), ...counts };
    expect(() => requireReconciled('610902', total)).not.toThrow();
    expect(() => requireTotal(total)).toThrow(new Refusal(409, 'TABLE_NOT_RECONCILED', { row: 'total' }));
  });
});
