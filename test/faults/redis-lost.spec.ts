import { describe, expect, it } from '@jest/globals';
import { inWords, report, SENDING } from './outcomes.js';
import { OwnRedis } from './own-redis.js';
import { patiently } from './patiently.js';
import { ofRound, ROUNDS } from './seeded.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 30;
const MOST_ARRIVED = 40;

describe('a Redis that is emptied, goes away and comes back', () => {
  it.each(ROUNDS)('round %i', async (round) => {
    const random = ofRound('redis-lost', round);
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
      await stage.due.add(CASES, random);
      // Nobody can ring: the sweep comes by the worker's own timer.
      const sweptIn = await patiently('a sweep without Redis', () => stage.isSwept());
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
        round: `redis-lost ${round}`,
        fault: `FLUSHALL after ${emptiedAfter} messages; server stopped during a sweep; started again empty`,
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
