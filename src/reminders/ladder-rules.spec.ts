import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { CLOCKS, type ClockKind } from '../cases/deadlines/clocks.js';
import { RUNG_CODE } from '../notifications/rung-code.js';
import { DEADLINE_CLASSES, DEFAULT_RUNGS, RECIPIENT_ROLES, type RecipientRole, type Rung } from './ladder.js';
import { ladderFaults, MOST_RUNGS, OFFSETS, RECIPIENTS_OF } from './ladder-rules.js';

const rung = (code: string, clock: ClockKind, offset: number, recipients: RecipientRole[]): Rung => ({
  code,
  clock,
  offsetWorkingDays: offset,
  recipients,
  channels: ['email'],
});
const faultsOf = (...rungs: Rung[]) =>
  ladderFaults('default', rungs).map(({ pointer, code }) => `${pointer} ${code}`);

describe('the rules of a ladder', () => {
  it('take the default ladder, for every class', () => {
    for (const appliesTo of DEADLINE_CLASSES) expect(ladderFaults(appliesTo, DEFAULT_RUNGS)).toEqual([]);
    for (const { code, offsetWorkingDays } of DEFAULT_RUNGS) {
      expect(code).toMatch(RUNG_CODE);
      expect(offsetWorkingDays).toBeGreaterThanOrEqual(OFFSETS.least);
      expect(offsetWorkingDays).toBeLessThanOrEqual(OFFSETS.most);
    }
    expect(DEFAULT_RUNGS.length).toBeLessThan(MOST_RUNGS);
  });

  it('want one rung at least of the default, and of no other class', () => {
    expect(ladderFaults('default', [])).toEqual([{ pointer: '/rungs', code: 'LADDER_DEFAULT_EMPTY' }]);
    expect(ladderFaults('simple', [])).toEqual([]);
  });

  it('want each code once in the ladder, whatever the clock', () => {
    expect(faultsOf(rung('late', 'handle', 1, ['official']), rung('late', 'sign', 1, ['head']))).toEqual([
      '/rungs/1/code RUNG_CODE_TWICE',
    ]);
  });

  it('want no code that every object has of itself', () => {
    expect(faultsOf(rung('constructor', 'handle', 1, ['official']))).toEqual([
      '/rungs/0/code RUNG_CODE_RESERVED',
    ]);
  });

  it('want each moment once for a clock, and not for two', () => {
    const one = rung('one', 'handle', 1, ['official']);
    expect(faultsOf(one, rung('other', 'handle', 1, ['head']))).toEqual([
      '/rungs/1/offsetWorkingDays RUNG_OFFSET_TWICE',
    ]);
    expect(faultsOf(one, rung('other', 'sign', 1, ['head']))).toEqual([]);
  });

  it.each<[ClockKind, RecipientRole]>([
    ['assign', 'official'],
    ['assign', 'liaison'],
    ['handle', 'co_handler'],
    ['handle', 'verifier'],
    ['sign', 'co_handler'],
    ['co_handle', 'verifier'],
    ['verify', 'co_handler'],
  ])('on the clock %s know no %s', (clock, role) => {
    expect(faultsOf(rung('late', clock, 1, ['task_force', role]))).toEqual([
      '/rungs/0/recipients/1 RUNG_RECIPIENT_UNKNOWN',
    ]);
  });

  it('know every role on some clock', () => {
    const known = new Set(CLOCKS.flatMap((clock) => RECIPIENTS_OF[clock]));
    expect(RECIPIENT_ROLES.filter((role) => !known.has(role))).toEqual([]);
  });

  it('decide which of a clock’s rungs is the highest, in whatever they take', () => {
    const rungs = fc.array(
      fc.record({
        code: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        clock: fc.constantFrom(...CLOCKS),
        offsetWorkingDays: fc.integer({ min: -2, max: 2 }),
        recipients: fc.constant<RecipientRole[]>(['task_force']),
        channels: fc.constant<Rung['channels']>(['email']),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(rungs, (ladder) => {
        const codes = new Set(ladder.map(({ code }) => code));
        const moments = new Set(
          ladder.map(({ clock, offsetWorkingDays }) => `${clock} ${offsetWorkingDays}`),
        );
        const isSound = codes.size === ladder.length && moments.size === ladder.length;
        expect(ladderFaults('default', ladder).length === 0).toBe(isSound);
      }),
    );
  });
});
