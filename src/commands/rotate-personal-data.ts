import { DataSource } from 'typeorm';
import { BY_SYSTEM, SecurityTrail } from '../access/security-trail.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import { reseal } from '../platform/personal-data/reseal.js';
import { ALL_SEALED_COLUMNS } from '../sealed-columns.js';
import { withProduct } from './with-product.js';

/** Seals all numbers under the first key of PERSONAL_DATA_KEYS; tells how many, and whether the other keys may go. */
export async function rotatePersonalData(): Promise<void> {
  await withProduct(async (app) => {
    const personalData = app.get(PersonalData);
    const dataSource = app.get(DataSource);
    const counts: Record<string, number> = {};
    const unreadable: string[] = [];
    for (const column of ALL_SEALED_COLUMNS) {
      const done = await reseal((sql, parameters) => dataSource.query(sql, parameters), personalData, column);
      counts[column.table] = done.resealed;
      unreadable.push(...done.unreadable.map((id) => `${column.table} ${id} cannot be read\n`));
      process.stdout.write(`${column.table}: ${done.resealed} sealed anew with ${personalData.seal}\n`);
    }
    await app.get(SecurityTrail).recordAlone({
      type: 'contact_keys_rotated',
      actor: BY_SYSTEM,
      payload: { seal: personalData.seal, ...counts, unreadable: unreadable.length },
    });
    if (unreadable.length === 0) {
      process.stdout.write(
        'No stored number needs another key: PERSONAL_DATA_KEYS may hold the first one alone.\n',
      );
      return;
    }
    process.stderr.write(unreadable.join(''));
    process.exitCode = 1;
  });
}
