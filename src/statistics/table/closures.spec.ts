import { describe, expect, it } from '@jest/globals';
import {
  type Asked,
  instant,
  Story,
  rowsOf,
  hanbinRow,
  reportedStory,
} from '../../../test/factories/weekly-story.js';

// Week 2021-W44: Monday 1 November to Sunday 7 November.

const importedClosure = (at: string): Story =>
  reportedStory().assigned('2021-10-20', { dueAt: '2021-11-02T18:00' }).resolved(at, 'unstated');
const overdueOf = (changed: Story): number | undefined => hanbinRow(changed)?.overdue;
const closedOnWednesday = (id: string, from: string): Story =>
  reportedStory(id).assigned(from).resolved('2021-11-03');
const closedStory = (): Story => reportedStory().assigned('2021-10-12').resolved('2021-10-25');
const satisfactionOf = (story: Story, asked: Asked = {}): number | null | undefined =>
  hanbinRow(story, asked)?.satisfactionRate;

const closedAs = (id: string, outcome: 'recovered' | 'explained' | 'unstated'): Story =>
  reportedStory(id).assigned('2021-10-20').resolved('2021-11-03', outcome);

describe('closures', () => {
  it('recovered, explained and unstated are counted apart', () => {
    const stories = [
      closedAs('a', 'recovered'),
      closedAs('b', 'explained'),
      closedAs('c', 'unstated'),
      closedAs('d', 'unstated'),
    ];
    const row = rowsOf(stories)['610902'];
    expect(row).toMatchObject({ resolved: 4, recovered: 1, explained: 1, unstated: 2 });
    expect(row).not.toHaveProperty('solved');
  });

  it('are gross as they happened, and net of what was reopened by the end of the week', () => {
    const [twice, later, earlier] = [reportedStory('a'), reportedStory('b'), reportedStory('c')];
    twice.assigned('2021-10-20').resolved('2021-11-02').reopened('2021-11-03').resolved('2021-11-04');
    later.assigned('2021-10-20').resolved('2021-11-03').reopened('2021-11-08T00:00');
    earlier.assigned('2021-10-12').resolved('2021-10-25').reopened('2021-11-03');
    const weeks = (week: string): unknown => rowsOf([twice, later, earlier], { week })['610902'];
    expect(weeks('2021-W43')).toMatchObject({ resolved: 1, netResolved: 1, cumulativeClosures: 1 });
    expect(weeks('2021-W44')).toMatchObject({ resolved: 3, reopened: 2, netResolved: 2 });
    expect(weeks('2021-W44')).toMatchObject({ cumulativeClosures: 4, cumulativeResolved: 2 });
    expect(weeks('2021-W45')).toMatchObject({ resolved: 0, netResolved: 0, cumulativeResolved: 1 });
  });

  it('reopened elsewhere are undone where they were closed', () => {
    const moved = reportedStory().assigned('2021-10-20').resolved('2021-11-02');
    moved.reopened('2021-11-03', { department: 'finance' });
    const rows = rowsOf([moved], { by: 'leadDepartment' });
    expect(rows['市工信局']).toMatchObject({ resolved: 1, netResolved: 0, cumulativeClosures: 1 });
    expect(rows['市金融办']).toMatchObject({ reopened: 1, netResolved: 0, cumulativeClosures: 0 });
  });

  it('undone at the moment of the closure, and done again at it, are told apart by their order', () => {
    const at = '2021-11-02T10:00';
    const story = reportedStory().assigned('2021-10-20').resolved(at).reopened(at).resolved(at);
    expect(hanbinRow(story)).toMatchObject({ resolved: 2, netResolved: 1, cumulativeResolved: 1 });
    const open = reportedStory().assigned('2021-10-20').resolved(at).reopened(at);
    expect(hanbinRow(open)).toMatchObject({ resolved: 1, netResolved: 0, cumulativeResolved: 0 });
  });

  it('problems are solved', () => {
    const row = hanbinRow(reportedStory().assigned('2021-10-20').resolved('2021-11-03', 'solved'), {
      subject: 'problem',
    });
    expect(row).toMatchObject({ resolved: 1, solved: 1, explained: 0, unstated: 0 });
    expect(row).not.toHaveProperty('recovered');
  });

  it('are on time when the request that was approved came by the deadline of then', () => {
    const due = '2021-11-02T18:00';
    const requested = (at: string): Story =>
      reportedStory().assigned('2021-10-20', { dueAt: due }).acknowledged('2021-10-20').requested(at);
    expect(hanbinRow(requested('2021-11-02T18:00').resolved('2021-11-05'))).toMatchObject({ onTimeRate: 1 });
    expect(hanbinRow(requested('2021-11-02T18:01').resolved('2021-11-05'))).toMatchObject({ onTimeRate: 0 });
    const again = requested('2021-11-01')
      .sentBack('2021-11-02T09:00', '2021-11-03T18:00')
      .requested('2021-11-04');
    expect(hanbinRow(again.resolved('2021-11-05'))).toMatchObject({ onTimeRate: 0, sentBack: 1 });
    const recomputed = requested('2021-11-02')
      .recomputed('2021-11-03', '2021-11-01T18:00')
      .resolved('2021-11-05');
    expect(hanbinRow(recomputed)).toMatchObject({ onTimeRate: 1 });
  });

  it('are on time, when imported, by their own date', () => {
    expect(hanbinRow(importedClosure('2021-11-02'))).toMatchObject({ onTimeRate: 1 });
    expect(hanbinRow(importedClosure('2021-11-03'))).toMatchObject({ onTimeRate: 0 });
  });

  it('judges a request that it does not know by the deadline that stands', () => {
    const story = reportedStory().assigned('2021-10-20', { dueAt: '2021-11-02T18:00' });
    const requestedAt = new Date(instant('2021-11-02T17:00')).toISOString();
    story.happened(
      {
        type: 'resolved',
        payload: {
          assignmentId: 'c-assignment-1',
          closureRequestId: 'unknown',
          outcome: 'recovered',
          requestedAt,
        },
      },
      '2021-11-05',
    );
    expect(hanbinRow(story)).toMatchObject({ onTimeRate: 1 });
  });
});

