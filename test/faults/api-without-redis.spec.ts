import { describe, expect } from '@jest/globals';
import { brokenOf, report } from './outcomes.js';
import { OwnRedis } from './own-redis.js';
import { patiently } from './patiently.js';
import { eachRound } from './rounds.js';
import { Stage } from './stage.js';
import { brokenWeek } from './weekly-recount.js';
import { WriteBurst } from './write-burst.js';
import { brokenWrites } from './written-cases.js';

const ENTERPRISES = 24;
const MOST_WRITES = 40;
/** A request never waits for the queue; the rest is for a busy machine. */
const ANSWERED_WITHIN_MS = 5_000;
const WEEK = '2021-W45';

describe('an API whose Redis goes away in a burst of writes', () => {
  eachRound('api-without-redis', async ({ name, random }) => {
    const redis = await OwnRedis.start();
    const stage = await Stage.open({ environment: () => ({ REDIS_URL: redis.url }) });
    try {
      const burst = await WriteBurst.prepare(stage, ENTERPRISES);
      const api = stage.startApi();
      const url = await api.url;
      await patiently('Redis to be seen', async () => (await api.readiness()) === 'ready');
      await burst.signIn(url);
      const startedAt = performance.now();
      const after = random.between(1, MOST_WRITES);
      let left = after;
      let stopped: Promise<void> | null = null;
      await burst.run(url, () => {
        left -= 1;
        if (left === 0) stopped = redis.stop();
      });
      await (stopped ?? redis.stop());

      const whileAway = await api.readiness();
      await burst.add(ENTERPRISES);
      await burst.signIn(url);
      await burst.run(url);
      const list: { items: unknown[] } = JSON.parse(await burst.reads(url)('/cases?limit=100'));
      const I6 = await brokenWeek(stage, burst.reads(url), WEEK);
      await redis.start();
      await patiently('Redis to be seen again', async () => (await api.readiness()) === 'ready');
      const I5 = [
        ...(await brokenWrites(stage.database.dataSource, burst.answered)),
        ...burst.refused,
        ...(await burst.unfinished()),
      ];
      const broken = brokenOf({ I5, I6 });
      report({
        round: name,
        fault: `Redis stopped after ${after} writes, and away for ${burst.answered.length - after} more; started again`,
        kills: 0,
        tookMs: performance.now() - startedAt,
        outcome: `all ${burst.answered.length} writes answered, the longest after ${Math.round(burst.longestMs)} ms; readiness ${whileAway} meanwhile`,
        looked: ['I5', 'I6'],
        broken,
      });
      expect(broken).toEqual({});
      expect(whileAway).toBe('degraded');
      expect(list.items).toHaveLength(burst.enterprises);
      expect({ unanswered: burst.unanswered, putOff: burst.putOff }).toEqual({ unanswered: 0, putOff: 0 });
      expect(burst.longestMs).toBeLessThan(ANSWERED_WITHIN_MS);
    } finally {
      await stage.close();
      await redis.close();
    }
  });
});
