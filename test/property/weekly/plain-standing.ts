import { dayNamed, dayOf } from '../plain-days.js';
import type { PlainEvent } from './plain-ledger.js';

/** How a case or problem stands. */
export interface Standing {
  isOnBooks: boolean;
  hasBeenOnBooks: boolean;
  isResolved: boolean;
  /** Of the last assignment; kept while returned and after closure. */
  department: string | null;
  official: string | null;
  /** The enterprise or the project. */
  owner: string | null;
  category: string | null;
  cause: string | null;
  dueAt: number | null;
  /** `null`: there is none, as while it is returned. */
  clock: 'running' | 'stopped' | null;
  wasLateWhenStopped: boolean;
  isHeld: boolean;
  /** Day 0 of the first assignment since report or reopening. */
  dayZero: number | null;
  /** Days of entry and of leaving. */
  holds: ReadonlyArray<{ from: number; until: number | null }>;
  /** Of the closure request that is looked at, then of the closure. */
  isOnTime: boolean;
}

export const UNHEARD_OF: Standing = {
  isOnBooks: false,
  hasBeenOnBooks: false,
  isResolved: false,
  department: null,
  official: null,
  owner: null,
  category: null,
  cause: null,
  dueAt: null,
  clock: null,
  wasLateWhenStopped: false,
  isHeld: false,
  dayZero: null,
  holds: [],
  isOnTime: false,
};

export const text = (facts: PlainEvent['facts'], name: string): string | null => {
  const value = facts[name];
  return typeof value === 'string' ? value : null;
};
export const moment = (facts: PlainEvent['facts'], name: string): number =>
  Date.parse(text(facts, name) ?? '');

const isBy = (at: number, due: number | null): boolean => due !== null && at <= due;

export function after(standing: Standing, event: PlainEvent): Standing {
  const { facts, at } = event;
  switch (event.type) {
    case 'reported':
      return {
        ...standing,
        owner: text(facts, 'enterpriseId') ?? text(facts, 'projectId'),
        category: text(facts, 'category'),
        cause: text(facts, 'cause'),
      };
    case 'assigned':
    case 'claimed':
    case 'reassigned':
      return answerable(standing, event);
    case 'reopened':
      return answerable({ ...standing, dayZero: null, holds: [], isResolved: false }, event);
    case 'returned':
      return { ...standing, clock: null, dueAt: null };
    case 'closure_requested':
      return { ...stopped(standing, at), isOnTime: isBy(at, standing.dueAt) };
    case 'held': {
      const holds = [...standing.holds, { from: dayOf(at), until: null }];
      return { ...stopped(standing, at), isHeld: true, holds };
    }
    case 'resumed': {
      const holds = standing.holds.map((hold) => ({ ...hold, until: hold.until ?? dayOf(at) }));
      return { ...standing, clock: 'running', isHeld: false, holds, dueAt: moment(facts, 'dueAt') };
    }
    case 'sent_back':
      return { ...standing, clock: 'running', dueAt: moment(facts, 'dueAt') };
    case 'extension_approved':
    case 'deadline_recomputed':
      return { ...standing, dueAt: moment(facts, 'dueAt') };
    case 'handed_over':
      return facts['coHandlerId'] === null
        ? { ...standing, official: text(facts, 'toOfficialId') }
        : standing;
    case 'resolved': {
      // What was taken in as closed came without a request, and counts by its own date.
      const isOnTime = facts['requestedAt'] === null ? isBy(at, standing.dueAt) : standing.isOnTime;
      return { ...left(standing), isResolved: true, isOnTime };
    }
    case 'terminated':
    case 'rejected':
      return left(standing);
    default:
      return standing;
  }
}

const stopped = (standing: Standing, at: number): Standing => ({
  ...standing,
  clock: 'stopped',
  wasLateWhenStopped: !isBy(at, standing.dueAt),
});

const left = (standing: Standing): Standing => ({
  ...standing,
  isOnBooks: false,
  clock: null,
  isHeld: false,
});

const answerable = (standing: Standing, { facts }: PlainEvent): Standing => ({
  ...standing,
  isOnBooks: true,
  hasBeenOnBooks: true,
  isHeld: false,
  department: text(facts, 'departmentId'),
  official: text(facts, 'officialId'),
  dueAt: moment(facts, 'dueAt'),
  clock: 'running',
  dayZero: standing.dayZero ?? dayNamed(text(facts, 'dayZeroOn') ?? ''),
});

/** Past due at a moment; a stopped clock only if it was late when it stopped. */
export function isOverdue(standing: Standing, at: number): boolean {
  if (!standing.isOnBooks || standing.clock === null || standing.dueAt === null) return false;
  return standing.clock === 'stopped' ? standing.wasLateWhenStopped : standing.dueAt < at;
}
