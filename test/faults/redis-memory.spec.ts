import { describe, expect } from '@jest/globals';
import { Redis } from 'ioredis';
import { inWords, report, SENDING } from './outcomes.js';
import { OwnRedis } from './own-redis.js';
import type { Mutant } from './product-child.js';
import { eachRound } from './rounds.js';
import type { Seeded } from './seeded.js';
import { sendingInvariants, type Sent } from './sending-invariants.js';
import { Stage } from './stage.js';

/** `FAULTS_MINUTES=60` is an hour of sweeps and deliveries. */
const MINUTES = Number(process.env['FAULTS_MINUTES'] ?? 0.25);
const LEAST_LAPS = 12;
const CASES_A_LAP = 3;
const RINGS_A_LAP = 20;
/** Repeatable jobs come and go while it is measured. */
const KEYS_SPARE = 4;
const BYTES_SPARE = 64 * 1024;

const KEPT_JOBS: Mutant = {
  file: 'platform/queue/bull-queue.js',
  changes: [['removeOnComplete: true', 'removeOnComplete: false']],
};

interface Usage {
  keys: number;
  bytes: number;
}

interface Played {
  laps: number;
  early: Usage;
  late: Usage;
  sent: Sent;
}

describe('Redis over a long time of sweeps and deliveries', () => {
  eachRound('redis-memory', async ({ name, random }) => {
    const startedAt = performance.now();
    const held = await played(random, MINUTES, null);
    const leaking = await played(random, 0, KEPT_JOBS);
    report({
      round: name,
      fault: `${held.laps} times ${RINGS_A_LAP} rings and ${CASES_A_LAP} cases more, in ${MINUTES} minutes; then with jobs that stay`,
      kills: 0,
      tookMs: performance.now() - startedAt,
      outcome: `${told(held)}; with jobs that stay ${told(leaking)}; ${inWords(held.sent.statuses)}`,
      looked: SENDING,
      broken: held.sent.broken,
    });
    expect(held.sent.broken).toEqual({});
    expect(held.late.keys).toBeLessThanOrEqual(held.early.keys + KEYS_SPARE);
    expect(held.late.bytes).toBeLessThan(held.early.bytes + BYTES_SPARE);
    expect(leaking.late.keys).toBeGreaterThan(leaking.early.keys + KEYS_SPARE);
  });
});

async function played(random: Seeded, minutes: number, without: Mutant | null): Promise<Played> {
  const redis = await OwnRedis.start();
  const stage = await Stage.open({ environment: () => ({ REDIS_URL: redis.url }) });
  const client = new Redis(redis.url);
  try {
    const { child } = await stage.startWorker({ without });
    await child.url;
    const usage: Usage[] = [];
    const startedAt = performance.now();
    while (usage.length < LEAST_LAPS || performance.now() - startedAt < minutes * 60_000) {
      await stage.due.add(CASES_A_LAP, random);
      for (let rings = 0; rings < RINGS_A_LAP; rings += 1) await stage.ring();
      await stage.quiet();
      usage.push(await usageOf(client));
    }
    const third = Math.floor(usage.length / 3);
    return {
      laps: usage.length,
      early: median(usage.slice(0, third)),
      late: median(usage.slice(-third)),
      sent: await sendingInvariants(stage),
    };
  } finally {
    client.disconnect();
    await stage.close();
    await redis.close();
  }
}

async function usageOf(client: Redis): Promise<Usage> {
  const [keys, memory] = [await client.dbsize(), await client.info('memory')];
  return { keys, bytes: Number(/^used_memory:(\d+)/m.exec(memory)?.[1]) };
}

function median(usage: readonly Usage[]): Usage {
  const middle = (numbers: number[]): number =>
    numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
  return { keys: middle(usage.map(({ keys }) => keys)), bytes: middle(usage.map(({ bytes }) => bytes)) };
}

const told = ({ early, late }: Played): string =>
  `${early.keys} keys and ${Math.round(early.bytes / 1024)} KiB early, ${late.keys} and ${Math.round(late.bytes / 1024)} late`;
