import { PersonalData } from './personal-data.js';
import { type SealedColumn, sealOf } from './sealed-column.js';
import { type Query, storedSeals } from './stored-seals.js';

const ROWS_AT_ONCE = 1000;

interface StoredValue {
  id: string;
  value: string;
}

export interface Resealed {
  resealed: number;
  /** Rows that none of the keys opens; they stay as they are. */
  unreadable: string[];
}

/**
 * Seals anew, under the first key, what an earlier one holds, until nothing is left of it. A thousand rows a statement,
 * each of which is whole by itself: broken off, the next run goes on where it stopped. Beside a running product a row
 * that was changed meanwhile is left as it is now, and looked at again.
 */
export async function reseal(
  query: Query,
  personalData: PersonalData,
  column: SealedColumn,
): Promise<Resealed> {
  let resealed = 0;
  for (;;) {
    const pass = await resealOnce(query, personalData, column);
    resealed += pass.resealed;
    if (pass.resealed === 0) return { resealed, unreadable: pass.unreadable };
  }
}

async function resealOnce(query: Query, personalData: PersonalData, column: SealedColumn): Promise<Resealed> {
  const pass: Resealed = { resealed: 0, unreadable: [] };
  for (const { seal } of await storedSeals(query, column)) {
    if (seal === null || seal === personalData.seal) continue;
    await inTurns(query, column, `${sealOf(column)} = '${seal}'`, async (rows) => {
      const readable = rows.filter(({ id, value }) => personalData.opens(value, column, id));
      pass.unreadable.push(...rows.filter((row) => !readable.includes(row)).map(({ id }) => id));
      pass.resealed += await write(
        query,
        personalData,
        column,
        readable.map(({ id, value }) => ({ id, value, plain: personalData.open(value, column, id) })),
      );
    });
  }
  return pass;
}

/**
 * Seals what was stored before there were seals; what is sealed and cannot be found gets its search key, and what is
 * not told of it is told. A seal that does not open is left as it is.
 */
export async function sealPlain(
  query: Query,
  personalData: PersonalData,
  column: SealedColumn,
): Promise<number> {
  let sealed = 0;
  const untold = column.told === undefined ? '' : ` OR ${column.told.column} IS NULL`;
  await inTurns(query, column, `(${column.searchKey} IS NULL${untold})`, async (rows) => {
    const opened = rows.flatMap(({ id, value }) => {
      const plain = value.includes(':') ? personalData.openOrTell(value, column, id) : value;
      return plain === null ? [] : [{ id, value, plain }];
    });
    sealed += await write(query, personalData, column, opened);
  });
  return sealed;
}

async function inTurns(
  query: Query,
  { table, sealed }: SealedColumn,
  which: string,
  work: (rows: StoredValue[]) => Promise<void>,
): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await query<StoredValue>(
      `SELECT id, ${sealed} AS value FROM ${table} WHERE ${sealed} IS NOT NULL AND ${which} AND id > $1 ORDER BY id LIMIT $2`,
      [after, ROWS_AT_ONCE],
    );
    await work(rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    after = last.id;
  }
}

/** Where the value still is what was read. */
async function write(
  query: Query,
  personalData: PersonalData,
  column: SealedColumn,
  rows: ReadonlyArray<StoredValue & { plain: string }>,
): Promise<number> {
  const { table, sealed, searchKey, told } = column;
  const alsoTold = told === undefined ? '' : `, ${told.column} = n.told`;
  const written = await query(
    `WITH anew AS (
       UPDATE ${table} t SET ${sealed} = n.sealed, ${searchKey} = n.search_key${alsoTold}
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::boolean[])
           AS n (id, value, sealed, search_key, told)
        WHERE t.id = n.id AND t.${sealed} = n.value
       RETURNING t.id
     ) SELECT id FROM anew`,
    [
      rows.map(({ id }) => id),
      rows.map(({ value }) => value),
      rows.map(({ id, plain }) => personalData.sealed(plain, column, id)),
      rows.map(({ plain }) => personalData.searchKey(plain, column)),
      rows.map(({ plain }) => told?.of(plain) ?? false),
    ],
  );
  return written.length;
}
