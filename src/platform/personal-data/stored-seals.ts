import { type SealedColumn, sealOf } from './sealed-column.js';

/** The part of a connection or a pool that is needed here. */
export type Query = <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;

export interface StoredSeal {
  /** `scheme:key id`; `null`: values that are not sealed yet. */
  seal: string | null;
  /** A few rows of it. */
  samples: Array<{ id: string; value: string }>;
}

const SAMPLES = 20;

/**
 * The schemes and keys that a column's values are sealed with, each with twenty rows at most; quick however
 * many there are.
 */
export async function storedSeals(query: Query, column: SealedColumn): Promise<StoredSeal[]> {
  const { table, sealed } = column;
  const seal = sealOf(column);
  const found = await query<StoredSeal>(
    `WITH RECURSIVE seals AS (
       (SELECT ${seal} AS seal FROM ${table} WHERE ${sealed} IS NOT NULL AND ${seal} > '' ORDER BY ${seal} LIMIT 1)
        UNION ALL
       SELECT (SELECT ${seal} FROM ${table} WHERE ${sealed} IS NOT NULL AND ${seal} > seals.seal ORDER BY ${seal} LIMIT 1)
         FROM seals WHERE seals.seal IS NOT NULL
     )
     SELECT seals.seal, json_agg(one) AS samples FROM seals
      CROSS JOIN LATERAL (SELECT id, ${sealed} AS value FROM ${table}
                           WHERE ${sealed} IS NOT NULL AND ${seal} = seals.seal LIMIT ${SAMPLES}) one
      WHERE seals.seal IS NOT NULL GROUP BY seals.seal`,
  );
  const plain = await query(`SELECT 1 FROM ${table} WHERE ${sealed} IS NOT NULL AND ${seal} IS NULL LIMIT 1`);
  return plain.length === 0 ? found : [...found, { seal: null, samples: [] }];
}
