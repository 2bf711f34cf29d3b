import * as fc from 'fast-check';
import { office } from './weekly-story.js';
import { RATINGS } from '../../src/cases/rating.entity.js';
import type { OwnerRevisionAttributes } from '../../src/statistics/table/attributes.js';
import type { RatingGiven, SubjectEvent, SubjectHistory } from '../../src/statistics/table/history.js';

/** Random histories that keep to the lifecycle, around the week 2021-W44. */
export interface Ledger {
  histories: SubjectHistory[];
  enterprises: Map<string, OwnerRevisionAttributes[]>;
  asOf: number;
}

export const moves = (ledger: Ledger, enterpriseId: string): readonly OwnerRevisionAttributes[] =>
  ledger.enterprises.get(enterpriseId) ?? [];

type State = 'reported' | 'assigned' | 'in_progress' | 'verifying' | 'on_hold' | 'resolved' | 'gone';

/** What may happen in a state, and the state it leads to. */
const MAY: Record<State, ReadonlyArray<readonly [SubjectEvent['type'], State]>> = {
  reported: [
    ['assigned', 'assigned'],
    ['assigned', 'assigned'],
    ['claimed', 'in_progress'],
    ['rejected', 'gone'],
    ['terminated', 'gone'],
  ],
  assigned: [
    ['acknowledged', 'in_progress'],
    ['acknowledged', 'in_progress'],
    ['returned', 'reported'],
    ['reassigned', 'assigned'],
    ['resolved', 'resolved'],
    ['deadline_recomputed', 'assigned'],
    ['terminated', 'gone'],
  ],
  in_progress: [
    ['closure_requested', 'verifying'],
    ['closure_requested', 'verifying'],
    ['held', 'on_hold'],
    ['reassigned', 'assigned'],
    ['extension_approved', 'in_progress'],
    ['terminated', 'gone'],
  ],
  verifying: [
    ['resolved', 'resolved'],
    ['resolved', 'resolved'],
    ['sent_back', 'in_progress'],
  ],
  on_hold: [
    ['resumed', 'in_progress'],
    ['resumed', 'in_progress'],
    ['terminated', 'gone'],
  ],
  resolved: [['reopened', 'assigned']],
  gone: [],
};

const HOUR = 3_600_000;
/** Two weeks before the week; the walks below lead over it. */
const BEGIN = office.at('2021-10-18', '00:00').getTime();
const DEPARTMENTS = ['industry', 'finance', 'hanbin-office'] as const;
const OUTCOMES = ['recovered', 'explained', 'unstated'] as const;

interface Move {
  pick: number;
  hours: number;
  hoursLate: number;
  department: number;
  dueInDays: number;
  isRated: boolean;
}

const move: fc.Arbitrary<Move> = fc.record({
  pick: fc.nat(59),
  // Often at one moment with another event, or at midnight, when weeks begin and enterprises move.
  hours: fc.oneof(fc.constant(0), fc.constant(24), fc.constant(72), fc.nat(120)),
  hoursLate: fc.oneof(fc.constant(0), fc.nat(300)),
  department: fc.nat(2),
  dueInDays: fc.integer({ min: 0, max: 12 }),
  isRated: fc.boolean(),
});

const walk = fc.record({
  enterprise: fc.nat(2),
  beginsAfterHours: fc.oneof(
    fc.nat(15 * 24),
    fc.nat(15).map((days) => days * 24),
  ),
  moves: fc.array(move, { maxLength: 14 }),
});

const revision: fc.Arbitrary<OwnerRevisionAttributes> = fc
  .record({ day: fc.nat(28), hoursLate: fc.oneof(fc.constant(0), fc.nat(400)), isAway: fc.boolean() })
  .map(({ day, hoursLate, isAway }) => ({
    effectiveAt: BEGIN + day * 24 * HOUR,
    recordedAt: BEGIN + (day * 24 + hoursLate) * HOUR,
    reportingUnitId: isAway ? 'xunyang' : 'hanbin',
    industryCode: null,
    sizeClass: null,
  }));

