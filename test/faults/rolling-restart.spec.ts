import { describe, expect } from '@jest/globals';
import { ManyDue } from './many-due.js';
import { brokenOf, inWords, report, SENDING } from './outcomes.js';
import type { ProductChild } from './product-child.js';
import { eachRound } from './rounds.js';
import type { Seeded } from './seeded.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';
import { WriteBurst } from './write-burst.js';
import { brokenWrites } from './written-cases.js';

/** `FAULTS_REMINDERS=20000` is what the office may meet after a holiday. */
const REMINDERS = Number(process.env['FAULTS_REMINDERS'] ?? 2_000);
const WORKERS = 3;
const APIS = 2;
const SCHEDULERS = 2;
const ENTERPRISES = 24;
const MOST_WRITES = 30;
const MOST_ARRIVED = 60;
const LOOK_AFTER = 500;

describe('a new release rolled out while reminders leave', () => {
  eachRound('rolling-restart', async ({ name, random }) => {
    const stage = await Stage.open();
    try {
      const burst = await WriteBurst.prepare(stage, ENTERPRISES);
      const many = await ManyDue.prepare(stage, REMINDERS);
      const apis = Array.from({ length: APIS }, () => stage.startApi());
      const workers = await Promise.all(Array.from({ length: WORKERS }, () => stage.startWorker()));
      const all = [...apis, ...workers.map(({ child }) => child)];
      await Promise.all(all.map(({ url }) => url));
      await burst.signIn((await apis[0]?.url) ?? '');

      const startedAt = performance.now();
      const restarts = random.shuffled([
        ...apis.map((api) => () => restartApi(stage, burst, api, random)),
        ...workers.map(
          ({ child }) =>
            () =>
              restartWorker(stage, child),
        ),
      ]);
      // Half of all at once; and while each process ends, some more have just fallen due.
      const portion = Math.floor(REMINDERS / 2 / restarts.length);
      let armed = 0;
      for (const restart of restarts) {
        const next = armed === 0 ? Math.ceil(REMINDERS / 2) : armed + portion;
        await many.arm(armed, next);
        armed = next;
        await sweptByMany(stage);
        await stage.arrivals(random.between(1, MOST_ARRIVED));
        await restart();
      }
      await many.arm(armed, REMINDERS);
      await sweptByMany(stage);
      while (!(await stage.isQuiet())) await stage.arrivals(LOOK_AFTER);
      const tookMs = performance.now() - startedAt;
      await burst.run(await stage.startApi().url);

      const { statuses, broken: brokenSending } = await sendingInvariants(stage);
      const I5 = [
        ...(await brokenWrites(stage.database.dataSource, burst.answered)),
        ...burst.refused,
        ...(await burst.unfinished()),
      ];
      const broken = { ...brokenSending, ...brokenOf({ I5 }) };
      const [rows] = await stage.world.query<{ deliveries: number; messages: number }>(
        `SELECT (SELECT count(*)::int FROM deliveries WHERE reminder_id IS NOT NULL) AS deliveries,
                (SELECT count(*)::int FROM messages) AS messages`,
      );
      report({
        round: name,
        fault: `${REMINDERS} reminders due, ${APIS} API and ${WORKERS} worker processes, each ended (SIGTERM) and started anew, ${SCHEDULERS} more sweeps at once`,
        kills: 0,
        tookMs,
        outcome: `${rows?.deliveries} deliveries in ${rows?.messages} messages: ${inWords(statuses)}; ${burst.answered.length} writes answered, ${burst.unanswered + burst.putOff} put off`,
        looked: [...SENDING, 'I5'],
        broken,
      });
      expect(broken).toEqual({});
      expect(rows?.deliveries).toBe(REMINDERS);
      // Who is asked to end finishes what it has in hand.
      expect(await unknown(stage)).toEqual([]);
    } finally {
      await stage.close();
    }
  });
});

async function unknown(stage: Stage): Promise<string[]> {
  const rows = await stage.world.query<{ said: string }>(
    `SELECT count(*) || ' ' || channel || ' ' || concat_ws(' ', gateway_code, gateway_text) AS said
       FROM messages WHERE status = 'unknown' GROUP BY channel, gateway_code, gateway_text`,
  );
  return rows.map(({ said }) => said);
}

/** Everybody who may sweep does: the workers, and two schedulers more. */
async function sweptByMany(stage: Stage): Promise<void> {
  await stage.ring();
  await Promise.all(Array.from({ length: SCHEDULERS }, () => stage.world.anotherSweep().run(stage.now())));
}

async function restartWorker(stage: Stage, old: ProductChild): Promise<void> {
  await old.stop();
  const { child } = await stage.startWorker();
  await child.url;
}

/** Portals are writing to it; they go on at the next one. */
async function restartApi(stage: Stage, burst: WriteBurst, old: ProductChild, random: Seeded): Promise<void> {
  let left = random.between(1, MOST_WRITES);
  await burst.run(await old.url, () => {
    left -= 1;
    if (left === 0) void old.stop();
  });
  await old.stop();
  await stage.startApi().url;
}
