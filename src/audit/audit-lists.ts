import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/errors/refusal.js';
import { instantOf } from '../platform/http/instant.js';
import { Where } from '../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../platform/http/newest-first.js';
import type { Page, PageQuery } from '../platform/http/paging.js';
import { ANCHOR_COLUMNS } from './anchors/chains-fold.js';
import {
  type AnchorView,
  type AuditEventQuery,
  type AuditEventView,
  LONGEST_SPAN_DAYS,
} from './audit.dto.js';

const DAY_MS = 86_400_000;

const PARTIES = `json_build_object('kind', e.actor_kind, 'id', e.actor_id) AS actor,
  CASE WHEN e.subject_id IS NOT NULL THEN json_build_object('kind', e.subject_kind, 'id', e.subject_id) END AS subject`;

const TRAIL: NewestFirst<AuditEventView> = {
  name: 'audit-trail',
  select: `e.id, 'trail' AS ledger, NULL::uuid AS "chainId", e.sequence::float8 AS sequence, e.type,
    e.recorded_at AS "recordedAt", ${PARTIES}, e.address, e.request_id AS "requestId", e.payload, e.algorithm,
    encode(e.hash, 'hex') AS hash`,
  from: 'audit_events e',
  keys: [['e.sequence', 'bigint']],
  positionOf: ({ sequence }) => [sequence],
};

const CASES: NewestFirst<AuditEventView> = {
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

const ANCHORS: NewestFirst<AnchorView> = {
  name: 'audit-anchors',
  select: `${ANCHOR_COLUMNS.replace(/\bhash$/, '')} encode(hash, 'hex') AS hash`,
  from: 'chain_anchors',
  keys: [['anchored_on', 'date']],
  positionOf: ({ anchoredOn }) => [anchoredOn],
};

/** What an auditor reads, the last first. */
@Injectable()
export class AuditLists {
  constructor(private readonly lists: NewestFirstReader) {}

  /** @throws Refusal 400 AUDIT_RANGE_REQUIRED, VALIDATION_FAILED */
  events(query: AuditEventQuery): Promise<Page<AuditEventView>> {
    const from = query.from === undefined ? undefined : instantOf(query.from, '?from');
    const to = query.to === undefined ? undefined : instantOf(query.to, '?to');
    if (!isIndexed(query) && !isShortSpan(from, to))
      throw new Refusal(400, 'AUDIT_RANGE_REQUIRED', { days: LONGEST_SPAN_DAYS });
    const where = new Where()
      .add(query.type, (types) => `e.type = ANY(${types}::text[])`)
      .add(query.actorId, (id) => `e.actor_id = ${id}`)
      .add(query.subjectId, (id) => `e.subject_id = ${id}`)
      .add(from, (instant) => `e.recorded_at >= ${instant}`)
      .add(to, (instant) => `e.recorded_at < ${instant}`);
    return this.lists.page(query.ledger === 'cases' ? CASES : TRAIL, where, query, (event) => event);
  }

  anchors(query: PageQuery): Promise<Page<AnchorView>> {
    return this.lists.page(ANCHORS, new Where(), query, (anchor) => anchor);
  }
}

/** A count reads every event that there is; and the ten million of cases have no index by who or what. */
function isIndexed({ ledger, subjectId, type, actorId, count }: AuditEventQuery): boolean {
  if (subjectId !== undefined) return true;
  return count === undefined && (ledger !== 'cases' || (type === undefined && actorId === undefined));
}

const isShortSpan = (from: Date | undefined, to: Date | undefined): boolean =>
  from !== undefined && to !== undefined && to.getTime() - from.getTime() <= LONGEST_SPAN_DAYS * DAY_MS;
