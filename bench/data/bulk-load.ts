import type { Client } from 'pg';

/**
 * Runs the work with foreign keys and secondary indexes out of the way, and makes them again from what is there: sorted
 * once instead of row by row, and every foreign key checked over the whole table.
 */
export async function bulkLoad(owner: Client, work: () => Promise<void>): Promise<void> {
  const keys = await owner.query<{ drop: string; add: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS add
       FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
  );
  // Those that back a constraint stay: primary and unique keys.
  const indexes = await owner.query<{ drop: string; add: string }>(
    `SELECT format('DROP INDEX %s', i.indexrelid::regclass) AS drop, pg_get_indexdef(i.indexrelid) AS add
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.relnamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)`,
  );
  for (const { drop } of [...keys.rows, ...indexes.rows]) await owner.query(drop);
  await work();
  for (const { add } of [...indexes.rows, ...keys.rows]) await owner.query(add);
}
