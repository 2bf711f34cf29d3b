import type { SubjectHistory } from './history.js';
import type { Holder } from './standing.js';

/** A row of a table before its figures. */
export interface GroupRow {
  group: string;
  key: string;
  name: string;
}

/** How a table is cut into rows. A case or problem is in exactly one group at a time. */
export interface Grouping {
  /** The group from `at` on, changes of attributes at that moment included. */
  groupAt(holder: Holder, at: number): string;
  /** Moments at which attributes that this subject is grouped by changed. */
  changesFor(history: SubjectHistory): readonly number[];
  /** Rows in the order in which they are listed: those that always stand there, and the groups with figures. */
  rows(used: ReadonlySet<string>, at: number): GroupRow[];
}

/** By code unit, so that the order is the same on every machine. */
export const listedByKey = (rows: GroupRow[]): GroupRow[] =>
  rows.toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
