import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { xlsxWorkbook } from '../../src/platform/spreadsheet/xlsx-workbook.js';
import { asOwner } from '../support/as-owner.js';
import { FakeClock } from '../support/fake-clock.js';
import { eventCount, ledgerTo, NOTHING_NEW, sheetsOf, takeIn } from '../support/ledger-trip.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { actsOf, carryOut, TODAY } from './ledger-acts.js';
import { anyLedger, sheetsFor } from './ledger-rows.js';

/** The same ledgers at every run; LEDGER_SEED gives others, LEDGER_RUNS more of them. */
const SEED = Number(process.env['LEDGER_SEED'] ?? 20_211_129);
const RUNS = Number(process.env['LEDGER_RUNS'] ?? 4);
const DAY_MS = 86_400_000;
const PATIENCE_MS = 60_000 + RUNS * 30_000;
const SHEETS = ['通讯录', '停产半停产减产企业清单', '问题诉求责任清单', '生产月报'];

describe(`ledgers that go out and come in again, seed ${SEED}`, () => {
  let clock: FakeClock;
  let first: TestApp;
  let second: TestApp;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shukun-trips-'));
    clock = new FakeClock(new Date(TODAY));
    [first, second] = await Promise.all([createTestApp({ clock }), createTestApp({ clock })]);
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close(), rm(folder, { recursive: true, force: true })]);
  });

  /** Of what stands in the ledger nothing; accounts stay. */
  const forgetAll = async ({ database }: TestApp): Promise<void> =>
    asOwner(
      database,
      'SET session_replication_role = replica; DELETE FROM case_events; DELETE FROM ratings; DELETE FROM co_handlers; ' +
        'DELETE FROM assignments; DELETE FROM problems; DELETE FROM cases; DELETE FROM pairings; ' +
        'DELETE FROM production_figures; DELETE FROM enterprise_revisions; DELETE FROM enterprises; ' +
        'DELETE FROM official_revisions; DELETE FROM officials WHERE id NOT IN (SELECT official_id FROM accounts WHERE official_id IS NOT NULL)',
    );

  it(
    'change nothing where they came from, and give an empty product the same rows',
    async () => {
      const property = fc.asyncProperty(anyLedger, async (ledger) => {
        await Promise.all([forgetAll(first), forgetAll(second)]);
        const sheets = sheetsFor(ledger);
        const taken = await takeIn(first, Readable.from(xlsxWorkbook(sheets)));
        expect(taken['停产半停产减产企业清单']?.accepted).toBe(ledger.cases.length);
        expect(taken['问题诉求责任清单']?.accepted).toBe(ledger.problems.length);
        const out = path.join(folder, 'out.xlsx');
        await ledgerTo(out, first);
        const written = await sheetsOf(out);
        const again = await takeIn(first, out, 'reject_all');
        const anew = await takeIn(second, out, 'reject_all');
        for (const [name, report] of Object.entries(again)) {
          expect([name, report]).toEqual([name, expect.objectContaining(NOTHING_NEW)]);
          expect(anew[name]).toMatchObject({ ...NOTHING_NEW, accepted: report.unchanged });
        }
        const back = path.join(folder, 'back.xlsx');
        await ledgerTo(back, second);
        const found = await sheetsOf(back);
        for (const sheet of SHEETS) expect([sheet, found[sheet]]).toEqual([sheet, written[sheet]]);
      });
      await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
    },
    PATIENCE_MS,
  );

  it(
    'change nothing either where cases were handed on, held, ended and opened again meanwhile',
    async () => {
      let done = 0;
      const property = fc.asyncProperty(anyLedger, actsOf, async (ledger, days) => {
        clock.set(TODAY);
        await forgetAll(first);
        await takeIn(first, Readable.from(xlsxWorkbook(sheetsFor(ledger))));
        for (const acts of days) {
          const office = await first.as('task_force');
          for (const act of acts) done += (await carryOut(act, office, first)) ? 1 : 0;
          clock.advance(2 * DAY_MS);
        }
        const out = path.join(folder, 'lived-in.xlsx');
        await ledgerTo(out, first);
        const before = await eventCount(first);
        for (const [name, report] of Object.entries(await takeIn(first, out, 'reject_all')))
          expect([name, report]).toEqual([name, expect.objectContaining(NOTHING_NEW)]);
        expect(await eventCount(first)).toBe(before);
      });
      await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
      expect(done).toBeGreaterThan(2 * RUNS);
    },
    PATIENCE_MS,
  );
});
