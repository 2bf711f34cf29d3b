import { describe, expect } from '@jest/globals';
import { FirstTimeTrouble } from './channel-faults.js';
import { inWords, report, SENDING } from './outcomes.js';
import { eachRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 60;
/** An attempt at a server that hangs takes seven seconds; a worker so far ahead takes its lease to be over before. */
const LEAST_MS = 4_000;
const MOST_MS = 9_000;

describe('workers whose clocks disagree', () => {
  eachRound('clocks-disagree', async ({ name, random }) => {
    const stage = await Stage.open();
    try {
      const behindMs = random.shuffled([
        -random.between(LEAST_MS, MOST_MS),
        0,
        random.between(LEAST_MS, MOST_MS),
      ]);
      const workers = [];
      for (const behind of behindMs) {
        const worker = await stage.startWorker({ behindMs: behind });
        const trouble = new FirstTimeTrouble('hang');
        worker.receivers.misbehave(trouble.mail, trouble.sms);
        workers.push(worker);
      }
      await Promise.all(workers.map(({ child }) => child.url));
      await stage.due.add(CASES, random);
      const startedAt = performance.now();
      await stage.ring();
      await stage.quiet();
      // What one has given up as unknown another may still have had an answer for.
      for (const worker of workers) await stage.lookedAgain(worker);
      await stage.quiet();
      const { statuses, broken } = await sendingInvariants(stage);
      report({
        round: name,
        fault: `three workers whose clocks are ${behindMs.map((behind) => (-behind / 1_000).toFixed(1)).join(', ')} s off, each behind a mail server that hangs at everybody's first mail`,
        kills: 0,
        tookMs: performance.now() - startedAt,
        outcome: inWords(statuses),
        looked: SENDING,
        broken,
      });
      expect(broken).toEqual({});
      // They hung before anything was handed over, and were tried again.
      expect(statuses['unknown'] ?? 0).toBe(0);
    } finally {
      await stage.close();
    }
  });
});
