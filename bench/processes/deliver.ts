import 'reflect-metadata';
import { Client } from 'pg';
import { untilSent } from '../../src/commands/until-sent.js';
import { withProduct } from '../../src/commands/with-product.js';
import { Reader } from '../../src/platform/database/reader.js';
import { Worker } from '../../src/platform/queue/worker.js';
import { Sweep } from '../../src/reminders/sweep.js';
import { chooseDue, makeDue, Morning } from './due-reminders.js';

/** Records reminders, then times a worker that sends them; its one argument is {@link DeliverOptions} as JSON. */
export interface DeliverOptions {
  /** Of the tables' owner. */
  ownerUrl: string;
  due: number;
}

export interface DeliverTimes {
  milliseconds: number;
  /** Deliveries by what became of them. */
  ended: Record<string, number>;
  messages: number;
}

const { ownerUrl, due }: DeliverOptions = JSON.parse(process.argv[2] ?? '{}');
const owner = new Client({ connectionString: ownerUrl });
await owner.connect();
await chooseDue(owner, due);
await makeDue(owner);

const times = await withProduct(async (app): Promise<DeliverTimes> => {
  const { messages } = await app.get(Sweep).run();
  const { rows: open } = await owner.query<{ id: string }>(
    `SELECT id FROM deliveries WHERE status = 'pending'`,
  );
  const startedAt = performance.now();
  app.get(Worker).start();
  await untilSent(app.get(Reader));
  const milliseconds = performance.now() - startedAt;
  const { rows } = await owner.query<{ status: string; count: number }>(
    'SELECT status, count(*)::int AS count FROM deliveries WHERE id = ANY ($1::uuid[]) GROUP BY status',
    [open.map(({ id }) => id)],
  );
  return { milliseconds, messages, ended: Object.fromEntries(rows.map((row) => [row.status, row.count])) };
}, new Morning());
await owner.end();
process.stdout.write(`\n${JSON.stringify(times)}\n`);
