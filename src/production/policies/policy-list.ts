import { Injectable } from '@nestjs/common';
import { Reader } from '../../platform/database/reader.js';
import { Where } from '../../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../../platform/http/newest-first.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import { DEFAULT_PARAMETERS } from '../rules/parameters.js';
import type { ProductionPolicyView } from './policies.dto.js';

const POLICIES: NewestFirst<ProductionPolicyView> = {
  name: 'production-policies',
  select: `version, version = (SELECT max(version) FROM production_policies) AS "isInForce", parameters, reason,
    recorded_at AS "recordedAt", recorded_by AS "recordedBy"`,
  from: 'production_policies',
  keys: [['version', 'int']],
  positionOf: (row) => [row.version],
};

/** The versions of the parameters as people see them. */
@Injectable()
export class ProductionPolicyList {
  constructor(
    private readonly lists: NewestFirstReader,
    private readonly reader: Reader,
  ) {}

  page(query: PageQuery): Promise<Page<ProductionPolicyView>> {
    return this.lists.page(POLICIES, new Where(), query, whole);
  }

  async current(): Promise<ProductionPolicyView> {
    const [row] = await this.reader.query<ProductionPolicyView>(
      `SELECT ${POLICIES.select} FROM ${POLICIES.from} ORDER BY version DESC LIMIT 1`,
    );
    if (row === undefined) throw new Error('the first production policy is missing');
    return whole(row);
  }
}

/** With the numbers that it was saved too early to know: the defaults hold for them. */
const whole = (row: ProductionPolicyView): ProductionPolicyView => ({
  ...row,
  parameters: { ...DEFAULT_PARAMETERS, ...row.parameters },
});
