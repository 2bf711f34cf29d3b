const snakeName = (property: string): string => property.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();

/** Columns come from the code's own statements: there are a few hundred of them, and rows by the million. */
const camelNames = new Map<string, string>();

function camelName(column: string): string {
  const known = camelNames.get(column);
  if (known !== undefined) return known;
  const name = column.replace(/_([a-z\d])/g, (_match, letter: string) => letter.toUpperCase());
  camelNames.set(column, name);
  return name;
}

/** A row as PostgreSQL gives it, with the property names of the code. */
export function camelRow<Row>(row: Record<string, unknown>): Row {
  const camel: Record<string, unknown> = {};
  for (const column in row) camel[camelName(column)] = row[column];
  return camel as Row;
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

/**
 * `UPDATE` of many rows at once, each as it was seen: `version` rises, and a row of another version is left alone.
 * @param rows all with the same keys, `id` and the `version` seen among them; no binary values, for they go as JSON
 */
export function updateOfMany(
  table: string,
  rows: ReadonlyArray<Record<string, unknown> & { id: string; version: number }>,
): { sql: string; parameters: unknown[] } {
  const { id: _id, version: _version, ...patch } = rows[0] ?? {};
  const set = Object.keys(patch).map((property) => `${snakeName(property)} = v.${snakeName(property)}`);
  const values = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([property, value]) => [snakeName(property), value])),
  );
  return {
    sql: `UPDATE ${table} s SET version = s.version + 1, ${set.join(', ')}
            FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) v
           WHERE s.id = ANY ($2::uuid[]) AND s.id = v.id AND s.version = v.version RETURNING s.id`,
    parameters: [JSON.stringify(values), rows.map(({ id }) => id)],
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
