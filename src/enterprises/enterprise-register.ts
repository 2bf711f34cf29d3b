import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/actor.js';
import { requirePermission } from '../access/may.js';
import { byCaller, SecurityTrail } from '../access/security-trail.js';
import { enterpriseScope } from '../access/scope.js';
import { Reader } from '../platform/database/reader.js';
import { notFound } from '../platform/errors/refusal.js';
import { fragment, ListReader, Where } from '../platform/http/list-reader.js';
import type { Page } from '../platform/http/paging.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import { ENTERPRISES, type EnterpriseRow, EnterpriseView, enterpriseView } from './enterprise.view.js';
import { ENTERPRISE_PHONE } from './enterprise-phone.js';
import type { EnterpriseQuery } from './enterprises.dto.js';
import { ProductionBook } from './production-book.js';

/** Reads of the register; each passes the scope of who asks. */
@Injectable()
export class EnterpriseRegister {
  constructor(
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly personalData: PersonalData,
    private readonly trail: SecurityTrail,
    private readonly production: ProductionBook,
  ) {}

  /** By name. */
  async list(actor: Caller, query: EnterpriseQuery): Promise<Page<EnterpriseView>> {
    if (query.contactPhone !== undefined) {
      requirePermission(actor, 'enterprises.reveal_contact');
      const payload = { in: 'enterprises' };
      await this.trail.recordAlone({ type: 'contact_searched', actor: byCaller(actor), payload });
    }
    const where = new Where()
      .addScope((first) => enterpriseScope(actor, 'e', first))
      .add(query.reportingUnit, (codes) => `u.code = ANY(${codes}::text[])`)
      .add(query.productionStatus, (statuses) => this.production.isAnyOf('e.id', statuses))
      .add(query.isKey, (isKey) => `e.is_key = ${isKey}`)
      .add(query.isAboveScale, (isAboveScale) => `e.is_above_scale = ${isAboveScale}`)
      .add(
        query.q && fragment(query.q),
        (pattern) => `e.name ILIKE ${pattern} OR e.credit_code ILIKE ${pattern}`,
      )
      .add(
        query.contactPhone && this.personalData.searchKeys(query.contactPhone, ENTERPRISE_PHONE),
        (keys) => `e.contact_phone_search_key = ANY(${keys}::bytea[])`,
      );
    return this.lists.page(ENTERPRISES, where, query, (row) => enterpriseView(row, this.personalData));
  }

  /** @throws Refusal 404 NOT_FOUND, also when it is out of scope */
  async byId(actor: Caller, id: string): Promise<EnterpriseView> {
    const where = new Where()
      .add(id, (own) => `e.id = ${own}`)
      .addScope((first) => enterpriseScope(actor, 'e', first));
    const sql = `SELECT ${ENTERPRISES.select} FROM ${ENTERPRISES.from} WHERE ${where.sql}`;
    const [row] = await this.reader.query<EnterpriseRow>(sql, where.parameters);
    if (row === undefined) throw notFound('enterprise', id);
    return enterpriseView(row, this.personalData);
  }
}
