import { describe, expect, it } from '@jest/globals';
import { announcedDays } from '../../calendar/state-council-calendar.js';
import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { closureFiguresOf } from './closure-figures.js';
import { type ClosureRow, timesOf, type ToldEvent } from './closures.js';

const calendar = WorkingCalendar.of(announcedDays());
const closure = (story: readonly ToldEvent[], over: Partial<ClosureRow> = {}): ClosureRow => ({
  sizeClass: null,
  closedOn: '2021-10-15',
  askedOn: '2021-10-12',
  story,
  ...over,
});
const times = (story: readonly ToldEvent[], over?: Partial<ClosureRow>) =>
  timesOf(closure(story, over), calendar);

// 2021: 26 September and 9 October are worked, 1 to 7 October are not.
describe('timesOf', () => {
  it('counts working days from hop to hop, over the October holiday', () => {
    const story: ToldEvent[] = [
      ['assigned', '2021-09-24', '2021-09-24'],
      ['acknowledged', '2021-09-26', null],
      ['note_added', '2021-09-30', null],
      ['note_added', '2021-10-11', null],
    ];
    expect(times(story)).toEqual({ signing: 1, firstNote: 4, asking: 4, verifying: 3, handling: 12 });
  });

  it('takes a claim as signed, and a note before the sign-for as none', () => {
    expect(times([['claimed', '2021-10-08', '2021-10-08']])).toEqual({
      signing: 0,
      firstNote: null,
      asking: null,
      verifying: 3,
      handling: 6,
    });
    const early: ToldEvent[] = [
      ['assigned', '2021-10-08', '2021-10-08'],
      ['note_added', '2021-10-08', null],
      ['acknowledged', '2021-10-09', null],
    ];
    expect(times(early)).toMatchObject({ signing: 1, firstNote: null, asking: null });
    expect(times([...early, ['note_added', '2021-10-13', null]])).toMatchObject({
      firstNote: null,
      asking: null,
    });
    expect(times([...early, ['note_added', '2021-10-12', null]])).toMatchObject({ firstNote: 2, asking: 0 });
  });

  it('leaves out days inside holds', () => {
    const story: ToldEvent[] = [
      ['assigned', '2021-09-24', '2021-09-24'],
      ['acknowledged', '2021-09-24', null],
      ['held', '2021-09-27', null],
      ['resumed', '2021-10-08', null],
      ['held', '2021-10-09', null],
      ['resumed', '2021-10-11', null],
    ];
    // 28, 29, 30 September, 8 October; 11 October.
    expect(times(story).handling).toBe(12 - 5);
  });

  it('begins anew at a reopening, and with the first of several assignments', () => {
    const story: ToldEvent[] = [
      ['assigned', '2021-08-02', '2021-08-02'],
      ['acknowledged', '2021-08-03', null],
      ['held', '2021-08-04', null],
      ['resumed', '2021-08-05', null],
      ['resolved', '2021-08-09', null],
      ['reopened', '2021-10-08', '2021-10-09'],
      ['assigned', '2021-10-09', '2021-10-09'],
      ['acknowledged', '2021-10-11', null],
    ];
    expect(times(story)).toMatchObject({ signing: 2, verifying: 3, handling: 5 });
  });

  it('of an imported closure knows what the ledger tells', () => {
    const story: ToldEvent[] = [['assigned', '2021-10-08', '2021-10-08']];
    expect(times(story, { askedOn: null })).toEqual({
      signing: null,
      firstNote: null,
      asking: null,
      verifying: null,
      handling: 6,
    });
    expect(times([])).toMatchObject({ signing: null, verifying: 3, handling: null });
  });
});

describe('closureFiguresOf', () => {
  it('of nothing is null', () => {
    const { closures, hops, bySize } = closureFiguresOf([], calendar);
    expect([closures, hops.signing]).toEqual([
      0,
      { closures: 0, medianWorkingDays: null, p90WorkingDays: null },
    ]);
    expect(bySize).toHaveLength(5);
    expect(bySize[0]).toEqual({ sizeClass: 'large', closures: 0, medianHandlingWorkingDays: null });
  });

  it('gives medians of the hops that are known, and of handling by size', () => {
    const signed = (on: string, sizeClass: ClosureRow['sizeClass']) =>
      closure(
        [
          ['assigned', '2021-10-08', '2021-10-08'],
          ['acknowledged', on, null],
        ],
        { sizeClass },
      );
    const rows = [
      signed('2021-10-08', 'small'),
      signed('2021-10-09', 'small'),
      signed('2021-10-12', 'large'),
      closure([['assigned', '2021-10-12', '2021-10-12']], { sizeClass: 'large', askedOn: null }),
    ];
    const { closures, hops, bySize } = closureFiguresOf(rows, calendar);
    expect([closures, hops.signing]).toEqual([4, { closures: 3, medianWorkingDays: 1, p90WorkingDays: 3 }]);
    expect(hops.verifying).toEqual({ closures: 3, medianWorkingDays: 3, p90WorkingDays: 3 });
    expect(bySize.map((size) => [size.sizeClass, size.closures, size.medianHandlingWorkingDays])).toEqual([
      ['large', 2, 4.5],
      ['medium', 0, null],
      ['small', 2, 6],
      ['micro', 0, null],
      [null, 0, null],
    ]);
  });
});
