import { describe, expect } from '@jest/globals';
import { inWords, report, SENDING } from './outcomes.js';
import { OwnRedis } from './own-redis.js';
import { patiently } from './patiently.js';
import { eachRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 30;
const MOST_ARRIVED = 40;
/** `FAULTS_REDIS_AWAY_S=60`; without it, until one sweep has come. */
const AWAY_MS = 1_000 * Number(process.env['FAULTS_REDIS_AWAY_S'] ?? 0);

describe('a Redis that is emptied, goes away and comes back', () => {
  eachRound('redis-lost', async ({ name, random }) => {
    const redis = await OwnRedis.start();
    const stage = await Stage.open({ environment: () => ({ REDIS_URL: redis.url }) });
    try {
      const startedAt = performance.now();
      const { child } = await stage.startWorker();
      await child.url;

      const emptiedAfter = random.between(1, MOST_ARRIVED);
      await stage.due.add(CASES, random);
      await stage.ring();
      await stage.arrivals(emptiedAfter);
      await redis.empty();
      await stage.quiet();

      await redis.stop();
      await patiently('the worker to notice', async () => (await child.readiness()) === 'degraded');
      const goneAt = performance.now();
      let sweptIn = 0;
      do {
        await stage.due.add(CASES, random);
        // Nobody can ring: the sweep comes by the worker's own timer.
        sweptIn = Math.max(sweptIn, await patiently('a sweep without Redis', () => stage.isSwept()));
      } while (performance.now() - goneAt < AWAY_MS);
      const awayS = ((performance.now() - goneAt) / 1_000).toFixed(0);
      await redis.start();
      await redis.empty();
      await stage.quiet();

      await patiently('the worker to notice', async () => (await child.readiness()) === 'ready');
      await stage.due.add(CASES, random);
      await stage.ring();
      await stage.quiet();
      const { statuses, broken } = await sendingInvariants(stage);
      const lost = statuses['unknown'] ?? 0;
      report({
        round: name,
        fault: `FLUSHALL after ${emptiedAfter} messages; server stopped and away for ${awayS} s; started again empty`,
        kills: 0,
        tookMs: performance.now() - startedAt,
        outcome: `${inWords(statuses)}; swept without Redis within ${(sweptIn / 1_000).toFixed(1)} s`,
        looked: SENDING,
        broken,
      });
      expect(broken).toEqual({});
      expect(lost).toBe(0);
    } finally {
      await stage.close();
      await redis.close();
    }
  });
});
