import type { ClockKind } from '../cases/deadlines/clocks.js';
import type { Status } from '../cases/lifecycle/states.js';
import { isOutdone, type KnownReminder } from './due-rungs.js';
import type { PlannedRung } from './plan-rungs.js';

/** Why a clock does not run. */
export const STOP_REASONS = [
  'on_hold',
  'verifying',
  'resolved',
  'rejected',
  'terminated',
  'not_assigned',
  'returned',
  'assigned',
  'signed',
  'opinion_given',
  'no_co_handler',
  'not_requested',
  'decided',
  'deadline_changed',
  'replaced',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** What becomes of a rung, or why nothing does. */
export const RUNG_FATES = [
  'to_come',
  'goes_now',
  'waits_for_opening',
  'recorded',
  'superseded',
  'clock_stopped',
  'not_in_ladder',
  'past_when_planned',
  'outdone',
  'being_planned',
] as const;
export type RungFate = (typeof RUNG_FATES)[number];

export interface StandingOfSubject {
  status: Status;
  returnCount: number;
}

/** Why a clock of this kind does not run now; `hasRun`: it has, so that something ended it. */
export function whyNotRunning(
  kind: ClockKind,
  { status, returnCount }: StandingOfSubject,
  hasRun: boolean,
): StopReason {
  if (status === 'resolved' || status === 'rejected' || status === 'terminated') return status;
  if (kind === 'assign') return 'assigned';
  if (kind === 'verify') return hasRun ? 'decided' : 'not_requested';
  if (status === 'reported') return returnCount > 0 ? 'returned' : 'not_assigned';
  if (kind === 'sign') return 'signed';
  if (status === 'on_hold' || status === 'verifying') return status;
  if (kind === 'handle') return 'replaced';
  return hasRun ? 'opinion_given' : 'no_co_handler';
}

/** A reminder that there is, with when it fell due. */
export interface RememberedReminder extends KnownReminder {
  recordedAt: Date | null;
}

/** A rung of one deadline of a clock, and what becomes of it. */
export interface ExplainedRung {
  code: string;
  offsetWorkingDays: number;
  fate: RungFate;
  /** When it goes, went or would have gone. */
  at: Date | null;
  /** The rung that goes or went instead. */
  by: string | null;
}

export interface Moment {
  now: Date;
  /** When sending opens; now itself where it is open. */
  opensAt: Date;
}

/**
 * Every rung of one deadline, lowest first: those that the ladder has (`planned`; none for a clock that does not run)
 * and those that there are (`known`).
 */
export function explainRungs(
  planned: readonly PlannedRung[],
  known: readonly RememberedReminder[],
  isRunning: boolean,
  moment: Moment,
): ExplainedRung[] {
  const codes = new Set(known.map(({ rung }) => rung));
  const absent = planned.filter(({ code }) => !codes.has(code));
  return [
    ...known.map((reminder) => {
      const rung = planned.find(({ code }) => code === reminder.rung);
      // Nothing armed is left of it, as of one that never was.
      return reminder.state === 'cancelled' && rung !== undefined
        ? explainAbsent(rung, known, moment)
        : explainKnown(reminder, known, isRunning, moment);
    }),
    ...absent.map((rung) => explainAbsent(rung, known, moment)),
  ].toSorted((one, other) => one.offsetWorkingDays - other.offsetWorkingDays);
}

function explainKnown(
  reminder: RememberedReminder,
  known: readonly RememberedReminder[],
  isRunning: boolean,
  { now, opensAt }: Moment,
): ExplainedRung {
  const { rung: code, offsetWorkingDays, state, firesAt, recordedAt } = reminder;
  const about = { code, offsetWorkingDays, by: null };
  if (state === 'recorded') return { ...about, fate: 'recorded', at: recordedAt };
  if (state === 'superseded')
    return { ...about, fate: 'superseded', at: recordedAt, by: wentInsteadOf(reminder, known) };
  if (state === 'cancelled')
    return { ...about, fate: isRunning ? 'not_in_ladder' : 'clock_stopped', at: firesAt };
  if (firesAt > now) return { ...about, fate: 'to_come', at: firesAt };
  const higher = highestDue(known, now);
  const by = higher.rung === code ? null : higher.rung;
  return { ...about, fate: opensAt > now ? 'waits_for_opening' : 'goes_now', at: opensAt, by };
}

function explainAbsent(
  rung: PlannedRung,
  known: readonly RememberedReminder[],
  { now }: Moment,
): ExplainedRung {
  const { code, offsetWorkingDays, firesAt, isArmable } = rung;
  const about = { code, offsetWorkingDays, at: firesAt, by: null };
  if (!isArmable) return { ...about, fate: 'past_when_planned' };
  if (isOutdone(rung, known, now)) return { ...about, fate: 'outdone', by: lowestAbove(rung, known) };
  return { ...about, fate: 'being_planned' };
}

const byOffset = (one: KnownReminder, other: KnownReminder): number =>
  one.offsetWorkingDays - other.offsetWorkingDays;

/** Of what is armed and due, what a sweep takes; there is one where it is asked. */
function highestDue(known: readonly RememberedReminder[], now: Date): RememberedReminder {
  const due = known.filter(({ state, firesAt }) => state === 'armed' && firesAt <= now);
  const highest = due.toSorted(byOffset).at(-1);
  if (highest === undefined) throw new Error('nothing is due');
  return highest;
}

/** The lowest of those recorded above it, not before it fell due itself. */
function wentInsteadOf(reminder: RememberedReminder, known: readonly RememberedReminder[]): string | null {
  const later = known.filter(
    ({ recordedAt }) =>
      recordedAt !== null && reminder.recordedAt !== null && recordedAt >= reminder.recordedAt,
  );
  return lowestAbove(reminder, later);
}

function lowestAbove(
  { offsetWorkingDays }: Pick<KnownReminder, 'offsetWorkingDays'>,
  known: readonly RememberedReminder[],
): string | null {
  const above = known.filter(
    (other) => other.state === 'recorded' && other.offsetWorkingDays > offsetWorkingDays,
  );
  return above.toSorted(byOffset)[0]?.rung ?? null;
}
