import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createReadStream } from 'node:fs';
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CaseView } from '../../src/cases/views/case-view.js';
import { ImportRunner } from '../../src/intake/import-runner.js';
import { ImportsService } from '../../src/intake/imports.service.js';
import { KnownLoader } from '../../src/intake/load-known.js';
import { Worker } from '../../src/platform/queue/worker.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const CASES = '停产半停产减产企业清单';
const LEDGER = 'examples/ledger-2021-11.xlsx';

describe('a ledger that meets other work', () => {
  let world: TestApp;
  let office: Client;

  beforeAll(async () => {
    world = await createTestApp();
    office = await world.as('task_force');
  });
  afterAll(() => world.close());

  const take = () =>
    world.app.get(ImportsService).runNow({
      fileName: 'ledger.xlsx',
      content: createReadStream(LEDGER),
      mode: 'commit',
      onError: 'keep_valid',
      createdBy: null,
    });
  const count = async (sql: string): Promise<number> => {
    const [row] = await world.database.dataSource.query<Array<{ count: number }>>(sql);
    return row?.count ?? -1;
  };

  it('is taken once, when it comes twice at once', async () => {
    const ids = await Promise.all([take(), take()]);
    const taken = await Promise.all(ids.map((id) => world.app.get(ImportsService).get(id)));
    expect(taken.map(({ status }) => status)).toEqual(['done', 'done']);
    const accepted = taken.map(({ sheets }) => sheets.map((sheet) => sheet.accepted > 0).includes(true));
    expect(accepted.toSorted()).toEqual([false, true]);
    expect(await count('SELECT count(*)::int FROM cases')).toBe(234);
  });

  it('is left as it is by a worker that comes after its end', async () => {
    const id = await take();
    const before = await world.app.get(ImportsService).get(id);
    const sha256 = createHash('sha256')
      .update(await readFile(LEDGER))
      .digest('hex');
    const job = { id, mode: 'commit', onError: 'keep_valid', shiftDays: 0 } as const;
    await world.app.get(ImportRunner).run({ ...job, sha256 });
    await world.app.get(ImportRunner).run({ ...job, sha256: 'f'.repeat(64) });
    expect(await world.app.get(ImportsService).get(id)).toEqual(before);
  });

  it('is decided anew when somebody acts between the decision and the writing', async () => {
    const { body } = await office.get<{ items: CaseView[] }>('/cases?status=in_progress&limit=1');
    const [touched] = body.items;
    if (touched === undefined) throw new Error('no case is in progress');
    const known = world.app.get(KnownLoader);
    const { dataSource } = world.database;
    const load = known.load.bind(known);
    let isFirst = true;
    known.load = async (...asked) => {
      const found = await load(...asked);
      // As it was before it was signed for; meanwhile somebody signs, and the ledger says the same.
      if (isFirst) {
        await dataSource.query('UPDATE cases SET version = version + 1 WHERE id = $1', [touched.id]);
        for (const row of found.cases) {
          if (row.caseId === touched.id) {
            Object.assign(row, { status: 'assigned', acknowledgedOn: null, lastEventOn: row.assignedOn });
          }
        }
      }
      isFirst = false;
      return found;
    };
    const events = `SELECT count(*)::int FROM case_events WHERE chain_id = '${touched.id}'`;
    const before = await count(events);
    const id = await take();
    known.load = load;
    expect((await world.app.get(ImportsService).get(id)).status).toBe('done');
    expect(isFirst).toBe(false);
    expect(await count(events)).toBe(before);
  });

  describe('and a worker', () => {
    beforeAll(() => world.app.get(Worker).start());

    it('is taken up by another worker when its own was killed, as it had been asked for', async () => {
      const { sha256 } = await world.app.get(ImportsService).get(await take());
      const id = randomUUID();
      await world.database.dataSource.query(
        `INSERT INTO imports (id, file_name, sha256, mode, on_error, shift_days, status, created_at, lease_until)
       VALUES ($1, 'ledger.xlsx', $2, 'preview', 'keep_valid', 364, 'running', now(), now() - interval '1 second')`,
        [id, sha256],
      );
      await until(async () => (await world.app.get(ImportsService).get(id)).status === 'done');
      // Moved by a year, no row is one that is known.
      const { sheets } = await world.app.get(ImportsService).get(id);
      expect(sheets.find(({ name }) => name === CASES)?.unchanged).toBe(0);
    });

    it('is taken up again when the database went away in the midst of it', async () => {
      const known = world.app.get(KnownLoader);
      const load = known.load.bind(known);
      known.load = async (tx) => {
        known.load = load;
        await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
        throw new Error('the database is still there');
      };
      await expect(take()).rejects.toThrow(/terminat/);
      const [{ id }] = await world.database.dataSource.query(
        'SELECT id FROM imports WHERE finished_at IS NULL',
      );
      // Its lease of ten seconds is over.
      await world.database.dataSource.query('UPDATE imports SET lease_until = now() WHERE id = $1', [id]);
      await until(async () => (await world.app.get(ImportsService).get(id)).finishedAt !== null);
      expect((await world.app.get(ImportsService).get(id)).status).toBe('done');
    });
  });
});
