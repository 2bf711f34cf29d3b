import 'reflect-metadata';
import { Client } from 'pg';
import { withProduct } from '../../src/commands/with-product.js';
import { Sweep } from '../../src/reminders/sweep.js';
import { SWEPT_AT } from '../data/size.js';
import { chooseDue, makeDue, Morning } from './due-reminders.js';

/** Times the product's own sweep and plain inserts of as many rows; its one argument is {@link SweepOptions} as JSON. */
export interface SweepOptions {
  /** Of the tables' owner, who may put back what a round has done. */
  ownerUrl: string;
  rounds: number;
  /** Clock runs to make due, each by one reminder. */
  due: number;
}

/** Milliseconds of each round, and how many rows there were to it. */
export interface SweepTimes {
  nothingDue: number[];
  due: number[];
  bare: number[];
  armed: number;
  recorded: number;
  deliveries: number;
  messages: number;
}

const QUIET_SWEEPS = 20;
/** Tables with the same keys and indexes for plain rows. */
const MAKE_BARE = ['reminders', 'messages', 'deliveries'].map(
  (table) => `CREATE TABLE bare_${table} (LIKE ${table} INCLUDING ALL)`,
);
const INSERT_BARE = [
  'INSERT INTO bare_reminders SELECT r.* FROM reminders r JOIN bench_due d USING (id)',
  `INSERT INTO bare_messages SELECT * FROM messages WHERE queued_at = '${SWEPT_AT}'`,
  `INSERT INTO bare_deliveries SELECT * FROM deliveries WHERE queued_at = '${SWEPT_AT}'`,
];
const PUT_BACK = [
  `DELETE FROM deliveries WHERE queued_at = '${SWEPT_AT}'`,
  `DELETE FROM messages WHERE queued_at = '${SWEPT_AT}'`,
  `UPDATE reminders r SET state = 'armed', recorded_at = NULL, empty_duties = '{}', fires_at = d.fires_at
     FROM bench_due d WHERE r.id = d.id`,
  'TRUNCATE bare_reminders, bare_messages, bare_deliveries',
  'VACUUM (ANALYZE) reminders, messages, deliveries',
];

const { ownerUrl, rounds, due }: SweepOptions = JSON.parse(process.argv[2] ?? '{}');
const owner = new Client({ connectionString: ownerUrl });
await owner.connect();
await chooseDue(owner, due);
for (const statement of MAKE_BARE) await owner.query(statement);

const times: SweepTimes = {
  nothingDue: [],
  due: [],
  bare: [],
  armed: 0,
  recorded: 0,
  deliveries: 0,
  messages: 0,
};
const { rows } = await owner.query<{ armed: number }>(
  `SELECT count(*)::int AS armed FROM reminders WHERE state = 'armed'`,
);
times.armed = rows[0]?.armed ?? 0;

await withProduct(async (app) => {
  const sweep = app.get(Sweep);
  for (let round = 0; round < rounds; round += 1) {
    for (let quiet = 0; quiet < QUIET_SWEEPS; quiet += 1)
      times.nothingDue.push(await timed(async () => void (await sweep.run())));
    await makeDue(owner);
    times.due.push(
      await timed(async () => {
        const { recorded, deliveries, messages } = await sweep.run();
        times.recorded = Object.values(recorded).reduce((sum, count) => sum + count, 0);
        Object.assign(times, { deliveries, messages });
      }),
    );
    times.bare.push(await timed(insertBare));
    for (const statement of PUT_BACK) await owner.query(statement);
  }
}, new Morning());
await owner.end();
process.stdout.write(`\n${JSON.stringify(times)}\n`);

async function insertBare(): Promise<void> {
  await owner.query('BEGIN');
  for (const statement of INSERT_BARE) await owner.query(statement);
  await owner.query('COMMIT');
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
