import type { DataSource } from 'typeorm';

/**
 * All that a database stores, read as text: every row of every table, and what bytes say, which the text of a row shows
 * in hex. Names the tables that hold any of the needles.
 */
export async function tablesHolding(dataSource: DataSource, needles: readonly string[]): Promise<string[]> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const wanted = [...needles, ...needles.map((needle) => Buffer.from(needle).toString('hex'))];
  const holding: string[] = [];
  for (const { name } of tables) {
    const [found] = await dataSource.query<{ is_there: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM "${name}" t WHERE t::text ~ $1) AS is_there`,
      [wanted.join('|')],
    );
    if (found?.is_there) holding.push(name);
  }
  return holding;
}
