import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/reader.js';
import { notFound } from '../platform/errors/refusal.js';
import { type List, ListReader, Where } from '../platform/http/list-reader.js';
import type { Page } from '../platform/http/paging.js';
import type { AccountView } from './account.view.js';
import type { AccountQuery } from './accounts.dto.js';

const ACCOUNTS: List<AccountView> = {
  name: 'accounts',
  select: `a.id, a.username, a.role, a.is_active AS "isActive", a.is_password_expired AS "isPasswordExpired",
    a.totp_secret IS NOT NULL AS "hasSecondFactor", a.portal_user AS "portalUser",
    a.portal_subject IS NOT NULL AS "isPortalLinked", a.version,
    CASE WHEN d.id IS NOT NULL THEN json_build_object('id', d.id, 'name', d.name) END AS department,
    CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END AS official,
    CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS "reportingUnit"`,
  from: `accounts a
    LEFT JOIN departments d ON d.id = a.department_id
    LEFT JOIN officials o ON o.id = a.official_id
    LEFT JOIN reporting_units u ON u.id = a.reporting_unit_id`,
  keys: ['a.username'],
  types: ['text'],
  positionOf: (row) => [row.username],
};

@Injectable()
export class AccountReads {
  constructor(
    private readonly reader: Reader,
    private readonly lists: ListReader,
  ) {}

  /** @throws Refusal 404 NOT_FOUND */
  async byId(id: string): Promise<AccountView> {
    const sql = `SELECT ${ACCOUNTS.select} FROM ${ACCOUNTS.from} WHERE a.id = $1`;
    const [account] = await this.reader.query<AccountView>(sql, [id]);
    if (account === undefined) throw notFound('account', id);
    return account;
  }

  /** By user name. */
  list(query: AccountQuery): Promise<Page<AccountView>> {
    const where = new Where()
      .add(query.role, (roles) => `a.role = ANY(${roles}::text[])`)
      .add(query.hasRole, (hasRole) => `(a.role IS NOT NULL) = ${hasRole}`)
      .add(query.isActive, (isActive) => `a.is_active = ${isActive}`);
    return this.lists.page(ACCOUNTS, where, query, (row) => row);
  }
}
