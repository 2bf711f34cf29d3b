import { describe, expect } from '@jest/globals';
import { Client } from 'pg';
import { handling } from '../support/reminder-world.js';
import { inWords, report, SENDING } from './outcomes.js';
import { eachRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 80;
const WORKERS = 3;
const SWEEPS = 6;
const RINGS = 12;
const ANNOUNCED_AGAIN = 20;
const CLOSED = 6;

describe('workers, sweeps and changes at once', () => {
  eachRound('workers-at-once', async ({ name, random }) => {
    const stage = await Stage.open();
    const owner = new Client({ connectionString: stage.database.ownerUrl });
    await owner.connect();
    try {
      await stage.due.add(CASES, random);
      const workers = await Promise.all(Array.from({ length: WORKERS }, () => stage.startWorker()));
      await Promise.all(workers.map(({ child }) => child.url));
      const startedAt = performance.now();
      for (let rings = 0; rings < RINGS; rings += 1) await stage.ring();
      const changes = random.shuffled(stage.due.cases);
      const sweeps = Array.from({ length: SWEEPS }, () => stage.world.anotherSweep().run(stage.now()));
      await Promise.all([
        ...sweeps,
        // A change that leaves the deadline as it is: it arms nothing that is armed, or recorded, already.
        ...changes
          .slice(CLOSED, CLOSED + ANNOUNCED_AGAIN)
          .map((of) => stage.world.announce([of, [handling(of)]])),
        ...changes.slice(0, CLOSED).map((one) => stage.due.closeCase(one, stage.now())),
      ]);
      await stage.quiet();

      // Everything is there to be sent at one moment, and all of them set upon it.
      await stage.due.add(CASES, random);
      await stage.world.sweep.run(stage.now());
      for (let rings = 0; rings < RINGS; rings += 1) stage.ringNow();
      await stage.quiet();
      const { statuses, broken } = await sendingInvariants(stage);

      await setBack(stage);
      await stage.quiet();
      const { broken: brokenAfterRepair } = await sendingInvariants(stage);
      report({
        round: name,
        fault: `${WORKERS} workers and ${SWEEPS} more sweeps at once, ${RINGS} rings, ${ANNOUNCED_AGAIN} clocks announced again, ${CLOSED} cases closed; then every reminder set back to armed`,
        kills: 0,
        tookMs: performance.now() - startedAt,
        outcome: inWords(statuses),
        looked: SENDING,
        broken: { ...broken, ...brokenAfterRepair },
      });
      expect(broken).toEqual({});
      expect(brokenAfterRepair).toEqual({});

      // The guard taken away: what was sent is sent again, and the invariants must see it.
      await owner.query('DROP INDEX deliveries_key');
      await setBack(stage);
      await stage.quiet();
      const { broken: withoutKey } = await sendingInvariants(stage);
      expect(Object.keys(withoutKey)).toContain('I1');
    } finally {
      await owner.end();
      await stage.close();
    }
  });
});

/** What a repair by hand, or a bug, might do: everything looks as if it had never been recorded. */
async function setBack(stage: Stage): Promise<void> {
  await stage.world.query(
    `UPDATE reminders SET state = 'armed', recorded_at = NULL WHERE state IN ('recorded', 'superseded') AND is_running`,
  );
  await stage.ring();
}
