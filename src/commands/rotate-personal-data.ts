import { DataSource } from 'typeorm';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import { reseal } from '../platform/personal-data/reseal.js';
import { ALL_SEALED_COLUMNS } from '../sealed-columns.js';
import { withProduct } from './with-product.js';

/** Seals all numbers under the first key of PERSONAL_DATA_KEYS; told how many, and when the others may go. */
export async function rotatePersonalData(): Promise<void> {
  await withProduct(async (app) => {
    const personalData = app.get(PersonalData);
    const dataSource = app.get(DataSource);
    let unreadable = 0;
    for (const column of ALL_SEALED_COLUMNS) {
      const done = await reseal((sql, parameters) => dataSource.query(sql, parameters), personalData, column);
      unreadable += done.unreadable.length;
      process.stdout.write(`${column.table}: ${done.resealed} sealed anew with ${personalData.seal}\n`);
      for (const id of done.unreadable) process.stderr.write(`${column.table} ${id}: cannot be read\n`);
    }
    if (unreadable > 0) process.exitCode = 1;
    else
      process.stdout.write(
        'No number needs another key any more: PERSONAL_DATA_KEYS may hold this one alone.\n',
      );
  });
}
