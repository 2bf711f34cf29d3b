import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../access/actor.js';
import { requirePermission } from '../access/may.js';
import { byCaller, SecurityTrail } from '../access/security-trail.js';
import { Reader } from '../platform/database/reader.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { given } from '../platform/http/fields.js';
import { requireIfMatch } from '../platform/http/etag.js';
import { fragment, type List, ListReader, Where } from '../platform/http/list-reader.js';
import type { Page } from '../platform/http/paging.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import { maskEmail, maskPhone, UNREADABLE } from './contact-mask.js';
import { Department } from './department.entity.js';
import { Official } from './official.entity.js';
import { mobileColumns, OFFICIAL_MOBILE } from './official-mobile.js';
import type { OfficialBody, OfficialChangeBody, OfficialQuery, OfficialView } from './officials.dto.js';

type OfficialRow = Omit<OfficialView, 'mobile'> & { mobileSealed: string | null };

const OFFICIALS: List<OfficialRow> = {
  name: 'officials',
  select: `o.id, json_build_object('id', d.id, 'name', d.name) AS department, o.name, o.post, o.duty,
    o.mobile_sealed AS "mobileSealed", o.email,
    o.is_active AS "isActive", o.notice_channels AS "noticeChannels", o.version`,
  from: 'officials o JOIN departments d ON d.id = o.department_id',
  keys: ['o.name', 'o.id'],
  types: ['text', 'uuid'],
  positionOf: (row) => [row.name, row.id],
};

/**
 * What an official answers for. Pairings are in the way of leaving alone: a leader stays one in another department; and
 * so are reminders that wait to be sent, for who has left is sent none.
 */
const HELD = `
SELECT count(*) FILTER (WHERE kind = 'case')::int AS cases, count(*) FILTER (WHERE kind = 'problem')::int AS problems,
       count(*) FILTER (WHERE kind = 'co_handling')::int AS "coHandling",
       count(*) FILTER (WHERE kind = 'pairing')::int AS pairings,
       count(*) FILTER (WHERE kind = 'plan')::int AS plans,
       count(*) FILTER (WHERE kind = 'delivery')::int AS deliveries
  FROM (
    SELECT CASE WHEN case_id IS NULL THEN 'problem' ELSE 'case' END AS kind
      FROM assignments WHERE official_id = $1 AND ended_at IS NULL
     UNION ALL
    SELECT 'co_handling' FROM co_handlers h JOIN assignments a ON a.id = h.assignment_id AND a.ended_at IS NULL
     WHERE h.official_id = $1 AND h.opinion_at IS NULL
     UNION ALL
    SELECT 'pairing' FROM pairings WHERE official_id = $1 AND to_on IS NULL AND $2::boolean
     UNION ALL
    SELECT 'plan' FROM (SELECT DISTINCT plan_id FROM plan_measures WHERE official_id = $1 AND done_on IS NULL) m
      JOIN case_plans l ON l.id = m.plan_id JOIN cases c ON c.id = l.case_id
     WHERE c.status NOT IN ('resolved', 'rejected', 'terminated')
       AND NOT EXISTS (SELECT 1 FROM case_plans n WHERE n.case_id = l.case_id AND n.plan_version > l.plan_version)
     UNION ALL
    SELECT 'delivery' FROM deliveries
     WHERE official_id = $1 AND status = 'pending' AND message_id IS NULL AND $2::boolean
     UNION ALL
    SELECT 'delivery' FROM messages m JOIN deliveries d ON d.message_id = m.id
     WHERE m.official_id = $1 AND m.status = 'pending' AND d.status = 'pending' AND $2::boolean
  ) AS held`;
type HeldCounts = Record<'cases' | 'problems' | 'coHandling' | 'pairings' | 'plans' | 'deliveries', number>;

