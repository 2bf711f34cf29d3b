import { describe, expect, it } from '@jest/globals';
import { CLOCKS } from '../cases/deadlines/clocks.js';
import { STATUSES } from '../cases/lifecycle/states.js';
import { explainRungs, type RememberedReminder, whyNotRunning } from './explain-clock.js';
import type { PlannedRung } from './plan-rungs.js';

const MONDAY = new Date('2021-11-08T10:00:00+08:00');
const at = (day: string): Date => new Date(`2021-${day}T09:00:00+08:00`);
const known = (
  rung: string,
  state: RememberedReminder['state'],
  offsetWorkingDays: number,
  firesAt: Date,
): RememberedReminder => ({
  rung,
  state,
  offsetWorkingDays,
  policyVersion: 1,
  firesAt,
  recordedAt: state === 'recorded' || state === 'superseded' ? firesAt : null,
});
const planned = (code: string, offsetWorkingDays: number, firesAt: Date, isArmable = true): PlannedRung => ({
  code,
  offsetWorkingDays,
  firesAt,
  isArmable,
});
const fates = (
  rungs: PlannedRung[],
  reminders: RememberedReminder[],
  { isRunning = true, opensAt = MONDAY } = {},
) =>
  explainRungs(rungs, reminders, isRunning, { now: MONDAY, opensAt }).map(
    ({ code, fate, by }) => `${code} ${fate}${by === null ? '' : ` ${by}`}`,
  );

describe('explainRungs', () => {
  it('tells what went and what went instead of it', () => {
    const reminders = [
      known('supervise', 'armed', 5, at('11-12')),
      known('overdue', 'recorded', 1, at('11-08')),
      known('due_today', 'superseded', 0, at('11-08')),
      known('due_soon', 'recorded', -3, at('11-02')),
    ];
    expect(fates([], reminders)).toEqual([
      'due_soon recorded',
      'due_today superseded overdue',
      'overdue recorded',
      'supervise to_come',
    ]);
  });

  it('tells of what is due that the highest goes with the next sweep, or when sending opens', () => {
    const reminders = [
      known('due_today', 'armed', 0, at('11-05')),
      known('overdue', 'armed', 1, at('11-08')),
    ];
    expect(fates([], reminders)).toEqual(['due_today goes_now overdue', 'overdue goes_now']);
    const night = { opensAt: at('11-09') };
    expect(fates([], reminders, night)).toEqual([
      'due_today waits_for_opening overdue',
      'overdue waits_for_opening',
    ]);
    expect(explainRungs([], reminders, true, { now: MONDAY, ...night }).map((rung) => rung.at)).toEqual([
      night.opensAt,
      night.opensAt,
    ]);
  });

  it('tells why a rung was cancelled', () => {
    const reminders = [known('overdue', 'cancelled', 1, at('11-08'))];
    expect(fates([], reminders)).toEqual(['overdue not_in_ladder']);
    expect(fates([], reminders, { isRunning: false })).toEqual(['overdue clock_stopped']);
  });

  it('tells of a cancelled rung that the ladder has why it is not armed', () => {
    const moved = [planned('due_soon', -5, at('10-29'), false), planned('expose', 0, at('11-05'))];
    const reminders = [
      known('due_soon', 'cancelled', -3, at('11-02')),
      known('overdue', 'recorded', 1, at('11-08')),
      known('expose', 'cancelled', 15, at('11-26')),
    ];
    expect(fates(moved, reminders)).toEqual([
      'due_soon past_when_planned',
      'expose outdone overdue',
      'overdue recorded',
    ]);
  });

  it('tells why a rung of the ladder was never armed', () => {
    const rungs = [
      planned('due_soon', -3, at('11-02'), false),
      planned('nudge', 0, at('11-05')),
      planned('expose', 15, at('11-26')),
    ];
    expect(fates(rungs, [known('overdue', 'recorded', 1, at('11-08'))])).toEqual([
      'due_soon past_when_planned',
      'nudge outdone overdue',
      'overdue recorded',
      'expose being_planned',
    ]);
  });
});

describe('whyNotRunning', () => {
  const why = (status: (typeof STATUSES)[number], returnCount = 0, hasRun = false) =>
    CLOCKS.map((kind) => whyNotRunning(kind, { status, returnCount }, hasRun)).join(' ');

  it('says it of every clock in every state', () => {
    expect(Object.fromEntries(STATUSES.map((status) => [status, why(status)]))).toEqual({
      reported: 'assigned not_assigned not_assigned not_assigned not_requested',
      assigned: 'assigned signed replaced no_co_handler not_requested',
      in_progress: 'assigned signed replaced no_co_handler not_requested',
      verifying: 'assigned signed verifying verifying not_requested',
      on_hold: 'assigned signed on_hold on_hold not_requested',
      resolved: 'resolved resolved resolved resolved resolved',
      rejected: 'rejected rejected rejected rejected rejected',
      terminated: 'terminated terminated terminated terminated terminated',
    });
  });

  it('says what ended one that has run', () => {
    expect(why('reported', 1, true)).toBe('assigned returned returned returned decided');
    expect(why('in_progress', 0, true)).toBe('assigned signed replaced opinion_given decided');
  });
});
