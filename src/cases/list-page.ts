import { Conditions, type Sort, SUBJECT_SORTS } from './subject-filter.js';

/** The list that a page is of. */
export interface ListSource {
  /** With its alias `s`. */
  table: string;
  select: string;
  /** Beyond the table itself. */
  joins: string;
}

/** Sort key as text, and id, of the last row before the page. */
export type ListPosition = ReadonlyArray<string | number | null>;

/**
 * Keyset: a page begins after the last key of the page before, so that page 10,000 costs what page 1 costs. Its rows
 * carry their `sort_key`.
 */
export function pageStatement(
  { table, select, joins }: ListSource,
  filter: Conditions,
  sort: Sort,
  after: ListPosition | undefined,
  limit: number,
): { sql: string; parameters: unknown[] } {
  const key = SUBJECT_SORTS[sort.replace('-', '') as keyof typeof SUBJECT_SORTS];
  const [direction, beyond] = sort.startsWith('-') ? ['DESC', '<'] : ['ASC', '>'];
  const where = new Conditions();
  where.sql.push(filter.where());
  where.parameters.push(...filter.parameters);
  if (after !== undefined) {
    where.parameters.push(...after);
    const last = where.parameters.length;
    // In selects of their own, so that a plan made for one page looks no better than the plan for all pages: else
    // PostgreSQL plans anew at every page, which costs more than the page.
    const position = `(SELECT $${last - 1}::${key.type}), (SELECT $${last}::uuid)`;
    where.sql.push(`(${key.expression}, s.id) ${beyond} (${position})`);
  }
  // The keys of the page come first, from the index alone; only its rows are joined with what they show.
  const sql = `
       WITH page AS MATERIALIZED (
         SELECT s.id, ${key.expression} AS sort_key FROM ${table} WHERE ${where.where()}
          ORDER BY ${key.expression} ${direction}, s.id ${direction} LIMIT ${limit})
       SELECT ${select}, page.sort_key::text 
         FROM page JOIN ${table} ON s.id = page.id ${joins}
        ORDER BY page.sort_key ${direction}, s.id ${direction}`;
  return { sql, parameters: where.parameters };
}
