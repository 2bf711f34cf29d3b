import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { Attributes } from './attributes.js';
import { columnsOf, type WeeklyColumns } from './columns.js';
import type { By } from './groupings.js';
import { type GroupRow, LISTED_ROWS } from './listed-rows.js';
import { ranksOf } from './ranking.js';
import { addUp, isNothing, noCounts, type RawCounts, requireReconciled, requireTotal } from './raw-counts.js';

export interface WeeklyRow extends WeeklyColumns {
  key: string;
  name: string;
}

export interface WeeklyTable {
  rows: WeeklyRow[];
  /** From the raw counts of all rows; never ranked. */
  total: WeeklyColumns;
}

/** Raw counts by group. */
export type Counts = ReadonlyMap<string, RawCounts>;

/** What a table of counts is of. */
export interface TableOf {
  subject: SubjectKind;
  by: By;
  attributes: Attributes;
}

/** Counts of one stretch of time, and its last moment, whose names are written. */
export interface Counted {
  counts: Counts;
  lastAt: number;
}

/**
 * The table of a period from raw counts, with the change of ranks since the one before.
 * @throws Refusal 409 TABLE_NOT_RECONCILED naming the row
 */
export function weeklyTable(of: TableOf, counted: Counted, before: Counted): WeeklyTable {
  const lastRanks = ranksOf(rowsOf(of, before));
  const rows = rowsOf(of, counted);
  const ranks = ranksOf(rows);
  const total = addUp(counted.counts.values());
  requireTotal(total);
  return {
    rows: rows.map(({ group, key, name, ...columns }) => {
      const rank = ranks.get(group) ?? null;
      const lastRank = lastRanks.get(group) ?? null;
      const rankChange = rank === null || lastRank === null ? null : lastRank - rank;
      return { key, name, ...columns, rank, rankChange };
    }),
    total: columnsOf(total, of.subject),
  };
}

function rowsOf(
  { subject, by, attributes }: TableOf,
  { counts, lastAt }: Counted,
): Array<GroupRow & WeeklyColumns> {
  const used = new Set([...counts].flatMap(([group, raw]) => (isNothing(raw) ? [] : [group])));
  const rows = LISTED_ROWS[by]({ attributes, used, at: lastAt });
  const listed = new Set(rows.map(({ group }) => group));
  for (const group of used) if (!listed.has(group)) throw new Error(`figures without a row: ${group}`);
  return rows.map((row) => {
    const raw = counts.get(row.group) ?? noCounts();
    requireReconciled(row.key, raw);
    return { ...row, ...columnsOf(raw, subject) };
  });
}
