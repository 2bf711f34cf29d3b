import { describe, expect } from '@jest/globals';
import { FirstTimeTrouble } from './channel-faults.js';
import { killAt } from './kill-moment.js';
import { inWords, RECOVERED_WITHIN_MS, report, SENDING } from './outcomes.js';
import { eachKillingRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 12;
const MORE_CASES = 60;
const MOST_MESSAGE = 10;
const TO_NIGHT_MS = 3 * 3_600_000;

describe('a worker killed while the other has its hands full', () => {
  eachKillingRound('worker-killed-busy', async ({ name, random }) => {
    const stage = await Stage.open();
    try {
      await stage.due.add(CASES, random);
      const more = await stage.due.make(MORE_CASES, random);
      // It is up before the other is killed, and takes it to be night.
      const busy = await stage.startWorker({ behindMs: TO_NIGHT_MS });
      busy.receivers.misbehave(new FirstTimeTrouble('slow').mail, () => 'accept');
      await busy.child.url;
      const killed = await stage.startWorker();
      await killed.child.url;
      const count = random.between(1, MOST_MESSAGE);
      killAt({ stage: 'data', count, isTaken: true }, killed.child, killed.receivers);
      const startedAt = performance.now();
      await stage.ring();
      await killed.child.ended;
      const recovered = stage.untilSettled();

      // In the morning it meets a mail server that is slow at everybody: one run of its lasts longer than a lease.
      await stage.due.arm(more);
      await stage.moveTo(stage.now());
      await stage.ring();
      const tookMs = await recovered;
      const stillToSend = await stage.world.query(
        `SELECT 1 FROM messages WHERE status IN ('pending', 'sending') LIMIT 1`,
      );
      await stage.quiet();
      const { statuses, broken } = await sendingInvariants(stage);
      report({
        round: name,
        fault: `worker killed −9 at its mail ${count}, the other behind a mail server that is slow`,
        kills: 1,
        tookMs: performance.now() - startedAt,
        outcome: `${inWords(statuses)}; recovered in ${(tookMs / 1_000).toFixed(1)} s`,
        looked: SENDING,
        broken,
      });
      expect(broken).toEqual({});
      expect(stillToSend).toHaveLength(1);
      expect(tookMs).toBeLessThan(RECOVERED_WITHIN_MS);
    } finally {
      await stage.close();
    }
  });
});
