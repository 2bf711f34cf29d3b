import { describe, expect, it } from '@jest/globals';
import {
  type Asked,
  ATTRIBUTES,
  instant,
  Story,
  tableOf,
  rowsOf,
  hanbinRow,
  reportedStory,
} from '../../../test/factories/weekly-story.js';

// Week 2021-W44: Monday 1 November to Sunday 7 November.

const UNSTATED = { industryCode: null, sizeClass: null };
const movedAt = (at: string, late = at): Asked => ({
  attributes: {
    ...ATTRIBUTES,
    owners: new Map([
      [
        'c-enterprise',
        [
          { ...UNSTATED, effectiveAt: 0, recordedAt: 0, reportingUnitId: 'hanbin' },
          { ...UNSTATED, effectiveAt: instant(at), recordedAt: instant(late), reportingUnitId: 'xunyang' },
        ],
      ],
    ]),
  },
});
const signedRate = (story: Story): number | null | undefined => hanbinRow(story)?.acknowledgedInTimeRate;

describe('transfers', () => {
  const byDepartment = { by: 'leadDepartment' } as const;

  it('are one out and one in when another department leads', () => {
    const story = reportedStory().assigned('2021-10-20', { department: 'industry' });
    story.reassigned('2021-11-02', { department: 'finance' });
    expect(rowsOf([story], byDepartment)).toMatchObject({
      市工信局: { opening: 1, transferredOut: 1, transferredIn: 0, closing: 0, cumulativeAssigned: 0 },
      市金融办: { opening: 0, transferredOut: 0, transferredIn: 1, closing: 1, cumulativeAssigned: 1 },
    });
    expect(hanbinRow(story)).toMatchObject({ opening: 1, transferredIn: 0, transferredOut: 0, closing: 1 });
  });

  it('come with the new assignment after a return, not with the return', () => {
    const story = reportedStory().assigned('2021-10-20').returned('2021-10-21');
    expect(rowsOf([story], byDepartment)).toMatchObject({ 市工信局: { closing: 1 } });
    story.assigned('2021-11-02', { department: 'finance' });
    expect(rowsOf([story], byDepartment)).toMatchObject({
      市工信局: { transferredOut: 1, closing: 0 },
      市金融办: { assigned: 0, transferredIn: 1, closing: 1 },
    });
  });

  it('are none between departments of one row', () => {
    const story = reportedStory().assigned('2021-10-20').reassigned('2021-11-02');
    expect(rowsOf([story], byDepartment)).toMatchObject({
      市工信局: { transferredIn: 0, transferredOut: 0, closing: 1 },
    });
  });

  it('reopening elsewhere is reopened there, and moves the cumulative count', () => {
    const story = reportedStory().assigned('2021-10-12').resolved('2021-10-20');
    story.reopened('2021-11-03', { department: 'finance' });
    expect(Object.keys(rowsOf([story], { ...byDepartment, week: '2021-W43' }))).toEqual(['市工信局']);
    expect(rowsOf([story], byDepartment)).toMatchObject({
      市金融办: { reopened: 1, transferredIn: 0, closing: 1, cumulativeAssigned: 1, cumulativeResolved: 0 },
    });
    expect(Object.keys(rowsOf([story], byDepartment))).toEqual(['市金融办']);
  });

  it('the total has them in and out, and reconciles', () => {
    const story = reportedStory().assigned('2021-11-01').reassigned('2021-11-02', { department: 'finance' });
    const { total } = tableOf([story], byDepartment);
    expect(total).toMatchObject({ assigned: 1, transferredIn: 1, transferredOut: 1, closing: 1, rank: null });
  });
});

