import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client as PgClient } from 'pg';
import { patiently } from './patiently.js';
import { Stage } from './stage.js';

/** Where the worker stands when it is killed: how the locks are taken, and at which statement it waits for them. */
const MOMENTS = [
  [
    'with its files stored and nothing written',
    'LOCK TABLE bulletin_issues IN SHARE MODE',
    'bulletin_issues',
  ],
  ['with the issue written and nobody told', 'LOCK TABLE notices IN SHARE MODE', 'notices'],
  ['with all written but the trail', 'SELECT 1 FROM trail_end FOR UPDATE', 'trail_end'],
] as const;
const WAITING = `SELECT 1 FROM pg_stat_activity
  WHERE $1 = ANY (pg_blocking_pids(pid)) AND query LIKE '%' || $2 || '%'`;

describe('a worker killed (−9) while it prepares the issue of the week', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
    await stage.world.query(
      `INSERT INTO bulletin_policies (version, is_enabled, weekday, "time", needs_another, subscribers, recorded_at, recorded_by)
       VALUES (1, true, 1, '00:00', true, '[]', $1, $2)`,
      [stage.now(), randomUUID()],
    );
  });
  afterAll(() => stage.close());

  const left = async (): Promise<unknown> => {
    const [counts] = await stage.world.query(
      `SELECT (SELECT count(*) FROM bulletin_issues)::int AS issues,
              (SELECT count(*) FROM notices WHERE kind = 'issue_prepared')::int AS told,
              (SELECT count(*) FROM audit_events WHERE type = 'issue_prepared')::int AS recorded`,
    );
    return counts;
  };

  it.each(MOMENTS)('leaves nothing, %s', async (_where, lock, statement) => {
    const owner = new PgClient({ connectionString: stage.database.ownerUrl });
    await owner.connect();
    try {
      await owner.query(`BEGIN; ${lock}`);
      const [{ pid }] = (await owner.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows as [
        { pid: number },
      ];
      const { child } = await stage.startWorker();
      await child.url;
      await stage.ring(['prepare-bulletin']);
      await patiently(statement, async () => (await stage.world.query(WAITING, [pid, statement])).length > 0);
      child.kill();
      await child.ended;
    } finally {
      await owner.query('ROLLBACK');
      await owner.end();
    }
    expect(await left()).toEqual({ issues: 0, told: 0, recorded: 0 });
  });

  it('leaves it to its heirs, of whom one prepares it, whole and once', async () => {
    const heirs = await Promise.all([stage.startWorker(), stage.startWorker()]);
    await Promise.all(heirs.map(({ child }) => child.url));
    const turns = async (): Promise<number> =>
      (await Promise.all(heirs.map(({ child }) => child.runs('prepare-bulletin')))).reduce(
        (sum, n) => sum + n,
      );
    // The first few begin at once; what comes after them finds that it is done.
    await patiently('five turns', async () => {
      if ((await turns()) >= 5) return true;
      stage.ringNow(['prepare-bulletin']);
      return false;
    });
    expect(await left()).toEqual({ issues: 1, told: 1, recorded: 1 });
    const [issue] = await stage.world.query(
      `SELECT state, prepared_by AS by, json_array_length(files) AS files, json_array_length(tables) AS tables
         FROM bulletin_issues`,
    );
    expect(issue).toEqual({ state: 'prepared', by: null, files: 7, tables: 4 });
  });
});
