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
    const order = columns.map((column) => `${column} DESC`).join(', ');
    const rows = await this.reader.query<Row>(
      `SELECT ${list.select} FROM ${list.from} WHERE ${where.sql}${before} ORDER BY ${order} LIMIT ${limit + 1}`,
      [...where.parameters, ...position],
    );
    const page = this.cursors.page(list.name, rows, limit, view, (row) => list.positionOf(row));
    return query.count === 'exact' ? { ...page, total: await this.count(list, where) } : page;
  }

  private async count<Row>(list: NewestFirst<Row>, where: Where): Promise<number> {
    const [row] = await this.reader.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM ${list.from} WHERE ${where.sql}`,
      where.parameters,
    );
    return row?.total ?? 0;
  }
}
