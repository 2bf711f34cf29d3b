import { Injectable } from '@nestjs/common';
import { Reader } from '../database/reader.js';
import { Refusal } from '../errors/refusal.js';
import type { Where } from './list-reader.js';
import { Cursors, DEFAULT_LIMIT, type Page, type PageQuery, type Position } from './paging.js';

/** A list by keys that grow with time and together are unique; everything here is a constant of the code. */
export interface NewestFirst<Row> {
  /** Name under which its cursors are signed. */
  name: string;
  select: string;
  from: string;
  /** Each with its PostgreSQL type. */
  keys: ReadonlyArray<readonly [column: string, type: string]>;
  positionOf(row: Row): Position;
  /**
   * Conditions of which an item has exactly one. For each of them an index is in the order of the list, and for several
   * together none is: each is asked by itself, for one page. The keys are among what is selected, by their own names.
   */
  oneOf?: readonly string[];
  /** More are not counted: who wants to know how many narrows the list. */
  mostCounted?: number;
}

/** Reads pages of lists that begin with what came last. */
@Injectable()
export class NewestFirstReader {
  constructor(
    private readonly reader: Reader,
    private readonly cursors: Cursors,
  ) {}

  async page<Row, View = Row>(
    list: NewestFirst<Row>,
    where: Where,
    query: PageQuery,
    view: (row: Row) => View,
  ): Promise<Page<View>> {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const position = query.cursor === undefined ? [] : this.cursors.open(list.name, query.cursor);
    if (query.cursor !== undefined && position.length !== list.keys.length)
      throw new Refusal(400, 'CURSOR_INVALID');
    const first = where.parameters.length + 1;
    const columns = list.keys.map(([column]) => column);
    const values = list.keys.map(([, type], index) => `$${first + index}::${type}`);
    const before = position.length === 0 ? '' : ` AND (${columns.join(', ')}) < (${values.join(', ')})`;
    const order = (names: readonly string[]): string => names.map((name) => `${name} DESC`).join(', ');
    const end = `${before} ORDER BY ${order(columns)} LIMIT ${limit + 1}`;
    const branches = branchesOf(list.select, list, where).map((branch) => `(${branch}${end})`);
    const keys = columns.map((column) => column.slice(column.indexOf('.') + 1));
    const rows = await this.reader.query<Row>(
      branches.length === 1
        ? (branches[0] ?? '')
        : `${branches.join(' UNION ALL ')} ORDER BY ${order(keys)} LIMIT ${limit + 1}`,
      [...where.parameters, ...position],
    );
    const page = this.cursors.page(list.name, rows, limit, view, (row) => list.positionOf(row));
    return query.count === 'exact' ? { ...page, total: await this.count(list, where) } : page;
  }

  /** @throws Refusal 400 COUNT_TOO_LARGE */
  private async count<Row>(list: NewestFirst<Row>, where: Where): Promise<number> {
    const { mostCounted } = list;
    const limit = mostCounted === undefined ? '' : ` LIMIT ${mostCounted + 1}`;
    const branches = branchesOf('1', list, where).map((branch) => `(${branch}${limit})`);
    const [row] = await this.reader.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM (${branches.join(' UNION ALL ')}) counted`,
      where.parameters,
    );
    const total = row?.total ?? 0;
    if (mostCounted !== undefined && total > mostCounted)
      throw new Refusal(400, 'COUNT_TOO_LARGE', { most: mostCounted });
    return total;
  }
}

/** What the list is of, in as many statements as it has conditions. */
function branchesOf<Row>(
  select: string,
  { from, oneOf = ['true'] }: NewestFirst<Row>,
  where: Where,
): string[] {
  return oneOf.map((condition) => `SELECT ${select} FROM ${from} WHERE ${where.sql} AND ${condition}`);
}
