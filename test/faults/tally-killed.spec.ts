import { describe, expect } from '@jest/globals';
import { READER_NAME } from '../../src/platform/database/open-writes.js';
import { drawnBy } from '../property/weekly/weekly-draw.js';
import { WeeklyLedger } from '../property/weekly/weekly-ledger.js';
import { NOVEMBER } from './due-reminders.js';
import { brokenOf, report } from './outcomes.js';
import { patiently } from './patiently.js';
import type { ProductChild } from './product-child.js';
import { eachKillingRound } from './rounds.js';
import type { Seeded } from './seeded.js';
import { Stage } from './stage.js';
import { brokenWeek } from './weekly-recount.js';
import { WriteBurst } from './write-burst.js';

const CHAINS = 300;
/** A ledger that becomes known in three parts; after each, whoever takes it in is killed at it. */
const DAYS = ['2021-10-18', '2021-11-01', '2021-11-08'];
const WEEKS = ['2021-W41', '2021-W43', '2021-W44'];
/** After it was seen at work. */
const LATEST_MS = 250;
const KINDS = ['API', 'worker'] as const;
type Kind = (typeof KINDS)[number];
const TASK = 'catch-up-tally';
/** So long a part of a round may last before the next one is written. */
const PART_MS = 45 * 60_000;

describe('an API and a worker killed while they take in what was recorded', () => {
  eachKillingRound('tally-killed', async ({ name, random }) => {
    const stage = await Stage.open({ season: { ...NOVEMBER, startsAt: new Date('2021-09-01T00:00:00Z') } });
    try {
      const ledger = await WeeklyLedger.on(stage.database, drawnBy(random.between(0, 1_000_000), CHAINS));
      const burst = await WriteBurst.prepare(stage, 0);
      const startedAt = performance.now();
      const I6: string[] = [];
      const hits: string[] = [];
      for (const [place, day] of DAYS.entries()) {
        const moment = ledger.quietFrom(Date.parse(`${day}T00:00:00+08:00`), PART_MS);
        await ledger.comeTo(moment);
        await stage.moveTo(new Date(moment));
        for (const kind of KINDS) hits.push(await killed(stage, kind, burst, random));
        const api = stage.startApi();
        const url = await api.url;
        await burst.signIn(url);
        for (const week of WEEKS.slice(0, place + 1))
          I6.push(...(await brokenWeek(stage, burst.reads(url), week)));
        api.kill();
      }
      const broken = brokenOf({ I6 });
      report({
        round: name,
        fault: `killed −9 while it brings the tally up to date: ${hits.join(', ')}`,
        kills: hits.length,
        tookMs: performance.now() - startedAt,
        outcome: 'each table equals the recount',
        looked: ['I6'],
        broken,
      });
      expect(broken).toEqual({});
    } finally {
      await stage.close();
    }
  });
});

/** Has one take in what is new, and kills it while it does, or when it has. @returns which it was */
async function killed(stage: Stage, kind: Kind, burst: WriteBurst, random: Seeded): Promise<string> {
  let isOver = false;
  const child = kind === 'API' ? stage.startApi() : (await stage.startWorker()).child;
  const done = kind === 'API' ? await asked(burst, await child.url) : await rung(stage, child);
  void done().then(() => (isOver = true));
  await patiently('somebody at the tally', async () => isOver || (await isAtWork(stage)));
  const dyingAt = performance.now() + random.between(0, LATEST_MS);
  await patiently('the kill', () => performance.now() >= dyingAt);
  const isHit = await isAtWork(stage);
  child.kill();
  await child.ended;
  return `${kind} ${isHit ? 'in the middle' : 'afterwards'}`;
}

/** @returns what asks for a table, answered or not */
async function asked(burst: WriteBurst, url: string): Promise<() => Promise<unknown>> {
  await burst.signIn(url);
  return () =>
    burst
      .reads(url)('/statistics/weekly/2021-W40')
      .catch(() => null);
}

/** @returns what wakes the worker, and waits until it has done it or is dead */
async function rung(stage: Stage, child: ProductChild): Promise<() => Promise<unknown>> {
  await child.url;
  return async () => {
    await stage.ring([TASK]);
    await patiently(TASK, () =>
      child.runs(TASK).then(
        (runs) => runs > 0,
        () => true,
      ),
    );
  };
}

/** The one lock that a reader takes is that of whoever keeps the tally. */
async function isAtWork(stage: Stage): Promise<boolean> {
  const found = await stage.world.query(
    `SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database() AND a.application_name = $1`,
    [READER_NAME],
  );
  return found.length > 0;
}
