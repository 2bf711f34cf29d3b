import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/actor.js';
import { enterpriseScope } from '../../access/scope.js';
import { POLICY } from '../../access/policy.js';
import { Reader } from '../../platform/database/reader.js';
import type { Locale } from '../../platform/errors/message-text.js';
import { notFound } from '../../platform/errors/refusal.js';
import { Where } from '../../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../../platform/http/newest-first.js';
import type { CandidateQuery } from './candidates.dto.js';
import type { Evidence } from './candidate-terms.js';
import {
  type CandidateAction,
  type CandidatePage,
  type CandidateView,
  type CaseReference,
  type EvidenceView,
} from './candidates.view.js';
import { evidenceText } from './evidence-text.js';
import { mayDecide } from './open-candidate.js';

type Row = Omit<CandidateView, 'evidence' | 'decision' | 'allowedActions'> & {
  evidence: Evidence;
  decidedAt: Date | null;
  decidedBy: { id: string; name: string } | null;
  decidedCase: CaseReference | null;
  decisionNote: string | null;
  quietUntil: string | null;
  lapseReason: NonNullable<CandidateView['decision']>['lapseReason'];
  lapseFacts: Evidence | null;
};

const caseReference = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NULL THEN NULL ELSE jsonb_build_object('id', ${alias}.id, 'number', ${alias}.number) END`;

const CANDIDATES: NewestFirst<Row> = {
  name: 'candidates',
  select: `k.id, k.kind, k.status, k.origin, k.distress_type AS "distressType", k.evidence, k.raised_at AS "raisedAt",
    k.renewed_at AS "renewedAt", k.version, k.decided_at AS "decidedAt", k.decision_note AS "decisionNote",
    k.quiet_until::text AS "quietUntil", k.lapse_reason AS "lapseReason", k.lapse_facts AS "lapseFacts",
    jsonb_build_object('id', e.id, 'name', e.name, 'creditCode', e.credit_code,
      'reportingUnit', jsonb_build_object('code', u.code, 'name', u.name)) AS enterprise,
    ${caseReference('c')} AS "case", ${caseReference('live')} AS "liveCase", ${caseReference('dc')} AS "decidedCase",
    CASE WHEN a.id IS NULL THEN NULL
         ELSE jsonb_build_object('id', a.id, 'name', coalesce(o.name, a.username)) END AS "decidedBy"`,
  from: `distress_candidates k
    JOIN enterprises e ON e.id = k.enterprise_id
    JOIN reporting_units u ON u.id = e.reporting_unit_id
    LEFT JOIN cases c ON c.id = k.case_id
    LEFT JOIN cases dc ON dc.id = k.decided_case_id
    LEFT JOIN cases live ON live.enterprise_id = k.enterprise_id
      AND live.status NOT IN ('resolved', 'rejected', 'terminated')
    LEFT JOIN accounts a ON a.id = k.decided_by
    LEFT JOIN officials o ON o.id = a.official_id`,
  keys: [['k.id', 'uuid']],
  positionOf: (row) => [row.id],
};

/** Reads of candidates, within the scope of who asks. */
@Injectable()
export class CandidateList {
  constructor(
    private readonly reader: Reader,
    private readonly lists: NewestFirstReader,
  ) {}

  /** The newest first; with `count=exact` also how many of each kind. */
  async list(caller: Caller, query: CandidateQuery, locale: Locale): Promise<CandidatePage> {
    const where = filtered(caller, query);
    const page = await this.lists.page(CANDIDATES, where, query, (row) => viewOf(row, caller, locale));
    if (query.count !== 'exact') return page;
    const counted = await this.reader.query<{ kind: Row['kind']; count: number }>(
      `SELECT k.kind, count(*)::int AS count FROM distress_candidates k JOIN enterprises e ON e.id = k.enterprise_id
        WHERE ${where.sql} GROUP BY k.kind`,
      where.parameters,
    );
    const counts = { new_distress: 0, worsening: 0, suspected: 0, relapse: 0 };
    for (const { kind, count } of counted) counts[kind] = count;
    return { ...page, counts };
  }

  /** @throws Refusal 404 NOT_FOUND */
  async byId(caller: Caller, id: string, locale: Locale): Promise<CandidateView> {
    const where = new Where()
      .add(id, (parameter) => `k.id = ${parameter}`)
      .addScope((first) => enterpriseScope(caller, 'e', first));
    const [row] = await this.reader.query<Row>(
      `SELECT ${CANDIDATES.select} FROM ${CANDIDATES.from} WHERE ${where.sql}`,
      where.parameters,
    );
    if (row === undefined) throw notFound('candidate', id);
    return viewOf(row, caller, locale);
  }
}

function filtered(caller: Caller, query: CandidateQuery): Where {
  const anyOf = (column: string) => (parameter: string) => `${column} = ANY (${parameter}::text[])`;
  return new Where()
    .add(query.status ?? ['open'], anyOf('k.status'))
    .add(query.kind, anyOf('k.kind'))
    .add(query.distressType, anyOf('k.distress_type'))
    .add(query.enterprise, (id) => `k.enterprise_id = ${id}`)
    .add(
      query.reportingUnit,
      (codes) =>
        `e.reporting_unit_id IN (SELECT id FROM reporting_units WHERE code = ANY (${codes}::text[]))`,
    )
    .addScope((first) => enterpriseScope(caller, 'e', first));
}

function viewOf(row: Row, caller: Caller, locale: Locale): CandidateView {
  const { decidedAt, decidedBy, decidedCase, decisionNote, quietUntil, lapseReason, lapseFacts, ...rest } =
    row;
  const shown = (evidence: Evidence): EvidenceView => ({
    ...evidence,
    months: [...evidence.months],
    text: evidenceText(row.kind, evidence, locale),
  });
  const decision =
    decidedAt === null
      ? null
      : {
          at: decidedAt,
          by: decidedBy,
          note: decisionNote,
          case: decidedCase,
          quietUntil,
          lapseReason,
          judgedInstead: lapseFacts === null ? null : shown(lapseFacts),
        };
  return { ...rest, evidence: shown(row.evidence), decision, allowedActions: actionsOf(row, caller) };
}

function actionsOf({ kind, status, liveCase, case: of }: Row, caller: Caller): CandidateAction[] {
  if (caller.kind !== 'account' || status !== 'open') return [];
  if (!POLICY['candidates.decide'].roles.includes(caller.role) || !mayDecide(caller.role, kind)) return [];
  const accept = kind === 'worsening' ? liveCase?.id === of?.id : liveCase === null;
  return [
    ...(accept ? (['accept'] as const) : []),
    ...(liveCase === null ? [] : (['merge'] as const)),
    'dismiss',
  ];
}
