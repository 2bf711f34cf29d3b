import { describe, expect } from '@jest/globals';
import { seedCalendar } from '../../src/calendar/seed-calendar.js';
import type { Season } from './due-reminders.js';
import { inWords, report, SENDING } from './outcomes.js';
import { patiently } from './patiently.js';
import { eachRound } from './rounds.js';
import type { Seeded } from './seeded.js';
import { sendingInvariants, type Sent } from './sending-invariants.js';
import { Stage, type WorkerProcess } from './stage.js';

const CASES = 20;
const BEFORE_MS = 400;
/** A calendar loaded by another process is known after a minute. */
const KNOWN_AFTER_MS = 120_000;

/** A year of which nothing is known yet; by the guess, the reminders fall due on Monday, 4 January at 09:00. */
const YEAR_UNKNOWN: Season = {
  startsAt: new Date('2026-12-31T10:00:00+08:00'),
  armedAt: '2026-12-21T10:00:00+08:00',
  deadlines: [['2027-01-07T18:00:00+08:00', ['due_soon']]],
};
/** As it might be announced: that Monday is off, and the Sunday before is worked. */
const YEAR_2027 = [
  { day: '2027-01-01', isWorking: false, name: '元旦' },
  { day: '2027-01-03', isWorking: true, name: '元旦' },
  { day: '2027-01-04', isWorking: false, name: '元旦' },
  { day: '2027-10-01', isWorking: false, name: '国庆节' },
];
const MONDAY = new Date('2027-01-04T09:00:00+08:00');
const TUESDAY = new Date('2027-01-05T09:00:00+08:00');

describe('the calendar of a year loaded while its reminders are armed', () => {
  eachRound('calendar-later', async ({ name, random }) => {
    const startedAt = performance.now();
    const guessed = await played(random, false);
    const loaded = await played(random, true);
    report({
      round: name,
      fault:
        'a year is loaded on 31 December, in which the guessed Monday is off; once without, once with it',
      kills: 0,
      tookMs: performance.now() - startedAt,
      outcome: `${guessed.onMonday} messages on the guessed Monday, ${loaded.onMonday} when it is known to be off; ${inWords(loaded.sent.statuses)} on Tuesday`,
      looked: SENDING,
      broken: { ...guessed.sent.broken, ...loaded.sent.broken },
    });
    expect(guessed.sent.broken).toEqual({});
    expect(loaded.sent.broken).toEqual({});
    expect(loaded.onMonday).toBe(0);
    // Else the calendar would not have mattered.
    expect(guessed.onMonday).toBeGreaterThan(0);
  });
});

async function played(random: Seeded, isLoaded: boolean): Promise<{ onMonday: number; sent: Sent }> {
  const stage = await Stage.open({ season: YEAR_UNKNOWN });
  try {
    const worker = await stage.startWorker();
    await worker.child.url;
    await stage.due.add(CASES, random);
    if (isLoaded) await stage.world.transactions.run((tx) => seedCalendar(tx, stage.now(), YEAR_2027));
    await stage.moveTo(new Date(stage.now().getTime() + KNOWN_AFTER_MS));
    await stage.lookedAgain(worker);
    await past(stage, worker, MONDAY);
    const onMonday = stage.arrived;
    await past(stage, worker, TUESDAY);
    await stage.quiet();
    return { onMonday, sent: await sendingInvariants(stage) };
  } finally {
    await stage.close();
  }
}

async function past(stage: Stage, worker: WorkerProcess, moment: Date): Promise<void> {
  await stage.moveTo(new Date(moment.getTime() - BEFORE_MS));
  await patiently('the moment', async () => stage.now() > moment);
  await stage.lookedAgain(worker);
}