describe('late', () => {
  const due = { dueAt: '2021-11-03T18:00' };

  it('is past due on a running clock, counted in working days through the Sunday', () => {
    expect(hanbinRow(reportedStory().assigned('2021-10-20', due))).toMatchObject({
      closing: 1,
      overdue: 1,
      longestOverdueWorkingDays: 2,
      onTimeRate: 0,
    });
    // Due on the Friday, late since 18:00: no working day after it.
    const friday = reportedStory().assigned('2021-10-20', { dueAt: '2021-11-05T18:00' });
    expect(hanbinRow(friday)).toMatchObject({ overdue: 1, longestOverdueWorkingDays: 0 });
    const notYet = reportedStory().assigned('2021-10-20', { dueAt: '2021-11-08T18:00' });
    expect(hanbinRow(notYet)).toMatchObject({ overdue: 0, longestOverdueWorkingDays: 0, onTimeRate: null });
  });

  it('of a stopped clock is whether it was when it stopped', () => {
    const inTime = reportedStory('a')
      .assigned('2021-10-20', due)
      .acknowledged('2021-10-20')
      .held('2021-11-03T17:00');
    const late = reportedStory('b')
      .assigned('2021-10-20', due)
      .acknowledged('2021-10-20')
      .requested('2021-11-03T19:00');
    expect(hanbinRow(inTime)).toMatchObject({ closing: 1, onHold: 1, overdue: 0 });
    expect(hanbinRow(late)).toMatchObject({
      closing: 1,
      onHold: 0,
      overdue: 1,
      longestOverdueWorkingDays: 2,
    });
  });

  it('is none while returned', () => {
    expect(hanbinRow(reportedStory().assigned('2021-10-20', due).returned('2021-10-21'))).toMatchObject({
      overdue: 0,
    });
  });

  it('goes by the deadline in force: sent back, resumed, extended, recomputed', () => {
    const story = (): Story => reportedStory().assigned('2021-10-20', due).acknowledged('2021-10-20');
    expect(overdueOf(story().requested('2021-10-21').sentBack('2021-10-22', '2021-11-09T18:00'))).toBe(0);
    expect(overdueOf(story().held('2021-10-21').resumed('2021-10-22', '2021-11-04T18:00'))).toBe(1);
    expect(overdueOf(story().extended('2021-11-01', '2021-11-09T18:00'))).toBe(0);
    expect(overdueOf(story().recomputed('2021-11-01', '2021-11-09T18:00'))).toBe(0);
    const superseded = story().reassigned('2021-10-25', due);
    expect(overdueOf(superseded.extended('2021-11-01', '2021-11-09T18:00', 'c-assignment-1'))).toBe(1);
    expect(overdueOf(superseded.recomputed('2021-11-02', '2021-11-09T18:00', 'c-assignment-1'))).toBe(1);
  });
});

