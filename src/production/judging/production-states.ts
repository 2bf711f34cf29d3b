import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/actor.js';
import { EnterpriseRegister } from '../../enterprises/enterprise-register.js';
import { Reader } from '../../platform/database/reader.js';
import type { Locale } from '../../platform/errors/message-text.js';
import { Where } from '../../platform/http/list-reader.js';
import { type NewestFirst, NewestFirstReader } from '../../platform/http/newest-first.js';
import type { Page } from '../../platform/http/paging.js';
import { judgementText } from '../rules/words/wording.js';
import type {
  ProductionStateQuery,
  ProductionStateView,
  ProductionStatusView,
} from './production-states.dto.js';

type Row = Omit<ProductionStateView, 'text'>;

const COLUMNS = `to_char(s.month, 'YYYY-MM') AS month,
  CASE extract(month FROM s.month) WHEN 2 THEN 2 ELSE 1 END AS "coversMonths", s.revision, s.status, s.rule, s.facts,
  s.policy_version AS "policyVersion", s.recorded_at AS "recordedAt"`;

const STATES: NewestFirst<Row> = {
  name: 'production-states',
  select: COLUMNS,
  from: 'production_states s',
  keys: [
    ['s.month', 'date'],
    ['s.revision', 'int'],
  ],
  positionOf: (row) => [`${row.month}-01`, row.revision],
};

const IS_NEWEST = `NOT EXISTS (SELECT 1 FROM production_states n
  WHERE n.enterprise_id = s.enterprise_id AND n.month = s.month AND n.revision > s.revision)`;

const PRESENT = `
SELECT to_char(p.since_month, 'YYYY-MM') AS "sinceMonth", ${COLUMNS}
  FROM production_statuses p JOIN production_states s ON s.enterprise_id = p.enterprise_id AND s.month = p.month
 WHERE p.enterprise_id = $1 ORDER BY s.revision DESC LIMIT 1`;

const IS_WAITING = 'SELECT EXISTS (SELECT 1 FROM production_unjudged WHERE enterprise_id = $1) AS is';

/** What was judged of an enterprise, to whom it may be shown. */
@Injectable()
export class ProductionStates {
  constructor(
    private readonly reader: Reader,
    private readonly lists: NewestFirstReader,
    private readonly register: EnterpriseRegister,
  ) {}

  /** Newest month first, and of a month the newest revision. @throws Refusal 404 NOT_FOUND */
  async list(
    caller: Caller,
    enterpriseId: string,
    query: ProductionStateQuery,
    locale: Locale,
  ): Promise<Page<ProductionStateView>> {
    await this.register.byId(caller, enterpriseId);
    const where = new Where()
      .add(enterpriseId, (id) => `s.enterprise_id = ${id}`)
      .add(query.history === true ? undefined : true, (isNewest) => `${isNewest}::boolean AND ${IS_NEWEST}`);
    return this.lists.page(STATES, where, query, (row) => worded(row, locale));
  }

  /** @throws Refusal 404 NOT_FOUND */
  async present(caller: Caller, enterpriseId: string, locale: Locale): Promise<ProductionStatusView> {
    await this.register.byId(caller, enterpriseId);
    const [waiting] = await this.reader.query<{ is: boolean }>(IS_WAITING, [enterpriseId]);
    const [row] = await this.reader.query<Row & { sinceMonth: string }>(PRESENT, [enterpriseId]);
    const isBeingJudged = waiting?.is === true;
    if (row === undefined) return { status: 'unknown', sinceMonth: null, state: null, isBeingJudged };
    const { sinceMonth, ...state } = row;
    return { status: row.status, sinceMonth, state: worded(state, locale), isBeingJudged };
  }
}

const worded = (row: Row, locale: Locale): ProductionStateView => ({
  ...row,
  text: judgementText(row.rule, row.facts, locale),
});
