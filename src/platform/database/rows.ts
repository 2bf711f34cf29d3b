const camelName = (column: string): string =>
  column.replace(/_([a-z\d])/g, (_match, letter: string) => letter.toUpperCase());
const snakeName = (property: string): string => property.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();

/** A row as PostgreSQL gives it, with the property names of the code. */
export function camelRow<Row>(row: Record<string, unknown>): Row {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [camelName(column), value])) as Row;
}

/**
 * `SET` list and parameters of an update; the keys come from the code, never from a user.
 * @param firstParameter number of the first `$n` to use
 */
export function assignments(
  values: Record<string, unknown>,
  firstParameter: number,
): { sql: string; parameters: unknown[] } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return {
    sql: entries.map(([property], index) => `${snakeName(property)} = $${firstParameter + index}`).join(', '),
    parameters: entries.map(([, value]) => value),
  };
}

/** `INSERT` of rows that all have the keys of the first one, in one statement by arrays. */
export function insertion(
  table: string,
  rows: ReadonlyArray<Record<string, unknown>>,
): { sql: string; parameters: unknown[] } {
  const properties = Object.keys(rows[0] ?? {});
  const tuples = rows.map(
    (_row, at) =>
      `(${properties.map((_property, index) => `$${at * properties.length + index + 1}`).join(', ')})`,
  );
  return {
    sql: `INSERT INTO ${table} (${properties.map(snakeName).join(', ')}) VALUES ${tuples.join(', ')}`,
    parameters: rows.flatMap((row) => properties.map((property) => row[property])),
  };
}
