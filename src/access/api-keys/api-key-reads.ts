import { Injectable } from '@nestjs/common';
import { Reader } from '../../platform/database/reader.js';
import { notFound } from '../../platform/errors/refusal.js';
import { type List, ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import type { ApiKeyView } from './api-key.view.js';
import { API_KEY_MARK } from './api-key-token.js';

const API_KEYS: List<ApiKeyView> = {
  name: 'api-keys',
  select: `k.id, k.name, '${API_KEY_MARK}' || k.prefix AS prefix, k.scopes, k.expires_at AS "expiresAt",
    k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt", k.secret_at AS "secretAt",
    k.previous_until AS "previousUntil", k.created_at AS "createdAt", k.version,
    json_build_object('id', a.id, 'name', a.username) AS "createdBy",
    CASE WHEN k.reporting_unit_ids IS NOT NULL THEN (
      SELECT json_agg(json_build_object('id', u.id, 'code', u.code, 'name', u.name) ORDER BY u.code)
        FROM reporting_units u WHERE u.id = ANY (k.reporting_unit_ids)) END AS "reportingUnits"`,
  from: 'api_keys k JOIN accounts a ON a.id = k.created_by',
  keys: ['k.name', 'k.id'],
  types: ['text', 'uuid'],
  positionOf: (row) => [row.name, row.id],
};

@Injectable()
export class ApiKeyReads {
  constructor(
    private readonly reader: Reader,
    private readonly lists: ListReader,
  ) {}

  /** @throws Refusal 404 NOT_FOUND */
  async byId(id: string): Promise<ApiKeyView> {
    const sql = `SELECT ${API_KEYS.select} FROM ${API_KEYS.from} WHERE k.id = $1`;
    const [key] = await this.reader.query<ApiKeyView>(sql, [id]);
    if (key === undefined) throw notFound('api_key', id);
    return key;
  }

  /** By name, those that have ended among them. */
  list(query: PageQuery): Promise<Page<ApiKeyView>> {
    return this.lists.page(API_KEYS, new Where(), query, (row) => row);
  }
}
