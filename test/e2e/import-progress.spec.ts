import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { takeWatched } from '../../src/commands/import-ledger.js';
import { ImportsService } from '../../src/intake/imports.service.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

describe('the progress of an import on a terminal', () => {
  let world: TestApp;

  beforeAll(async () => {
    world = await createTestApp();
  });
  afterAll(() => world.close());

  const take = async (isTTY: boolean) => {
    const drawn: string[] = [];
    const result = await takeWatched(
      world.app.get(ImportsService),
      {
        fileName: 'ledger.xlsx',
        content: createReadStream('examples/ledger-2021-11.xlsx'),
        mode: 'preview',
        onError: 'keep_valid',
        createdBy: null,
      },
      { isTTY, write: (text) => drawn.push(text) },
    );
    return { drawn, result };
  };

  it('is that of its own import, also when somebody else began one later', async () => {
    await world.database.dataSource.query(
      `INSERT INTO imports (id, file_name, sha256, mode, on_error, status, rows_done, rows_total, created_at, lease_until)
       VALUES ($1, 'another.xlsx', '00', 'preview', 'keep_valid', 'running', 11, 7777,
               now() + interval '1 minute', now() + interval '1 hour')`,
      [randomUUID()],
    );
    const { drawn, result } = await take(true);
    expect(result.status).toBe('done');
    const totals = drawn.flatMap((text) => [...text.matchAll(/\/(\d+) rows/g)].map(([, of]) => Number(of)));
    expect(totals.length).toBeGreaterThan(0);
    expect(totals.filter((of) => of !== 0 && of !== result.rowsTotal)).toEqual([]);
  });

  it('is not drawn in a pipe', async () => {
    const { drawn, result } = await take(false);
    expect([result.status, drawn]).toEqual(['done', []]);
  });
});
