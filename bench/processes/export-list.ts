import 'reflect-metadata';
import { rm } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { SYSTEM } from '../../src/access/actor.js';
import { SubjectExports } from '../../src/cases/export/subject-exports.js';
import { withProduct } from '../../src/commands/with-product.js';

/** What the export of one list took, from the asking to the whole file. */
export interface ExportTimes {
  rows: number;
  bytes: number;
  milliseconds: number;
  /** Most that the process ever held in memory. */
  peakMiB: number;
}

/** Rows that are asked for, where there are so many. */
const WANTED = 100_000;
const format = process.argv[2] === 'csv' ? 'csv' : 'xlsx';

const times = await withProduct(async (app): Promise<ExportTimes> => {
  const units: Array<{ code: string; cases: number }> = await app.get(DataSource).query(
    `SELECT u.code, count(*)::int AS cases FROM cases c JOIN reporting_units u ON u.id = c.reporting_unit_id
      GROUP BY u.code ORDER BY cases DESC, u.code`,
  );
  const reportingUnit: string[] = [];
  let cases = 0;
  for (const unit of units) {
    if (cases >= WANTED) break;
    reportingUnit.push(unit.code);
    cases += unit.cases;
  }
  const startedAt = performance.now();
  const { draft, rows } = await app.get(SubjectExports).ofCases(SYSTEM, { format, reportingUnit });
  const milliseconds = performance.now() - startedAt;
  await rm(draft.path);
  return { rows, bytes: draft.size, milliseconds, peakMiB: process.resourceUsage().maxRSS / 1024 };
});
process.stdout.write(`\n${JSON.stringify(times)}\n`);
