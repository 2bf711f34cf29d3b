import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/reader.js';
import { Refusal } from '../platform/errors/refusal.js';
import { Where } from '../platform/http/list-reader.js';
import { Cursors, DEFAULT_LIMIT, type Page, type PageQuery, type Position } from '../platform/http/paging.js';
import { ANCHOR_COLUMNS } from './anchors/chains-fold.js';
import type { AnchorView, AuditEventQuery, AuditEventView } from './audit.dto.js';

/** A list from what came last; everything here is a constant of the code. */
interface LastFirst<Row> {
  name: string;
  select: string;
  from: string;
  /** Which together are unique, each with its PostgreSQL type. */
  keys: ReadonlyArray<[column: string, type: string]>;
  positionOf(row: Row): Position;
}

const PARTIES = `json_build_object('kind', e.actor_kind, 'id', e.actor_id) AS actor,
  CASE WHEN e.subject_id IS NOT NULL THEN json_build_object('kind', e.subject_kind, 'id', e.subject_id) END AS subject`;

const TRAIL: LastFirst<AuditEventView> = {
  name: 'audit-trail',
  select: `e.id, 'trail' AS ledger, NULL::uuid AS "chainId", e.sequence::float8 AS sequence, e.type,
    e.recorded_at AS "recordedAt", ${PARTIES}, e.address, e.request_id AS "requestId", e.payload, e.algorithm,
    encode(e.hash, 'hex') AS hash`,
  from: 'audit_events e',
  keys: [['e.sequence', 'bigint']],
  positionOf: ({ sequence }) => [sequence],
};

const CASES: LastFirst<AuditEventView> = {
  name: 'audit-cases',
  select: `e.id, 'cases' AS ledger, e.chain_id AS "chainId", e.sequence, e.type, e.recorded_at AS "recordedAt",
    ${PARTIES}, NULL::text AS address, NULL::text AS "requestId", e.payload, e.algorithm,
    encode(e.hash, 'hex') AS hash`,
  from: 'case_events e',
  keys: [
    ['e.recorded_at', 'timestamptz'],
    ['e.id', 'uuid'],
  ],
  positionOf: ({ recordedAt, id }) => [recordedAt.toISOString(), id],
};

const ANCHORS: LastFirst<AnchorView> = {
  name: 'audit-anchors',
  select: `${ANCHOR_COLUMNS.replace(/\bhash$/, '')} encode(hash, 'hex') AS hash`,
  from: 'chain_anchors',
  keys: [['anchored_on', 'date']],
  positionOf: ({ anchoredOn }) => [anchoredOn],
};

/** What an auditor reads, the last first. */
@Injectable()
export class AuditLists {
  constructor(
    private readonly reader: Reader,
    private readonly cursors: Cursors,
  ) {}

  /** @throws Refusal 400 AUDIT_RANGE_REQUIRED */
  events(query: AuditEventQuery): Promise<Page<AuditEventView>> {
    const isOfCases = query.ledger === 'cases';
    // Ten million events, which have no index by who or what: only those of one case, or from some day on.
    const isUnbounded = query.subjectId === undefined && query.from === undefined;
    if (isOfCases && isUnbounded && (query.type !== undefined || query.actorId !== undefined))
      throw new Refusal(400, 'AUDIT_RANGE_REQUIRED');
    const where = new Where()
      .add(query.type, (types) => `e.type = ANY(${types}::text[])`)
      .add(query.actorId, (id) => `e.actor_id = ${id}`)
      .add(query.subjectId, (id) => `e.subject_id = ${id}`)
      .add(instantOf(query, 'from'), (from) => `e.recorded_at >= ${from}`)
      .add(instantOf(query, 'to'), (to) => `e.recorded_at < ${to}`);
    return this.page(isOfCases ? CASES : TRAIL, where, query);
  }

  anchors(query: PageQuery): Promise<Page<AnchorView>> {
    return this.page(ANCHORS, new Where(), query);
  }

  private async page<Row>(list: LastFirst<Row>, where: Where, query: PageQuery): Promise<Page<Row>> {
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
    const page = this.cursors.page(
      list.name,
      rows,
      limit,
      (row) => row,
      (row) => list.positionOf(row),
    );
    return query.count === 'exact' ? { ...page, total: await this.count(list, where) } : page;
  }

  private async count<Row>(list: LastFirst<Row>, where: Where): Promise<number> {
    const [row] = await this.reader.query<{ total: number }>(
      `SELECT count(*)::float8 AS total FROM ${list.from} WHERE ${where.sql}`,
      where.parameters,
    );
    return row?.total ?? 0;
  }
}

/** The form has been checked; that 31 November is no day shows only here. */
function instantOf(query: AuditEventQuery, name: 'from' | 'to'): Date | undefined {
  const text = query[name];
  if (text === undefined) return undefined;
  const instant = new Date(text);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new Refusal(400, 'VALIDATION_FAILED', { count: 1 }, [
    { pointer: `?${name}`, code: 'FIELD_IS_DATE_STRING' },
  ]);
}
