import { describe, expect, it } from '@jest/globals';
import { describeMoment, killAt, killMoment } from './kill-moment.js';
import { inWords, RECOVERED_WITHIN_MS, report, SENDING } from './outcomes.js';
import { patiently } from './patiently.js';
import { ofRound, ROUNDS } from './seeded.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 80;
const CLOSED = 6;
const KILLS_A_ROUND = 3;

describe('workers killed while they send', () => {
  it.each(ROUNDS)('round %i', async (round) => {
    const random = ofRound('worker-killed', round);
    const stage = await Stage.open();
    try {
      await stage.due.add(CASES, random);
      const moments = Array.from({ length: KILLS_A_ROUND }, () => killMoment(random));
      const closed = random.shuffled(stage.due.cases).slice(0, CLOSED);
      const recoveries: Promise<number>[] = [];
      const startedAt = performance.now();
      let worker = await stage.startWorker();
      await worker.child.url;
      for (const moment of moments) {
        let isDead = false;
        void worker.child.ended.then(() => (isDead = true));
        killAt(moment, worker.child, worker.receivers);
        // It comes up while the other is at work, and takes over when that is killed.
        const next = await stage.startWorker();
        await stage.ring();
        await patiently('the kill, or the end of the work', async () => isDead || (await stage.isQuiet()));
        worker.child.kill();
        await worker.child.ended;
        recoveries.push(stage.untilSettled());
        for (const one of closed.splice(0, CLOSED / KILLS_A_ROUND))
          await stage.due.closeCase(one, stage.now());
        worker = next;
        await worker.child.url;
      }
      await stage.ring();
      await stage.quiet();
      const longest = Math.max(...(await Promise.all(recoveries)));
      const { statuses, broken } = await sendingInvariants(stage);
      report({
        round: `worker-killed ${round}`,
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
