/** Each connection keeps what it has prepared; combinations of filters beyond so many are planned at each use. */
const MOST_PREPARED = 300;

const names = new Map<string, string>();

/**
 * The name under which each connection prepares a statement that was put together from a closed set of conditions or
 * columns; `undefined` once there are too many. Not for `SELECT *`: its answer changes with the table, which breaks
 * what older processes have prepared.
 */
export function preparedName(sql: string): string | undefined {
  let name = names.get(sql);
  if (name === undefined && names.size < MOST_PREPARED) {
    name = `prepared-${names.size}`;
    names.set(sql, name);
  }
  return name;
}
