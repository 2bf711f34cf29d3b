import { Injectable } from '@nestjs/common';
import { Reader } from '../database/reader.js';
import { Refusal } from '../errors/refusal.js';
import { Cursors, DEFAULT_LIMIT, type Page, type PageQuery, type Position } from './paging.js';

/** The conditions of a list, with their parameters; all of them must hold. */
export class Where {
  private readonly conditions: string[] = ['true'];
  readonly parameters: unknown[] = [];

  /** @param condition in SQL, from a constant and the name of the parameter, never from a user's text. */
  add(value: unknown, condition: (parameter: string) => string): this {
    if (value === undefined) return this;
    this.parameters.push(value);
    this.conditions.push(`(${condition(`$${this.parameters.length}`)})`);
    return this;
  }

  /** A condition that comes with parameters of its own, such as an access scope. */
  addScope(scope: (firstParameter: number) => { sql: string; parameters: unknown[] }): this {
    const { sql, parameters } = scope(this.parameters.length + 1);
    this.conditions.push(`(${sql})`);
    this.parameters.push(...parameters);
    return this;
  }

  get sql(): string {
    return this.conditions.join(' AND ');
  }
}

/** A list by ascending keys that together are unique; everything here is a constant of the code. */
export interface List<Row> {
  /** Name under which its cursors are signed. */
  name: string;
  select: string;
  from: string;
  keys: readonly string[];
  /** Of the keys, PostgreSQL types for the values of a cursor. */
  types: readonly string[];
  positionOf(row: Row): Position;
}

/** Reads pages of lists by keyset. */
@Injectable()
export class ListReader {
  constructor(
    private readonly reader: Reader,
    private readonly cursors: Cursors,
  ) {}

  async page<Row, View = Row>(
    list: List<Row>,
    where: Where,
    query: PageQuery,
    view: (row: Row) => View,
  ): Promise<Page<View>> {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const position = query.cursor === undefined ? [] : this.cursors.open(list.name, query.cursor);
    if (query.cursor !== undefined && position.length !== list.keys.length)
      throw new Refusal(400, 'CURSOR_INVALID');
    const first = where.parameters.length + 1;
    const values = list.types.map((type, index) => `$${first + index}::${type}`);
    const after = position.length === 0 ? '' : ` AND (${list.keys.join(', ')}) > (${values.join(', ')})`;
    const rows = await this.reader.query<Row>(
      `SELECT ${list.select} FROM ${list.from} WHERE ${where.sql}${after} ORDER BY ${list.keys.join(', ')} LIMIT ${limit + 1}`,
      [...where.parameters, ...position],
    );
    const page = this.cursors.page(list.name, rows, limit, view, (row) => list.positionOf(row));
    return query.count === 'exact' ? { ...page, total: await this.count(list, where) } : page;
  }

  private async count<Row>(list: List<Row>, where: Where): Promise<number> {
    const sql = `SELECT count(*)::int AS total FROM ${list.from} WHERE ${where.sql}`;
    const [row] = await this.reader.query<{ total: number }>(sql, where.parameters);
    return row?.total ?? 0;
  }
}

/** A fragment that somebody searches for, as a pattern of `ILIKE`. */
export const fragment = (text: string): string => `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