describe('attributes', () => {
  it('an enterprise that moves takes its cases along: one out, one in', () => {
    const story = reportedStory().assigned('2021-10-20');
    expect(rowsOf([story], movedAt('2021-11-03'))).toMatchObject({
      610902: { opening: 1, transferredOut: 1, closing: 0 },
      610981: { opening: 0, transferredIn: 1, closing: 1 },
    });
    expect(rowsOf([story], movedAt('2021-11-08T00:00'))).toMatchObject({ 610902: { closing: 1 } });
    expect(rowsOf([story], movedAt('2021-11-01T00:00'))).toMatchObject({
      610902: { opening: 1, transferredOut: 1 },
    });
  });

  it('at one instant a move precedes events', () => {
    const closed = reportedStory().assigned('2021-10-20').resolved('2021-11-03');
    expect(rowsOf([closed], movedAt('2021-11-03'))).toMatchObject({
      610902: { opening: 1, transferredOut: 1, resolved: 0 },
      610981: { transferredIn: 1, resolved: 1, cumulativeResolved: 1 },
    });
    const assigned = reportedStory().assigned('2021-11-03');
    expect(rowsOf([assigned], movedAt('2021-11-03'))).toEqual({
      610981: expect.objectContaining({ assigned: 1, transferredIn: 0 }),
    });
  });

  it('off the books it moves without a transfer', () => {
    const closed = reportedStory().assigned('2021-10-20').resolved('2021-10-25');
    expect(rowsOf([closed], movedAt('2021-11-03'))).toEqual({
      610981: expect.objectContaining({ transferredIn: 0, cumulativeAssigned: 1, cumulativeResolved: 1 }),
    });
  });

  it('a move that is learnt later leaves the older table as it was', () => {
    const story = reportedStory().assigned('2021-10-20');
    const late = movedAt('2021-11-03', '2021-11-20');
    expect(rowsOf([story], { ...late, asOf: '2021-11-10' })).toMatchObject({ 610902: { closing: 1 } });
    expect(rowsOf([story], late)).toMatchObject({ 610981: { closing: 1 } });
  });
});

describe('signing', () => {
  const by = { acknowledgeBy: '2021-11-02T18:00' };
  const assigned = (): Story => reportedStory().assigned('2021-11-01', by);

  it('is in time up to the moment itself, and a claim is', () => {
    expect(signedRate(assigned().acknowledged('2021-11-02T18:00'))).toBe(1);
    expect(signedRate(assigned().acknowledged('2021-11-02T18:01'))).toBe(0);
    expect(signedRate(assigned())).toBe(0);
    expect(signedRate(reportedStory().claimed('2021-11-01', by))).toBe(1);
  });

  it('counts in the week of the sign-for time', () => {
    const story = reportedStory().assigned('2021-10-29', by).acknowledged('2021-10-30');
    expect(hanbinRow(story, { week: '2021-W43' })).toMatchObject({ acknowledgedInTimeRate: null });
    expect(signedRate(story)).toBe(1);
    expect(hanbinRow(story, { week: '2021-W45' })).toMatchObject({ acknowledgedInTimeRate: null });
  });

  it('leaves out what was returned, superseded or ended before, unsigned', () => {
    expect(signedRate(assigned().returned('2021-11-02T17:00'))).toBeNull();
    expect(signedRate(assigned().reassigned('2021-11-02T17:00'))).toBeNull();
    expect(signedRate(assigned().terminated('2021-11-02T17:00'))).toBeNull();
    expect(signedRate(assigned().resolved('2021-11-02T17:00', 'unstated'))).toBeNull();
    expect(signedRate(assigned().acknowledged('2021-11-02T10:00').reassigned('2021-11-02T17:00'))).toBe(1);
    expect(signedRate(assigned().resolved('2021-11-03', 'unstated'))).toBe(0);
  });

  it('is to the credit of the department that signed', () => {
    const story = assigned()
      .acknowledged('2021-11-02T10:00')
      .reassigned('2021-11-02T17:00', { department: 'finance' });
    const rows = tableOf([story], { by: 'leadDepartment' }).rows;
    const rates = Object.fromEntries(
      rows.map(({ key, acknowledgedInTimeRate }) => [key, acknowledgedInTimeRate]),
    );
    expect(rates).toEqual({ 市工信局: 1, 市金融办: null, county_led: null });
  });

  it('an acknowledgement of an assignment that is not known changes nothing', () => {
    expect(
      signedRate(
        assigned().happened(
          { type: 'acknowledged', payload: { assignmentId: 'other', note: null } },
          '2021-11-02',
        ),
      ),
    ).toBe(0);
  });
});
