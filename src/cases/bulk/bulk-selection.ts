import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { caseScope } from '../../access/scope.js';
import { Reader } from '../../platform/database/reader.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { validPart } from '../../platform/http/valid-part.js';
import { ListFilters } from '../list-filters.js';
import { type BulkBody, BulkFilter, MOST_CASES } from './bulk.dto.js';

/** Which cases a bulk is about. */
@Injectable()
export class BulkSelection {
  constructor(
    private readonly reader: Reader,
    private readonly filters: ListFilters,
  ) {}

  /** @throws Refusal 400 BULK_SELECTION_REQUIRED, VALIDATION_FAILED, 409 BULK_TOO_MANY */
  async ids(actor: AccountActor, { ids, filter }: BulkBody): Promise<string[]> {
    if ((ids === undefined) === (filter === undefined)) throw new Refusal(400, 'BULK_SELECTION_REQUIRED');
    if (ids !== undefined) return ids;
    const valid = await validPart(filter ?? {}, BulkFilter, '/filter');
    const conditions = await this.filters.ofCases(valid);
    const scope = caseScope(actor, 's', conditions.parameters.length + 1);
    // Put in order only once they are found: looked for in order, a rare match is found by walking all cases.
    const found = await this.reader.query<{ id: string }>(
      `WITH m AS MATERIALIZED (
         SELECT s.id FROM cases s WHERE ${conditions.where()} AND ${scope.sql} LIMIT ${MOST_CASES + 1})
       SELECT id FROM m ORDER BY id`,
      [...conditions.parameters, ...scope.parameters],
    );
    if (found.length > MOST_CASES) throw new Refusal(409, 'BULK_TOO_MANY', { most: MOST_CASES });
    return found.map(({ id }) => id);
  }
}
