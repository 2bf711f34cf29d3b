import { describe, expect } from '@jest/globals';
import { brokenOf, inWords, report, SENDING } from './outcomes.js';
import { OwnPostgres } from './own-postgres.js';
import { patiently } from './patiently.js';
import { eachKillingRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';
import { brokenWeek } from './weekly-recount.js';
import { WriteBurst } from './write-burst.js';
import { brokenWrites } from './written-cases.js';

/** Before each kill. */
const CASES = 40;
const ENTERPRISES = 40;
const KILLS = 2;
const MOST_MESSAGES = 30;
const WEEK = '2021-W45';

describe('a PostgreSQL that is killed under an API and a worker', () => {
  eachKillingRound('postgres-killed', async ({ name, random }) => {
    const postgres = await OwnPostgres.start();
    const stage = await Stage.open({ postgresUrl: postgres.url });
    const { dataSource } = stage.database;
    try {
      const burst = await WriteBurst.prepare(stage, 0);
      const afterMessages = Array.from({ length: KILLS }, () => random.between(1, MOST_MESSAGES));
      const [api, { child: worker }] = [stage.startApi(), await stage.startWorker()];
      const [url] = await Promise.all([api.url, worker.url]);
      await burst.signIn(url);
      const startedAt = performance.now();
      const brokenAfterKills: string[] = [];
      const backAfter: number[] = [];
      for (const messages of afterMessages) {
        await burst.add(ENTERPRISES);
        await stage.due.add(CASES, random);
        let begun: () => void = () => undefined;
        const isWriting = new Promise<void>((resolve) => (begun = resolve));
        const kill = async (): Promise<void> => {
          await isWriting;
          await stage.ring();
          await stage.arrivals(messages);
          await postgres.kill();
        };
        await Promise.all([burst.run(url, begun), kill()]);
        for (const child of [api, worker])
          await patiently('readiness to say so', async () => (await child.readiness()) === 'unavailable');
        await postgres.start();
        const isBack = async (): Promise<boolean> =>
          (await api.readiness()) === 'ready' && (await worker.readiness()) === 'ready';
        backAfter.push(await patiently('both to be ready again', isBack));
        brokenAfterKills.push(...(await brokenWrites(dataSource, burst.answered)));
      }
      const putOff = burst.putOff;
      const I6 = await brokenWeek(stage, burst.reads(url), WEEK, () => burst.run(url));
      await stage.quiet();
      const { statuses, broken: brokenSending } = await sendingInvariants(stage);
      const I5 = [
        ...brokenAfterKills,
        ...(await brokenWrites(dataSource, burst.answered)),
        ...burst.refused,
        ...(await burst.unfinished()),
      ];
      const broken = {
        ...brokenSending,
        ...brokenOf({ I5, I6 }),
      };
      report({
        round: name,
        fault: `PostgreSQL killed −9 after ${afterMessages.join(' and ')} messages, with 8 writers; started again`,
        kills: KILLS,
        tookMs: performance.now() - startedAt,
        outcome:
          `${burst.answered.length} writes answered, ${putOff} put off with 503, ${burst.unanswered} unanswered; ` +
          `${inWords(statuses)}; ready again ${(Math.max(...backAfter) / 1_000).toFixed(1)} s after the server`,
        looked: [...SENDING, 'I5', 'I6'],
        broken,
      });
      expect(broken).toEqual({});
      expect(burst.unanswered).toBe(0);
    } finally {
      await stage.close();
      await postgres.close();
    }
  });
});
