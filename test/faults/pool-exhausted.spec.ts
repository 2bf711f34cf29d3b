import { describe, expect } from '@jest/globals';
import { Client } from 'pg';
import { brokenOf, inWords, report, SENDING } from './outcomes.js';
import { patiently } from './patiently.js';
import { eachRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';
import { brokenWeek } from './weekly-recount.js';
import { WriteBurst } from './write-burst.js';
import { brokenWrites } from './written-cases.js';

const CASES = 20;
const ENTERPRISES = 24;
const POOL = 2;
const PORTALS = 8;
/** Five seconds for a connection and ten for a lock, one after the other; the rest is for a busy machine. */
const ANSWERED_WITHIN_MS = 20_000;
const WEEK = '2021-W45';

describe('processes whose few connections are all taken', () => {
  eachRound('pool-exhausted', async ({ name, random }) => {
    const stage = await Stage.open({ environment: () => ({ DATABASE_POOL_SIZE: String(POOL) }) });
    const blocker = new Client({ connectionString: stage.database.ownerUrl });
    await blocker.connect();
    try {
      const burst = await WriteBurst.prepare(stage, ENTERPRISES);
      await stage.due.add(CASES, random);
      const [api, { child: worker }] = [stage.startApi(), await stage.startWorker()];
      const [url] = await Promise.all([api.url, worker.url]);
      await burst.signIn(url);
      const startedAt = performance.now();
      // Eight portals on two connections: they queue, and all are served.
      await burst.run(url);
      const early = { unanswered: burst.unanswered, putOff: burst.putOff };

      await burst.add(ENTERPRISES);
      await blocker.query('BEGIN; LOCK TABLE case_events, reminders, messages IN EXCLUSIVE MODE');
      stage.ringNow();
      const blocked = burst.run(url);
      await patiently('the pool to be taken', async () => (await api.readiness()) === 'unavailable');
      const live = await fetch(`${url}/health/live`);
      await blocked;
      await blocker.query('ROLLBACK');
      for (const child of [api, worker])
        await patiently('it to be ready again', async () => (await child.readiness()) === 'ready');
      const { putOff, longestMs } = burst;
      await burst.run(url);
      await stage.ring();
      await stage.quiet();

      const { statuses, broken: brokenSending } = await sendingInvariants(stage);
      const I5 = [
        ...(await brokenWrites(stage.database.dataSource, burst.answered)),
        ...burst.refused,
        ...(await burst.unfinished()),
      ];
      const I6 = await brokenWeek(stage, burst.reads(url), WEEK);
      const broken = {
        ...brokenSending,
        ...brokenOf({ I5, I6 }),
      };
      report({
        round: name,
        fault: `pools of ${POOL} connections under ${PORTALS} portals; then tables locked until all have their answer`,
        kills: 0,
        tookMs: performance.now() - startedAt,
        outcome: `${putOff} put off with 503 after ${(longestMs / 1_000).toFixed(1)} s at most, all served afterwards; ${inWords(statuses)}`,
        looked: [...SENDING, 'I5', 'I6'],
        broken,
      });
      expect(broken).toEqual({});
      expect(early).toEqual({ unanswered: 0, putOff: 0 });
      expect(live.status).toBe(200);
      expect(putOff).toBe(PORTALS);
      expect(longestMs).toBeLessThan(ANSWERED_WITHIN_MS);
    } finally {
      await blocker.end();
      await stage.close();
    }
  });
});
