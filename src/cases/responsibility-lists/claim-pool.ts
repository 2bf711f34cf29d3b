import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { problemScope } from '../../access/scope.js';
import { Clock } from '../../platform/clock/clock.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { type List, ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page } from '../../platform/http/paging.js';
import type { Action } from '../lifecycle/actions.js';
import { allowedActions } from '../lifecycle/transition.js';
import { askerOf } from '../subject.js';
import type { ClaimPoolItem, ClaimPoolQuery } from './claim-pool.dto.js';
import { SUGGESTED_DEPARTMENTS } from './responsibility-lists.repository.js';

interface PoolRow extends Omit<ClaimPoolItem, 'allowedActions'> {
  sortKey: string;
  reportingUnitId: string;
  leadDepartmentId: string | null;
  returnCount: number;
}

/** What cases and problems have in common here. A case has no case of its own, which is all that tells their scopes apart. */
const common = (own: string): string =>
  `id, number, status, enterprise_id, reporting_unit_id, lead_department_id, assignment_id, return_count,
   reported_at, assign_by, version, ${own}`;

const UNIT = `jsonb_build_object('code', u.code, 'name', u.name)`;

const POOL: List<PoolRow> = {
  name: 'claim-pool',
  select: `s.kind, s.id, s.number, s.title, s.category, s.distress_type AS "distressType",
    CASE WHEN e.id IS NOT NULL THEN jsonb_build_object('id', e.id, 'name', e.name, 'creditCode', e.credit_code,
      'reportingUnit', ${UNIT}) END AS enterprise,
    CASE WHEN j.id IS NOT NULL THEN jsonb_build_object('id', j.id, 'number', j.number, 'name', j.name,
      'reportingUnit', ${UNIT}) END AS project,
    s.reported_at AS "reportedAt", s.assign_by AS "assignBy", s.claim_until AS "claimUntil", s.version,
    CASE WHEN l.id IS NULL THEN NULL
         ELSE jsonb_build_object('id', l.id, 'number', l.number, 'edition', l.edition) END AS "responsibilityList",
    ${SUGGESTED_DEPARTMENTS} AS "suggestedDepartments", s.reported_at::text AS "sortKey",
    s.reporting_unit_id AS "reportingUnitId", s.lead_department_id AS "leadDepartmentId",
    s.return_count AS "returnCount"`,
  from: `(
      SELECT 'case' AS kind, ${common(
        `NULL::uuid AS case_id, NULL::uuid AS project_id, NULL::text AS title, NULL::text AS category, distress_type,
         NULL::timestamptz AS claim_until`,
      )} FROM cases WHERE status = 'reported'
      UNION ALL
      SELECT 'problem', ${common('case_id, project_id, title, category, NULL::text, claim_until')}
        FROM problems WHERE status = 'reported'
    ) s
    LEFT JOIN enterprises e ON e.id = s.enterprise_id
    LEFT JOIN projects j ON j.id = s.project_id
    JOIN reporting_units u ON u.id = s.reporting_unit_id
    LEFT JOIN responsibility_list_items i ON i.problem_id = s.id
    LEFT JOIN responsibility_lists l ON l.id = i.list_id`,
  keys: ['s.reported_at', 's.id'],
  types: ['timestamptz', 'uuid'],
  positionOf: (row) => [row.sortKey, row.id],
};

/** What nobody answers for yet and a department may claim; past its window, what the task force must give to someone. */
@Injectable()
export class ClaimPool {
  constructor(
    private readonly lists: ListReader,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal 403 for what is past its window, to all but the task force */
  list(actor: AccountActor, query: ClaimPoolQuery): Promise<Page<ClaimPoolItem>> {
    const isExpired = query.expired === true;
    if (isExpired && actor.role !== 'task_force')
      throw new Refusal(403, 'ACTION_NOT_YOURS', { action: 'list_expired' });
    const now = this.clock.now();
    const where = new Where()
      .add(now, (moment) =>
        isExpired ? `s.claim_until < ${moment}` : `s.claim_until IS NULL OR s.claim_until >= ${moment}`,
      )
      .add(query.kind, (kind) => `s.kind = ${kind}`)
      .add(query.suggestedDepartment, (id) => `${id}::uuid = ANY (i.suggested_department_ids)`)
      .addScope((firstParameter) => problemScope(actor, 's', firstParameter));
    return this.lists.page(POOL, where, query, (row) => viewOf(row, actor, now));
  }
}

function viewOf(row: PoolRow, actor: AccountActor, now: Date): ClaimPoolItem {
  const { sortKey: _key, reportingUnitId, leadDepartmentId, returnCount, ...item } = row;
  const subject = { kind: item.kind, reportingUnitId, leadDepartmentId, returnCount };
  return { ...item, allowedActions: actionsOn(subject, item.claimUntil, actor, now) };
}

const actionsOn = (
  subject: { kind: 'case' | 'problem' } & Pick<
    PoolRow,
    'reportingUnitId' | 'leadDepartmentId' | 'returnCount'
  >,
  claimUntil: Date | null,
  actor: AccountActor,
  now: Date,
): Action[] =>
  allowedActions(
    {
      ...subject,
      status: 'reported',
      assignment: null,
      closureRequest: null,
      caseStatus: null,
      openProblems: 0,
      hasOtherLiveCase: false,
      claimUntil,
    },
    askerOf(actor),
    now,
  );
