import { describe, expect } from '@jest/globals';
import { Client } from 'pg';
import { killAt } from './kill-moment.js';
import { inWords, report, SENDING } from './outcomes.js';
import { patiently } from './patiently.js';
import type { Mutant } from './product-child.js';
import { eachRound } from './rounds.js';
import { Seeded } from './seeded.js';
import { sendingInvariants, type Sent } from './sending-invariants.js';
import { Stage } from './stage.js';

const CASES = 12;
const MOST_MESSAGE = 10;
const MOST_SEED = 1_000_000;
/** Leases of dead workers have run out by then. */
const LATER_MS = 60_000;

const claimAndLease = (...changes: Mutant['changes']): Mutant => ({
  file: 'notifications/message-statements.js',
  changes,
});
const ENDLESS_LEASES = claimAndLease([
  "status = 'sending' AND lease_until < $1",
  'false AND lease_until < $1',
]);
const GIVEN_BACK = claimAndLease(
  ["UPDATE messages SET status = 'unknown'", "UPDATE messages SET status = 'pending'"],
  ["SET status = 'unknown', reason = 'LEASE_EXPIRED'", "SET status = 'pending', reason = NULL"],
);
const NO_SECOND_LOOK = claimAndLease(['WHEN r.is_running IS FALSE THEN', 'WHEN false THEN']);
const UNLOCKED_CLAIM = claimAndLease(
  ['LIMIT $3\n     FOR UPDATE SKIP LOCKED\n), ready', 'LIMIT $3\n), ready'],
  ['FOR UPDATE OF d SKIP LOCKED', ''],
);

type Play = (stage: Stage, owner: Client, random: Seeded, without: Mutant | null) => Promise<void>;

describe('a guard taken away in the built product', () => {
  // Each race is first played with the guard, in the very same way: the invariants hold.
  eachRound('lease taken away', async ({ name, random }) => {
    const [seed, startedAt] = [random.between(0, MOST_SEED), performance.now()];
    const held = await played(workerKilled, seed, null);
    const endless = await played(workerKilled, seed, ENDLESS_LEASES);
    const givenBack = await played(workerKilled, seed, GIVEN_BACK);
    tell(name, startedAt, 'a worker is killed and its leases run out', held, {
      'leases never end': endless,
      'their end gives messages back': givenBack,
    });
    expect(held.broken).toEqual({});
    expect(Object.keys(endless.broken)).toContain('I2');
    expect(Object.keys(givenBack.broken)).toEqual(['I3']);
  });

  eachRound('second look taken away', async ({ name, random }) => {
    const [seed, startedAt] = [random.between(0, MOST_SEED), performance.now()];
    const held = await played(closedDuringSweep, seed, null);
    const unseen = await played(closedDuringSweep, seed, NO_SECOND_LOOK);
    tell(name, startedAt, 'a case is closed while the sweep writes its deliveries', held, {
      'the claim does not look again': unseen,
    });
    expect(held.broken).toEqual({});
    expect(Object.keys(unseen.broken)).toEqual(['I4']);
  });

  eachRound('lock taken away', async ({ name, random }) => {
    const [seed, startedAt] = [random.between(0, MOST_SEED), performance.now()];
    const unlocked = await played(claimedAtOnce, seed, UNLOCKED_CLAIM);
    report({
      round: name,
      fault: 'two workers claim the same messages, and the claim locks nothing',
      kills: 0,
      tookMs: performance.now() - startedAt,
      outcome: `${Object.keys(unlocked.broken).join(' ')} red`,
      looked: SENDING,
      broken: {},
    });
    expect(Object.keys(unlocked.broken)).toContain('I3');
  });
});

async function played(play: Play, seed: number, without: Mutant | null): Promise<Sent> {
  const stage = await Stage.open();
  const [random, owner] = [new Seeded(seed), new Client({ connectionString: stage.database.ownerUrl })];
  await owner.connect();
  try {
    await stage.due.add(CASES, random);
    await play(stage, owner, random, without);
    return await sendingInvariants(stage);
  } finally {
    await owner.end();
    await stage.close();
  }
}

async function workerKilled(
  stage: Stage,
  _owner: Client,
  random: Seeded,
  without: Mutant | null,
): Promise<void> {
  const dying = await stage.startWorker({ without });
  await dying.child.url;
  const count = random.between(1, MOST_MESSAGE);
  killAt({ stage: 'data', count, isTaken: true }, dying.child, dying.receivers);
  await stage.ring();
  await dying.child.ended;
  const heir = await stage.startWorker({ without });
  await heir.child.url;
  await stage.moveTo(new Date(stage.now().getTime() + LATER_MS));
  await stage.lookedAgain(heir);
}

/** The sweep has the reminder in hand and waits for a row like its own; the closing has begun and waits for the sweep. */
async function closedDuringSweep(
  stage: Stage,
  owner: Client,
  random: Seeded,
  without: Mutant | null,
): Promise<void> {
  const closed = random.pick(stage.due.cases);
  await owner.query('BEGIN');
  await owner.query(
    `INSERT INTO deliveries (id, reminder_id, official_id, channel, status, queued_at)
     SELECT uuidv7(), id, $2, 'email', 'pending', $3 FROM reminders
      WHERE subject_id = $1 AND state = 'armed' AND fires_at <= $3 ORDER BY offset_working_days DESC LIMIT 1`,
    [closed.caseId, closed.people.official[0], stage.now()],
  );
  const sweep = stage.world.sweep.run(stage.now());
  await waiting(stage, 1);
  const closing = stage.due.closeCase(closed, stage.now());
  await waiting(stage, 2);
  await owner.query('ROLLBACK');
  await Promise.all([sweep, closing]);
  const worker = await stage.startWorker({ without });
  await worker.child.url;
  await stage.ring();
  await stage.quiet();
}

/** Two workers want the same messages of both channels at the same moment. */
async function claimedAtOnce(
  stage: Stage,
  owner: Client,
  _random: Seeded,
  without: Mutant | null,
): Promise<void> {
  await stage.world.sweep.run(stage.now());
  await owner.query('BEGIN; SELECT FROM messages FOR UPDATE');
  const workers = [await stage.startWorker({ without }), await stage.startWorker({ without })];
  await Promise.all(workers.map(({ child }) => child.url));
  await waiting(stage, 4);
  await owner.query('ROLLBACK');
  await stage.quiet();
}

/** So many sessions of this database wait for what another one holds. */
async function waiting(stage: Stage, sessions: number): Promise<void> {
  await patiently(`${sessions} to wait`, async () => {
    const [row] = await stage.world.query<{ count: number }>(
      `SELECT count(*)::int FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row?.count === sessions;
  });
}

function tell(
  round: string,
  startedAt: number,
  fault: string,
  held: Sent,
  without: Record<string, Sent>,
): void {
  const red = Object.entries(without).map(
    ([what, { broken }]) => `${what}: ${Object.keys(broken).join(' ')} red`,
  );
  report({
    round,
    fault: `${fault}; then ${Object.keys(without).join('; ')}`,
    kills: 0,
    tookMs: performance.now() - startedAt,
    outcome: [inWords(held.statuses), ...red].join('; '),
    looked: SENDING,
    broken: held.broken,
  });
}
