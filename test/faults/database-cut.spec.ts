import { describe, expect } from '@jest/globals';
import { CutOff } from '../support/cut-off.js';
import { inWords, report, SENDING } from './outcomes.js';
import { patiently } from './patiently.js';
import { eachRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 60;
const MOST_ARRIVED = 30;
const CUTS = 2;

describe('a PostgreSQL that is cut off while messages are on their way', () => {
  eachRound('database-cut', async ({ name, random }) => {
    const way = await CutOff.to(process.env['TEST_DATABASE_URL'] ?? '');
    const stage = await Stage.open({
      environment: ({ url }) => {
        const throughWay = new URL(url);
        throughWay.host = `127.0.0.1:${way.port}`;
        return { DATABASE_URL: throughWay.href };
      },
    });
    try {
      await stage.due.add(CASES, random);
      const startedAt = performance.now();
      const { child } = await stage.startWorker();
      await child.url;
      await stage.ring();
      const cuts = Array.from({ length: CUTS }, () => random.between(1, MOST_ARRIVED));
      for (const count of cuts) {
        await stage.arrivals(count);
        way.cut();
        await patiently('the worker to notice', async () => (await child.readiness()) === 'unavailable');
        way.mend();
      }
      await stage.quiet();
      const { statuses, broken } = await sendingInvariants(stage);
      report({
        round: name,
        fault: `PostgreSQL cut off after ${cuts.join(' and after ')} messages, until the worker said so`,
        kills: 0,
        tookMs: performance.now() - startedAt,
        outcome: inWords(statuses),
        looked: SENDING,
        broken,
      });
      expect(broken).toEqual({});
    } finally {
      await stage.close();
      await way.close();
    }
  });
});
