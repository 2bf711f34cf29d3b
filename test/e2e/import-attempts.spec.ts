import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { ImportRunner } from '../../src/intake/import-runner.js';
import { Worker } from '../../src/platform/queue/worker.js';
import { WakeUps } from '../../src/platform/queue/wake-ups.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

interface Told {
  id: string;
  status: string;
  error: { code: string; detail: string } | null;
}

describe('an import whose worker dies of it', () => {
  let world: TestApp;
  let office: Client;

  beforeAll(async () => {
    world = await createTestApp();
    office = await world.as('task_force');
    world.app.get(Worker).start();
  });
  afterAll(() => world.close());

  const query = <Row>(sql: string, id: string): Promise<Row[]> =>
    world.database.dataSource.query<Row[]>(sql, [id]);
  const attempts = async (id: string): Promise<number> => {
    const [row] = await query<{ attempts: number }>('SELECT attempts FROM imports WHERE id = $1', id);
    return row?.attempts ?? -1;
  };
  /** As when so much time has passed that its worker must be dead. */
  const endLease = async (id: string): Promise<void> => {
    await query(`UPDATE imports SET lease_until = now() - interval '1 second' WHERE id = $1`, id);
    world.app.get(WakeUps).ring('import');
  };
  const submit = async (): Promise<string> => {
    const ledger = new Blob([await readFile('examples/ledger-2021-11.xlsx')]);
    const { status, body } = await office.upload<Told>(
      '/imports',
      { mode: 'preview' },
      ledger,
      'ledger.xlsx',
    );
    expect(status).toBe(202);
    return body.id;
  };

  /** Every run from now on ends as when the process is killed: nothing is written any more. */
  const dying = (): { runs: () => number; mend: () => void } => {
    const runner = world.app.get(ImportRunner);
    const run = runner.run.bind(runner);
    let runs = 0;
    runner.run = () => {
      runs += 1;
      return Promise.reject(new Error('killed'));
    };
    return { runs: () => runs, mend: () => (runner.run = run) };
  };

  it('is tried three times, then has failed and says so', async () => {
    const worker = dying();
    const id = await submit();
    for (const times of [1, 2, 3]) {
      await until(async () => worker.runs() === times);
      expect(await attempts(id)).toBe(times);
      await endLease(id);
    }
    let told: Told | undefined;
    await until(async () => {
      told = (await office.get<Told>(`/imports/${id}`)).body;
      return told.status === 'failed';
    });
    worker.mend();
    expect(worker.runs()).toBe(3);
    expect(told?.error).toEqual({
      code: 'IMPORT_GIVEN_UP',
      detail: expect.stringContaining('3'),
    });
    // It is over: nobody takes it up again, and its report may be read.
    await endLease(id);
    const [row] = await query<{ finished_at: Date | null }>(
      'SELECT finished_at FROM imports WHERE id = $1',
      id,
    );
    expect(row?.finished_at).toBeInstanceOf(Date);
  });

  it('is done by the third worker, when only two died', async () => {
    const worker = dying();
    const id = await submit();
    for (const times of [1, 2]) {
      await until(async () => worker.runs() === times);
      if (times === 2) worker.mend();
      await endLease(id);
    }
    await until(async () => (await office.get<Told>(`/imports/${id}`)).body.status === 'done');
    expect(await attempts(id)).toBe(3);
  });
});
