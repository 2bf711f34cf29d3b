import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/actor.js';
import { enterpriseScope } from '../access/scope.js';
import { Reader } from '../platform/database/reader.js';
import { notFound } from '../platform/errors/refusal.js';
import { fragment, ListReader, Where } from '../platform/http/list-reader.js';
import type { Page } from '../platform/http/paging.js';
import {
  ENTERPRISES,
  type EnterpriseRow,
  EnterpriseView,
  enterpriseView,
  maskedEnterpriseView,
} from './enterprise.view.js';
import type { EnterpriseQuery } from './enterprises.dto.js';

/** Reads of the register; each passes the scope of who asks. */
@Injectable()
export class EnterpriseRegister {
  constructor(
    private readonly reader: Reader,
    private readonly lists: ListReader,
  ) {}

  /** By name. */
  list(actor: Caller, query: EnterpriseQuery): Promise<Page<EnterpriseView>> {
    const where = new Where()
      .addScope((first) => enterpriseScope(actor, 'e', first))
      .add(query.reportingUnit, (codes) => `u.code = ANY(${codes}::text[])`)
      .add(query.isKey, (isKey) => `e.is_key = ${isKey}`)
      .add(query.isAboveScale, (isAboveScale) => `e.is_above_scale = ${isAboveScale}`)
      .add(
        query.q && fragment(query.q),
        (pattern) => `e.name ILIKE ${pattern} OR e.credit_code ILIKE ${pattern}`,
      );
    return this.lists.page(ENTERPRISES, where, query, maskedEnterpriseView);
  }

  /** @throws Refusal 404 NOT_FOUND, also when it is out of scope */
  async byId(actor: Caller, id: string): Promise<EnterpriseView> {
    const where = new Where()
      .add(id, (own) => `e.id = ${own}`)
      .addScope((first) => enterpriseScope(actor, 'e', first));
    const sql = `SELECT ${ENTERPRISES.select} FROM ${ENTERPRISES.from} WHERE ${where.sql}`;
    const [row] = await this.reader.query<EnterpriseRow>(sql, where.parameters);
    if (row === undefined) throw notFound('enterprise', id);
    const isContactOpen =
      actor.kind === 'account' && (actor.role === 'task_force' || actor.role === 'county');
    return isContactOpen ? enterpriseView(row) : maskedEnterpriseView(row);
  }
}
