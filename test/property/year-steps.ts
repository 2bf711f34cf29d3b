import * as fc from 'fast-check';
import { dayOf, momentOf } from './plain-days.js';

/** One step of a year: the clock moves, something is done, and the workers may look, if they are there. */
export interface Step {
  move: Move;
  deed: Deed;
  /** What the workers get to do before that. */
  look: { isEndingHolds: boolean; isSweeping: boolean; isDelivering: boolean };
  /** Numbers from which a deed takes what it needs. */
  target: number;
  choice: number;
  days: number;
}

type Move = { kind: 'minutes'; minutes: number } | { kind: 'edge'; days: number; at: number };

const DEEDS = [
  'nothing',
  'act',
  'report',
  'co_handle',
  'people',
  'deputise',
  'pair',
  'hand_over',
  'edit_ladder',
  'no_sweeper',
  'no_sender',
] as const;
export type Deed = (typeof DEEDS)[number];

const HOUR = 60;
/** Moments of a day at which something changes, and just beside them. */
const EDGES = [
  0,
  7 * HOUR + 59,
  8 * HOUR,
  8 * HOUR + 30,
  8 * HOUR + 59,
  9 * HOUR,
  9 * HOUR,
  9 * HOUR + 1,
  12 * HOUR,
  15 * HOUR,
  17 * HOUR + 29,
  17 * HOUR + 30,
  17 * HOUR + 31,
  18 * HOUR,
  18 * HOUR + 1,
  20 * HOUR + 59,
  21 * HOUR,
  21 * HOUR + 1,
  23 * HOUR + 59,
];

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('minutes' as const),
      minutes: fc.integer({ min: 0, max: 300 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('edge' as const),
      days: fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 5),
      at: fc.constantFrom(...EDGES),
    }),
  },
  // A clock that is set right: back by minutes, seldom by a day.
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('minutes' as const),
      minutes: fc.constantFrom(-2, -10, -45, -90, -26 * HOUR),
    }),
  },
);

const WEIGHTS: Record<Deed, number> = {
  nothing: 11,
  act: 45,
  report: 9,
  co_handle: 3,
  people: 7,
  deputise: 9,
  pair: 3,
  hand_over: 4,
  edit_ladder: 3,
  no_sweeper: 1,
  no_sender: 3,
};

export const step: fc.Arbitrary<Step> = fc.record({
  move,
  deed: fc.constantFrom(...DEEDS.flatMap((deed) => Array.from<Deed>({ length: WEIGHTS[deed] }).fill(deed))),
  look: fc.record({
    isEndingHolds: fc.boolean(),
    isSweeping: fc.integer({ min: 1, max: 10 }).map((roll) => roll <= 7),
    isDelivering: fc.integer({ min: 1, max: 10 }).map((roll) => roll <= 7),
  }),
  target: fc.nat(999),
  choice: fc.nat(999),
  days: fc.integer({ min: 1, max: 28 }),
});

const MINUTE = 60_000;

export function moved(at: number, to: Move): number {
  if (to.kind === 'minutes') return at + to.minutes * MINUTE;
  const on = momentOf(dayOf(at) + to.days, 0) + to.at * MINUTE;
  return on > at ? on : on + 24 * HOUR * MINUTE;
}

export const pick = <Item>(items: readonly Item[], choice: number): Item | undefined =>
  items[Math.floor(choice) % items.length];
