import { describe, expect, it } from '@jest/globals';
import { report } from './outcomes.js';
import { ofRound, ROUNDS } from './seeded.js';
import { Stage } from './stage.js';
import { WriteBurst } from './write-burst.js';
import { brokenWrites, writtenCases } from './written-cases.js';

const ENTERPRISES = 40;
/** Three writes an enterprise; two kills, and the rest is written by the last process. */
const KILLS_A_ROUND = 2;
const MOST_WRITES_A_KILL = 45;

interface Weekly {
  asOf: string;
  total: { assigned: number; closing: number };
}

describe('an API killed in a burst of writes', () => {
  it.each(ROUNDS)('round %i', async (round) => {
    const random = ofRound('api-killed', round);
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
      const before = await burst.weeklyTable(url);
      const { asOf, total }: Weekly = JSON.parse(before);
      const recounted = await assignedBefore(stage, asOf);
      const again = await burst.weeklyTable(url, asOf);
      await burst.run(url);
      const later = await burst.weeklyTable(url, asOf);

      const statuses = (await writtenCases(stage.database.dataSource)).map(({ row }) => row.status);
      const I5 = [
        ...brokenAfterKills,
        ...(await brokenWrites(stage.database.dataSource, burst.answered)),
        ...burst.refused,
        ...(statuses.length === ENTERPRISES
          ? []
          : [`${statuses.length} cases of ${ENTERPRISES} enterprises`]),
        ...statuses.filter((status) => status !== 'in_progress'),
      ];
      const I6 = [
        ...(again === before && later === before ? [] : ['the same asOf gave other bytes']),
        ...(total.assigned === recounted && total.closing === recounted
          ? []
          : [`${total.assigned} assigned, ${total.closing} closing, ${recounted} by recount`]),
      ];
      const broken = Object.fromEntries(Object.entries({ I5, I6 }).filter(([, faults]) => faults.length > 0));
      report({
        round: `api-killed ${round}`,
        fault: `API killed −9 with 8 writers, after ${afterWrites.join(' and ')} answers`,
        kills: KILLS_A_ROUND,
        tookMs: performance.now() - startedAt,
        outcome: `${burst.answered.length} writes answered, ${burst.unanswered} not; all ${statuses.length} cases completed`,
        looked: ['I5', 'I6'],
        broken,
      });
      expect(broken).toEqual({});
    } finally {
      await stage.close();
    }
  });
});

/** Cases that came on the books before that moment, counted from the events themselves. */
async function assignedBefore(stage: Stage, asOf: string): Promise<number> {
  const [row] = await stage.world.query<{ count: number }>(
    `SELECT count(DISTINCT subject_id)::int AS count FROM case_events
      WHERE type = 'assigned' AND recorded_at < $1`,
    [asOf],
  );
  return row?.count ?? 0;
}
