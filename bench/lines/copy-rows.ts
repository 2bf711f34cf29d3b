import type { Client } from 'pg';

/** What an import writes, with the column by which its rows are told from those that were there; in writing order. */
const TABLES = [
  'departments',
  'department_revisions',
  'officials',
  'enterprises',
  'enterprise_revisions',
  'pairings',
  'cases',
  'assignments',
  'case_events',
  'reminders',
];
const ROWS_A_STATEMENT = 1_000;

/** The ids that are there, so that those written later can be told from them. */
export async function markRows(client: Client): Promise<void> {
  for (const table of TABLES) {
    await client.query(`DROP TABLE IF EXISTS bench_known_${table}`);
    await client.query(`CREATE TABLE bench_known_${table} AS SELECT id FROM ${table}`);
  }
}

/**
 * Inserts what has been written since {@link markRows} into another copy of the database, by plain multi-row inserts in
 * one transaction. Answers the milliseconds of the inserting alone, and how many rows there were.
 */
export async function copyNewRows(from: Client, to: Client): Promise<{ milliseconds: number; rows: number }> {
  let milliseconds = 0;
  let rows = 0;
  const timed = async (sql: string, values: unknown[] = []): Promise<void> => {
    const startedAt = performance.now();
    await to.query(sql, values);
    milliseconds += performance.now() - startedAt;
  };
  await timed('BEGIN');
  for (const table of TABLES) {
    const columns = await columnsOf(from, table);
    // As text, for pg would turn dates and JSON into objects and back.
    const selected = columns.map((column) => `t.${column}::text`).join(', ');
    await from.query(
      `DECLARE written NO SCROLL CURSOR WITH HOLD FOR
       SELECT ${selected} FROM ${table} t WHERE NOT EXISTS (SELECT 1 FROM bench_known_${table} k WHERE k.id = t.id)`,
    );
    for (;;) {
      const batch = await from.query<unknown[]>({
        text: `FETCH ${ROWS_A_STATEMENT} FROM written`,
        rowMode: 'array',
      });
      if (batch.rows.length === 0) break;
      const tuples = batch.rows.map(
        (_row, at) =>
          `(${columns.map((_column, place) => `$${at * columns.length + place + 1}`).join(', ')})`,
      );
      await timed(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples.join(', ')}`,
        batch.rows.flat(),
      );
      rows += batch.rows.length;
    }
    await from.query('CLOSE written');
  }
  await timed('COMMIT');
  return { milliseconds, rows };
}

async function columnsOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [table],
  );
  return rows.map(({ name }) => name);
}