describe('handling', () => {
  it('takes the working days after day 0 of the first assignment, through the closing day', () => {
    const story = reportedStory().assigned('2021-10-20', { dayZeroOn: '2021-10-21' }).returned('2021-10-22');
    story.assigned('2021-10-25').reassigned('2021-10-27').acknowledged('2021-10-27').resolved('2021-11-03');
    expect(hanbinRow(story)).toMatchObject({ meanHandlingWorkingDays: 9 });
  });

  it('leaves holds out, and begins anew with a reopening', () => {
    const story = reportedStory().assigned('2021-10-20').acknowledged('2021-10-20').held('2021-10-25');
    story.resumed('2021-10-28', '2021-11-30T18:00').resolved('2021-11-01');
    expect(hanbinRow(story)).toMatchObject({ meanHandlingWorkingDays: 5 });
    story.reopened('2021-11-02').resolved('2021-11-04');
    expect(hanbinRow(story)).toMatchObject({ resolved: 2, meanHandlingWorkingDays: 3.5 });
  });

  it('is null when none was closed, and half a tenth is rounded up', () => {
    expect(hanbinRow(reportedStory().assigned('2021-10-20'))).toMatchObject({
      meanHandlingWorkingDays: null,
    });
    // 1 + 1 + 1 + 2 working days, four closures
    const stories = [
      ...['a', 'b', 'c'].map((id) => closedOnWednesday(id, '2021-11-02')),
      closedOnWednesday('d', '2021-11-01'),
    ];
    expect(rowsOf(stories)['610902']).toMatchObject({ meanHandlingWorkingDays: 1.3 });
  });
});

describe('ratings', () => {
  it('the upper three are satisfied', () => {
    expect(satisfactionOf(closedStory().rated('2021-11-02', 'fairly_satisfied'))).toBe(1);
    expect(satisfactionOf(closedStory().rated('2021-11-02', 'dissatisfied'))).toBe(0);
    expect(satisfactionOf(closedStory())).toBeNull();
  });

  it('the last one of a closure counts, in the week in which it was given', () => {
    const story = closedStory().rated('2021-10-26', 'very_dissatisfied').rated('2021-11-02', 'satisfied');
    expect(satisfactionOf(story, { week: '2021-W43' })).toBe(0);
    expect(satisfactionOf(story)).toBe(1);
    expect(satisfactionOf(story, { week: '2021-W45' })).toBeNull();
  });

  it('each closure has its own, and what belongs to none does not count', () => {
    const story = closedStory().rated('2021-10-26', 'dissatisfied').reopened('2021-11-01');
    story
      .rated('2021-11-02', 'very_dissatisfied')
      .resolved('2021-11-03')
      .rated('2021-11-04', 'very_satisfied');
    expect(satisfactionOf(story)).toBe(1);
    // To date: one of two. 40 × 1 + 25 × 1 + 20 × 1/2 + 5 × 1, of 90.
    expect(hanbinRow(story)?.score).toBe(88.89);
  });

  it('one that is learnt later is not known before', () => {
    const story = closedStory()
      .rated('2021-11-02', 'dissatisfied')
      .rated('2021-11-03', 'satisfied', '2021-11-20');
    expect(satisfactionOf(story, { asOf: '2021-11-10' })).toBe(0);
    expect(satisfactionOf(story)).toBe(1);
  });
});

describe('sent back and extended', () => {
  it('are counted in the week', () => {
    const story = reportedStory()
      .assigned('2021-10-12')
      .acknowledged('2021-10-12')
      .extended('2021-10-28', '2021-11-30T18:00');
    story
      .extended('2021-11-02', '2021-12-20T18:00')
      .requested('2021-11-03')
      .sentBack('2021-11-04', '2021-12-20T18:00');
    expect(hanbinRow(story)).toMatchObject({ sentBack: 1, extended: 1, resolved: 0 });
  });
});
