import type { Transaction } from './transactions.js';
import { insertion } from './rows.js';

/** PostgreSQL takes at most 65,535 parameters a statement. */
const MOST_PARAMETERS = 60_000;

/** Inserts plain rows of one shape, as few statements as it takes. */
export async function bulkInsert(tx: Transaction, table: string, rows: ReadonlyArray<object>): Promise<void> {
  const first = rows[0];
  if (first === undefined) return;
  const step = Math.floor(MOST_PARAMETERS / Object.keys(first).length);
  for (let from = 0; from < rows.length; from += step) {
    const { sql, parameters } = insertion(table, rows.slice(from, from + step) as Record<string, unknown>[]);
    await (rows.length === 1 ? tx.prepared(sql, parameters) : tx.query(sql, parameters));
  }
}
