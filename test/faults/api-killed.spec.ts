import { describe, expect } from '@jest/globals';
import { brokenOf, report } from './outcomes.js';
import { eachKillingRound } from './rounds.js';
import { Stage } from './stage.js';
import { WriteBurst } from './write-burst.js';
import { brokenWeek } from './weekly-recount.js';
import { brokenWrites } from './written-cases.js';

const ENTERPRISES = 40;
/** Three to five writes an enterprise; three kills, and the rest is written by the last process. */
const KILLS_A_ROUND = 3;
const MOST_WRITES_A_KILL = 45;
const WEEK = '2021-W45';

describe('an API killed in a burst of writes', () => {
  eachKillingRound('api-killed', async ({ name, random }) => {
    const stage = await Stage.open();
    try {
      const burst = await WriteBurst.prepare(stage, ENTERPRISES);
      const startedAt = performance.now();
      const afterWrites = Array.from({ length: KILLS_A_ROUND }, () => random.between(3, MOST_WRITES_A_KILL));
      const brokenAfterKills: string[] = [];
      let api = stage.startApi();
      await burst.signIn(await api.url);
      for (const writes of afterWrites) {
        const dying = api;
        let left = writes;
        await burst.run(await dying.url, () => {
          left -= 1;
          if (left === 0) dying.kill();
        });
        await dying.ended;
        brokenAfterKills.push(...(await brokenWrites(stage.database.dataSource, burst.answered)));
        api = stage.startApi();
        await api.url;
      }
      const url = await api.url;
      const I6 = await brokenWeek(stage, burst.reads(url), WEEK, () => burst.run(url));
      I6.push(...(await brokenWeek(stage, burst.reads(url), WEEK)));
      const I5 = [
        ...brokenAfterKills,
        ...(await brokenWrites(stage.database.dataSource, burst.answered)),
        ...burst.refused,
        ...(await burst.unfinished()),
      ];
      const broken = brokenOf({ I5, I6 });
      report({
        round: name,
        fault: `API killed −9 with 8 writers, after ${afterWrites.join(', ')} answers`,
        kills: KILLS_A_ROUND,
        tookMs: performance.now() - startedAt,
        outcome: `${burst.answered.length} writes answered, ${burst.unanswered} not; all ${burst.enterprises} cases completed`,
        looked: ['I5', 'I6'],
        broken,
      });
      expect(broken).toEqual({});
    } finally {
      await stage.close();
    }
  });
});
