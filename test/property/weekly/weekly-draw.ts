import * as fc from 'fast-check';
import { dayNamed, momentOf, PlainCalendar } from '../plain-days.js';

/** Numbers of which a ledger is made; what cannot follow is passed over, so that any of them make a legal one. */
export interface Step {
  pick: number;
  gap: Gap;
  amount: number;
  lateHours: number;
  department: number;
  official: number;
  days: number;
  choice: number;
}

export interface Walk {
  beginsAfterDays: number;
  hour: number;
  steps: readonly Step[];
}

/** A case with its problems, or, without one, a problem of an enterprise or a project. */
export interface Chain {
  home: 'case' | 'enterprise' | 'project';
  own: Walk;
  problems: readonly Walk[];
  distress: number;
  revisions: readonly Revised[];
}

export interface Revised {
  day: number;
  hour: number;
  lateHours: number;
  /** What it is from then on. */
  unit: number;
  size: number;
  industry: number;
}

export interface Drawn {
  chains: readonly Chain[];
  /** By department. */
  levels: ReadonlyArray<readonly Revised[]>;
  days: ReadonlyArray<{ day: number; knownOn: number }>;
}

export type Gap = 'none' | 'minutes' | 'hours' | 'days' | 'midnight' | 'office end' | 'sign-for' | 'due';

const HOUR = 3_600_000;
/** Ten weeks with a week of holidays and two make-up days. */
export const FIRST_DAY = dayNamed('2021-09-13');
export const LAST_DAY = dayNamed('2021-11-22');
export const BEGIN = momentOf(FIRST_DAY, 0);
/** A working week as one would think; what the State Council says of it is another matter. */
export const OFFICE_DAYS = new PlainCalendar((day) => ![2, 3].includes(((day % 7) + 7) % 7));

/** Some hours are met often, so that things happen at one moment, and at the moments that divide weeks. */
const hour = fc.constantFrom(0, 0, 9, 12, 15, 18, 18, 20);
const lateHours = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 700 }) },
);

const step: fc.Arbitrary<Step> = fc.record({
  pick: fc.nat(1000),
  gap: fc.constantFrom<Gap>(
    'none',
    'minutes',
    'hours',
    'hours',
    'days',
    'days',
    'days',
    'midnight',
    'office end',
    'sign-for',
    'due',
  ),
  amount: fc.integer({ min: 1, max: 9 }),
  lateHours,
  department: fc.nat(3),
  official: fc.nat(1),
  days: fc.integer({ min: 1, max: 14 }),
  choice: fc.nat(59),
});

const walk: fc.Arbitrary<Walk> = fc.record({
  beginsAfterDays: fc.nat(38),
  hour,
  steps: fc.array(step, { minLength: 5, maxLength: 18, size: 'max' }),
});

const revised: fc.Arbitrary<Revised> = fc.record({
  day: fc.nat(69),
  hour,
  lateHours,
  unit: fc.nat(2),
  size: fc.nat(4),
  industry: fc.nat(3),
});

const chain: fc.Arbitrary<Chain> = fc.record({
  home: fc.constantFrom('case', 'case', 'case', 'case', 'enterprise', 'project'),
  own: walk,
  problems: fc.array(walk, { maxLength: 2 }),
  distress: fc.nat(2),
  revisions: fc.oneof(fc.constant([]), fc.array(revised, { maxLength: 3 })),
});

/** @param chains how many cases with their problems */
export const drawn = (chains: { min: number; max: number }): fc.Arbitrary<Drawn> =>
  fc.record({
    chains: fc.array(chain, { minLength: chains.min, maxLength: chains.max, size: 'max' }),
    levels: fc.array(fc.array(revised, { maxLength: 2 }), { minLength: 4, maxLength: 4 }),
    days: fc.array(fc.record({ day: fc.nat(59), knownOn: fc.integer({ min: 20, max: 75 }) }), {
      minLength: 4,
      maxLength: 8,
    }),
  });

/** One that is the same for the same seed. */
export function drawnBy(seed: number, chains: number): Drawn {
  const [one] = fc.sample(drawn({ min: chains, max: chains }), { seed, numRuns: 1 });
  if (one === undefined) throw new Error('nothing was drawn');
  return one;
}

/** The moment of a revision, and when it was learnt. */
export const datesOf = ({ day, hour: at, lateHours: late }: Revised): { at: number; known: number } => {
  const moment = BEGIN + (day * 24 + at) * HOUR;
  return { at: moment, known: moment + late * HOUR };
};