/** One state for a moment: which of two corrections counts is the business of another test. */
const revisions = fc
  .uniqueArray(revision, { maxLength: 3, selector: ({ effectiveAt }) => effectiveAt })
  .map((all) => all.toSorted((one, other) => one.effectiveAt - other.effectiveAt));

export const ledgers: fc.Arbitrary<Ledger> = fc
  .record({
    walks: fc.array(walk, { minLength: 1, maxLength: 8 }),
    enterprises: fc.tuple(revisions, revisions, revisions),
    // Never before the week ends: a running week is another test.
    asOfAfterHours: fc.oneof(fc.constant(0), fc.nat(500)),
  })
  .map(({ walks, enterprises, asOfAfterHours }) => ({
    histories: walks.map((one, index) => historyOf(`case-${index}`, `enterprise-${one.enterprise}`, one)),
    enterprises: new Map(enterprises.map((all, index) => [`enterprise-${index}`, all])),
    asOf: BEGIN + (21 * 24 + asOfAfterHours) * HOUR,
  }));

const iso = (instant: number): string => new Date(instant).toISOString();

interface Walk {
  beginsAfterHours: number;
  moves: Move[];
}

function historyOf(
  subjectId: string,
  enterpriseId: string,
  { beginsAfterHours, moves: steps }: Walk,
): SubjectHistory {
  const ratings: RatingGiven[] = [];
  const events: SubjectEvent[] = [];
  let at = BEGIN + beginsAfterHours * HOUR;
  let recordedAt = at;
  let state: State = 'reported';
  const begun = { assignment: 0, request: 0 };
  let requestedAt: string | null = null;
  const happened = (type: SubjectEvent['type'], payload: object): void => {
    const sequence = events.length + 1;
    const id = `${subjectId}-${sequence}`;
    const event: unknown = { id, type, effectiveAt: at, recordedAt, sequence, payload };
    if (isEvent(event)) events.push(event);
  };
  const report = { number: subjectId, enterpriseId, reportingUnitId: 'hanbin', assignBy: iso(at) };
  happened('reported', report);
  for (const { pick, hours, hoursLate, department, dueInDays, isRated } of steps) {
    const choices: ReadonlyArray<readonly [SubjectEvent['type'], State]> = MAY[state];
    const choice = choices[pick % Math.max(1, choices.length)];
    if (choice === undefined) break;
    const [type] = choice;
    at += hours * HOUR;
    // What is learnt late holds up what comes after it: events of one case are recorded in their order.
    recordedAt = Math.max(recordedAt, at + hoursLate * HOUR);
    if (['assigned', 'claimed', 'reassigned', 'reopened'].includes(type)) {
      begun.assignment += 1;
      requestedAt = null;
    }
    if (type === 'closure_requested') {
      begun.request += 1;
      requestedAt = iso(at);
    }
    happened(type, {
      assignmentId: `${subjectId}-${begun.assignment}`,
      departmentId: ['assigned', 'claimed', 'reassigned', 'reopened'].includes(type)
        ? DEPARTMENTS[department]
        : '',
      dayZeroOn: office.dateOf(new Date(at)),
      acknowledgeBy: iso(at + 24 * HOUR),
      closureRequestId: requestedAt === null ? null : `${subjectId}-request-${begun.request}`,
      outcome: OUTCOMES[department],
      requestedAt,
      ...(SETS_DUE.has(type) && { dueAt: iso(at + dueInDays * 24 * HOUR) }),
    });
    state = choice[1];
    if (type === 'resolved' && isRated) {
      const given = at + dueInDays * 12 * HOUR;
      ratings.push({
        id: `${subjectId}-rating-${ratings.length}`,
        effectiveAt: given,
        recordedAt: given + hoursLate * HOUR,
        rating: RATINGS[pick % 5] ?? 'satisfied',
      });
    }
  }
  return { subjectId, events, ratings };
}

const SETS_DUE: ReadonlySet<string> = new Set([
  'assigned',
  'claimed',
  'reassigned',
  'reopened',
  'sent_back',
  'resumed',
  'extension_approved',
  'deadline_recomputed',
]);

/** The walk above makes nothing else; the payloads hold more than each type needs. */
const isEvent = (made: unknown): made is SubjectEvent => typeof made === 'object';
