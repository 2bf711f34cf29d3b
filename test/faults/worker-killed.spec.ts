import { describe, expect } from '@jest/globals';
import { describeMoment, killAt, killMoment } from './kill-moment.js';
import { inWords, RECOVERED_WITHIN_MS, report, SENDING } from './outcomes.js';
import { patiently } from './patiently.js';
import { eachKillingRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES_A_KILL = 50;
const CLOSED_A_KILL = 2;
const KILLS_A_ROUND = 3;

describe('workers killed while they send', () => {
  eachKillingRound('worker-killed', async ({ name, random }) => {
    const stage = await Stage.open();
    try {
      const moments = Array.from({ length: KILLS_A_ROUND }, () => killMoment(random));
      const recoveries: Promise<number>[] = [];
      const startedAt = performance.now();
      let worker = await stage.startWorker();
      for (const moment of moments) {
        const next = await stage.startWorker();
        await Promise.all([worker.child.url, next.child.url]);
        const before = stage.due.cases.length;
        await stage.due.add(CASES_A_KILL, random);
        let isDead = false;
        void worker.child.ended.then(() => (isDead = true));
        killAt(moment, worker.child, worker.receivers);
        await stage.ring();
        await patiently('the kill, or the end of the work', async () => isDead || (await stage.isQuiet()));
        worker.child.kill();
        await worker.child.ended;
        recoveries.push(stage.untilSettled());
        for (const one of random.shuffled(stage.due.cases.slice(before)).slice(0, CLOSED_A_KILL))
          await stage.due.closeCase(one, stage.now());
        worker = next;
      }
      await stage.ring();
      await stage.quiet();
      const longest = Math.max(...(await Promise.all(recoveries)));
      const { statuses, broken } = await sendingInvariants(stage);
      report({
        round: name,
        fault: `worker killed −9: ${moments.map(describeMoment).join('; ')}`,
        kills: KILLS_A_ROUND,
        tookMs: performance.now() - startedAt,
        outcome: `${inWords(statuses)}; recovered in ${(longest / 1_000).toFixed(1)} s at most`,
        looked: SENDING,
        broken,
      });
      expect(broken).toEqual({});
      expect(longest).toBeLessThan(RECOVERED_WITHIN_MS);
    } finally {
      await stage.close();
    }
  });
});
