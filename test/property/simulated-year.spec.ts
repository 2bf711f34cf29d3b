import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import * as fc from 'fast-check';
import type { PlainYear } from './plain-year.js';
import { differences, foundIn, toldBy } from './year-findings.js';
import { YearPlay } from './year-play.js';
import { start, type Start } from './year-start.js';
import { type Step, step } from './year-steps.js';
import { YearWorld } from './year-world.js';

// Duties that nobody holds are warned of; here that is wanted.
Logger.overrideLogger(false);

/** The same year at every run; YEAR_SEED gives another, YEAR_RUNS more of them, YEAR_PATH the one that a failure named. */
const SEED = Number(process.env['YEAR_SEED'] ?? 20_211_010);
const YEARS = Number(process.env['YEAR_RUNS'] ?? 1);
const PATH = process.env['YEAR_PATH'];
/** Looks for a shorter story of what went wrong, which takes its time. */
const IS_SHRINKING = process.env['YEAR_SHRINK'] !== undefined;

/** About 400 of them go by in a year. */
const STEPS = 600;
const YEAR_MS = 365 * 86_400_000;
/** A year takes five seconds or so where nobody else is at work. */
const PATIENCE_MS = YEARS * 120_000;
const MOST_SHOWN = 12;

describe(`reminders of simulated years, seed ${SEED}`, () => {
  let world: YearWorld;
  const tally = new Map<string, number>();

  beforeAll(async () => {
    world = await YearWorld.open();
  });
  afterAll(() => world.close());

  it(
    'are those of a plain, slow model of the seven rules',
    async () => {
      const steps = fc.array(step, { minLength: IS_SHRINKING ? 1 : STEPS, maxLength: STEPS, size: 'max' });
      const { failed, counterexamplePath, errorInstance } = await fc.check(
        fc.asyncProperty(start, steps, live),
        {
          seed: SEED,
          numRuns: YEARS,
          endOnFailure: !IS_SHRINKING,
          ...(PATH === undefined ? {} : { path: PATH }),
        },
      );
      if (failed)
        throw new Error(`YEAR_SEED=${SEED} YEAR_PATH=${counterexamplePath}`, { cause: errorInstance });
      // A year in which little happens shows little.
      expect(HAPPENS.filter((what) => !tally.has(what))).toEqual([]);
    },
    PATIENCE_MS,
  );

  async function live(given: Start, steps: readonly Step[]): Promise<void> {
    const year = await world.begin(given);
    const play = new YearPlay(world, year, given);
    const until = play.at + YEAR_MS;
    for (const each of steps) {
      if (play.at > until) break;
      await play.take(each);
    }
    await play.quietDown();
    const found = differences(await foundIn(world), toldBy(year));
    const shown = found.slice(0, MOST_SHOWN);
    expect({ found: shown, of: found.length, story: storyOf(year, shown) }).toEqual({
      found: [],
      of: 0,
      story: [],
    });
    expect(world.arrived()).toBe(await world.sent());
    count(year, play.tally);
  }

  function count(year: PlainYear, { done, refused }: YearPlay['tally']): void {
    const add = (what: string, more = 1): unknown => tally.set(what, (tally.get(what) ?? 0) + more);
    add('accepted', done);
    add('refused', refused);
    for (const { state, version, run, policy } of year.ladder.reminders) {
      add(state);
      add(run.clock);
      if (version > 1) add('later version');
      if (policy > 1) add('edited ladder');
    }
    for (const { status, heldUntil } of year.ladder.deliveries) {
      add(status);
      if (Number.isFinite(heldUntil)) add('held by the cap');
    }
    for (const message of year.ladder.messages) {
      const carried = year.ladder.deliveries.filter(
        (one) => one.message === message && one.status === 'sent',
      );
      if (carried.length > 1) add('digest');
    }
    if (YEARS > 1) process.stdout.write(`${JSON.stringify(Object.fromEntries(tally))}\n`);
  }
});

const OUTAGE = /no sweeps|nothing is sent/;
const HAPPENS = [
  'accepted',
  'refused',
  'cancelled',
  'recorded',
  'superseded',
  'later version',
  'edited ladder',
  'assign',
  'sign',
  'handle',
  'co_handle',
  'verify',
  'sent',
  'suppressed',
  'digest',
  'held by the cap',
];

/** What happened to those whom the first differences are about. */
function storyOf(year: PlainYear, found: readonly string[]): string[] {
  const names = found.slice(0, 3).flatMap((line) => /^(\S+) [^→:]*(?:→ (\S+))?/.exec(line)?.slice(1) ?? []);
  const named = new RegExp(`\\b(${[...new Set(names.filter(Boolean))].join('|')})\\b`);
  return found.length === 0 ? [] : year.story.filter((line) => named.test(line) || OUTAGE.test(line));
}