@Injectable()
export class OfficialsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly personalData: PersonalData,
    private readonly trail: SecurityTrail,
  ) {}

  /** By name, with masked contacts. */
  async list(actor: AccountActor, query: OfficialQuery): Promise<Page<OfficialView>> {
    if (query.mobile !== undefined) {
      requirePermission(actor, 'officials.reveal_contact');
      const payload = { in: 'officials' };
      await this.trail.recordAlone({ type: 'contact_searched', actor: byCaller(actor), payload });
    }
    const where = new Where()
      .add(query.department, (ids) => `o.department_id = ANY(${ids}::uuid[])`)
      .add(query.duty, (duties) => `o.duty = ANY(${duties}::text[])`)
      .add(query.isActive, (isActive) => `o.is_active = ${isActive}`)
      .add(query.q && fragment(query.q), (pattern) => `o.name ILIKE ${pattern}`)
      .add(
        query.mobile && this.personalData.searchKeys(query.mobile, OFFICIAL_MOBILE),
        (keys) => `o.mobile_search_key = ANY(${keys}::bytea[])`,
      );
    return this.lists.page(OFFICIALS, where, query, (row) => this.masked(row));
  }

  /** @throws Refusal 404 NOT_FOUND */
  async byId(id: string): Promise<OfficialView> {
    const sql = `SELECT ${OFFICIALS.select} FROM ${OFFICIALS.from} WHERE o.id = $1`;
    const [official] = await this.reader.query<OfficialRow>(sql, [id]);
    if (official === undefined) throw notFound('official', id);
    return this.masked(official);
  }

  async add({ mobile = null, ...body }: OfficialBody): Promise<OfficialView> {
    const id = uuidv7();
    await this.transactions.run(async (tx) => {
      await requirePlace(tx, body, null);
      await tx.manager.insert(Official, {
        ...given(body),
        ...mobileColumns(this.personalData, id, mobile),
        id,
      });
    });
    return this.byId(id);
  }

  async change(
    id: string,
    ifMatch: string | undefined,
    { mobile, ...body }: OfficialChangeBody,
  ): Promise<OfficialView> {
    await this.transactions.run(async (tx) => {
      const before = await tx.manager.findOne(Official, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (before === null) throw notFound('official', id);
      requireIfMatch(ifMatch, before.version);
      const after = Object.assign(new Official(), before, given(body), {
        ...(mobile !== undefined && mobileColumns(this.personalData, id, mobile)),
        version: before.version + 1,
      });
      const isMoved = after.departmentId !== before.departmentId;
      if (isMoved || after.name !== before.name) await requirePlace(tx, after, id);
      // Who answers for something in one department cannot walk out of it, by leaving or by moving.
      const isLeaving = before.isActive && !after.isActive;
      if (isMoved || isLeaving) await requireIdle(tx, id, isLeaving);
      await tx.manager.update(Official, { id, version: before.version }, after);
    });
    return this.byId(id);
  }

  private masked({ mobileSealed, ...official }: OfficialRow): OfficialView {
    const mobile = this.personalData.openOrTell(mobileSealed, OFFICIAL_MOBILE, official.id);
    return {
      ...official,
      mobile: mobileSealed === null ? null : (maskPhone(mobile) ?? UNREADABLE),
      email: maskEmail(official.email),
    };
  }
}

async function requirePlace(
  tx: Transaction,
  { departmentId, name }: Pick<Official, 'departmentId' | 'name'>,
  ownId: string | null,
): Promise<void> {
  const hasDepartment = await tx.manager.existsBy(Department, { id: departmentId, isActive: true });
  if (!hasDepartment) throw refused('REFERENCE_UNKNOWN', '/departmentId', {});
  const twin = await tx.manager.findOneBy(Official, { departmentId, name });
  if (twin !== null && twin.id !== ownId) throw refused('OFFICIAL_NAME_TAKEN', '/name', { name });
}

const refused = (code: string, pointer: string, params: Record<string, unknown>): Refusal =>
  new Refusal(409, code, params, [{ pointer, code, params }]);

/** The row is locked: whoever assigns to it now waits on its foreign key, and is seen here or comes after. */
async function requireIdle(tx: Transaction, id: string, isLeaving: boolean): Promise<void> {
  const [held] = await tx.query<HeldCounts>(HELD, [id, isLeaving]);
  if (held !== undefined && Object.values(held).some((count) => count > 0)) {
    throw new Refusal(409, 'OFFICIAL_IN_USE', { ...held });
  }
}
