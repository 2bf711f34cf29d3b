import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../platform/database/data-source-options.js';
import type { PersonalData } from '../platform/personal-data/personal-data.js';
import { sealPlain } from '../platform/personal-data/reseal.js';
import { ALL_SEALED_COLUMNS } from '../sealed-columns.js';

/**
 * Seals numbers that were stored before there were seals; harmless again, and broken off it is gone on with. The tables
 * are written anew: what rows held before would lie in their files for a long time.
 * @returns of each table that had any, how many
 */
export async function sealStoredNumbers(
  ownerUrl: string,
  personalData: PersonalData,
): Promise<Array<{ table: string; rows: number }>> {
  const sealed: Array<{ table: string; rows: number }> = [];
  const dataSource = new DataSource({ ...dataSourceOptions(ownerUrl, 1, []), extra: {} });
  await dataSource.initialize();
  try {
    for (const column of ALL_SEALED_COLUMNS) {
      const { table, check, sealed: sealedColumn } = column;
      const waiting = await dataSource.query<unknown[]>(
        'SELECT 1 FROM pg_constraint WHERE conname = $1 AND conrelid = $2::regclass AND NOT convalidated',
        [check, table],
      );
      if (waiting.length === 0) continue;
      const rows = await sealPlain(
        (sql, parameters) => dataSource.query(sql, parameters),
        personalData,
        column,
      );
      // Not by VACUUM FULL, which takes along what an older snapshot might still see.
      await dataSource.query(
        `ALTER TABLE ${table} ALTER COLUMN ${sealedColumn} TYPE text USING ${sealedColumn} || ''`,
      );
      await dataSource.query(`ANALYZE ${table}`);
      await dataSource.query(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${check}`);
      sealed.push({ table, rows });
    }
  } finally {
    await dataSource.destroy();
  }
  return sealed;
}
