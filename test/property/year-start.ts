import * as fc from 'fast-check';
import { dayNamed } from './plain-days.js';
import type { PlainRung } from './plain-ladder.js';
import type { PlainChannel, PlainPerson, PlainRole } from './plain-people.js';

/** What a year begins with. */
export interface Start {
  /** The first day. */
  from: number;
  /** Days off from Monday to Friday, and worked weekends, as days after the first. */
  exceptions: readonly number[];
  rungs: PlainRung[];
  /** Other ladders, to which it is changed. */
  edits: PlainRung[][];
  /** By department: three that handle, that of the leaders, the office. */
  people: Array<Array<Omit<PlainPerson, 'name' | 'department'>>>;
  isPaired: boolean[];
}

export const HANDLING_DEPARTMENTS = 3;
export const ENTERPRISES = 7;
const DAYS = 460;

const BOTH: PlainChannel[] = ['email', 'sms'];

/** The ladder of the domain page; the rungs that run on clocks of their own fall due on the working day after it. */
const DEFAULT: PlainRung[] = [
  { name: 'due_soon', clock: 'handle', workingDays: -3, to: ['official'], channels: BOTH },
  { name: 'due_today', clock: 'handle', workingDays: 0, to: ['official', 'liaison'], channels: BOTH },
  {
    name: 'overdue',
    clock: 'handle',
    workingDays: 1,
    to: ['official', 'liaison', 'paired_leader'],
    channels: BOTH,
  },
  { name: 'supervise', clock: 'handle', workingDays: 5, to: ['head', 'task_force'], channels: BOTH },
  {
    name: 'escalate',
    clock: 'handle',
    workingDays: 10,
    to: ['paired_leader', 'head', 'task_force'],
    channels: BOTH,
  },
  { name: 'expose', clock: 'handle', workingDays: 15, to: ['task_force'], channels: ['email'] },
  { name: 'assign_overdue', clock: 'assign', workingDays: 1, to: ['task_force'], channels: BOTH },
  { name: 'sign_overdue', clock: 'sign', workingDays: 1, to: ['liaison', 'head'], channels: BOTH },
  { name: 'co_handle_overdue', clock: 'co_handle', workingDays: 1, to: ['co_handler'], channels: BOTH },
  { name: 'verify_overdue', clock: 'verify', workingDays: 1, to: ['verifier'], channels: BOTH },
];

/** Small edits: a rung less, a day more, another recipient, one channel. The order of the rungs of a clock stays. */
const ladder: fc.Arbitrary<PlainRung[]> = fc
  .tuple(
    ...DEFAULT.map(() =>
      fc.record({
        isLeftOut: fc.integer({ min: 1, max: 20 }).map((roll) => roll === 1),
        shift: fc.constantFrom(0, 0, 0, 0, 1, 2),
        another: fc.constantFrom<PlainRole | null>(null, null, null, 'head', 'task_force', 'paired_leader'),
        channels: fc.constantFrom<PlainChannel[]>(BOTH, BOTH, BOTH, ['email'], ['sms']),
      }),
    ),
  )
  .map((edits) => {
    let later = 0;
    return edits.flatMap(({ isLeftOut, shift, another, channels }, place): PlainRung[] => {
      const rung = DEFAULT[place];
      if (rung === undefined || isLeftOut) return [];
      later = rung.clock === 'handle' ? later + shift : shift;
      // Before anybody is answerable, there is no head.
      const isKnown = another !== null && (another !== 'head' || rung.clock !== 'assign');
      const to = !isKnown || rung.to.includes(another) ? rung.to : [...rung.to, another];
      const own = rung.channels.length === 1 ? rung.channels : channels;
      return [{ ...rung, workingDays: rung.workingDays + later, to, channels: own }];
    });
  });

const person = (
  ...duties: ReadonlyArray<PlainPerson['duty']>
): fc.Arbitrary<Omit<PlainPerson, 'name' | 'department'>> =>
  fc.record({
    duty: fc.constantFrom(...duties),
    isActive: fc.integer({ min: 1, max: 10 }).map((roll) => roll > 1),
    reachedBy: fc.constantFrom<PlainChannel[]>(BOTH, BOTH, BOTH, BOTH, BOTH, ['email'], ['sms'], []),
  });

/** Two handlers at least, and duties that one, two or nobody holds. */
const department = fc
  .tuple(
    fc.array(person('handler'), { minLength: 2, maxLength: 3 }),
    fc.array(person('liaison', 'head', 'liaison', 'head', 'handler'), { minLength: 1, maxLength: 4 }),
  )
  .map((people) => people.flat());

export const start: fc.Arbitrary<Start> = fc.record({
  // Whatever year it is, its end comes within.
  from: fc.constantFrom('2021-09-01', '2021-12-29', '2022-06-15', '2024-02-27', '2026-03-03').map(dayNamed),
  exceptions: fc
    .array(fc.tuple(fc.nat(DAYS), fc.integer({ min: 1, max: 8 })), { minLength: 6, maxLength: 16 })
    .map((blocks) => [
      ...new Set(blocks.flatMap(([first, length]) => Array.from({ length }, (_none, more) => first + more))),
    ]),
  rungs: ladder.filter((rungs) => rungs.length > 0),
  edits: fc.array(ladder, { minLength: 4, maxLength: 6 }),
  people: fc
    .tuple(
      department,
      department,
      department,
      fc.array(person('leader'), { minLength: 2, maxLength: 3 }),
      fc.array(person('handler', 'head'), { minLength: 1, maxLength: 2 }),
    )
    .map((departments) => [...departments]),
  isPaired: fc.array(fc.boolean(), { minLength: ENTERPRISES, maxLength: ENTERPRISES }),
});

/** 1970-01-01 was a Thursday. */
const isWeekday = (day: number): boolean => ![2, 3].includes(((day % 7) + 7) % 7);

/** Weekdays are worked and weekends are not, except where it is the other way round; 1 January never is. */
export const isWorkedIn =
  ({ from, exceptions }: Start): ((day: number) => boolean) =>
  (day) =>
    !isNewYear(day) && isWeekday(day) !== exceptions.includes(day - from);

const isNewYear = (day: number): boolean => new Date(day * 86_400_000).toISOString().slice(5, 10) === '01-01';
