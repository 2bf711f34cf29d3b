import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OfficeTime } from '../../calendar/office-time.js';
import type { DistressType } from '../../cases/lifecycle/states.js';
import { Clock } from '../../platform/clock/clock.js';
import { onSnapshot } from '../../platform/database/snapshot.js';
import type { Queries } from '../../platform/database/transactions.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { grouped } from '../../platform/grouped.js';
import type { CaseStanding } from '../detection/findings.js';
import { EnterpriseFigures } from '../judging/enterprise-figures.js';
import { ProductionPolicies } from '../policies/production-policies.js';
import { isJanuary, plusMonths } from '../rules/months.js';
import { askedParameters } from './asked-parameters.js';
import { standingAt } from './standing.js';
import { type AskedEnterprise, WhatIfReport } from './what-if-report.js';
import { CASES, ENTERPRISES } from './what-if-statements.js';

const ENTERPRISES_A_BATCH = 500;

export interface WhatIfAsk {
  /** `YYYY-MM`. */
  asOf: string;
  /** Figures and stops as they were known before this moment; `null`: as they are now. */
  knownAt: Date | null;
  /** Parameters that are to be otherwise than in force; `null`: none. */
  parameters: Readonly<Record<string, unknown>> | null;
  /** Code of a reporting unit; `null`: all. */
  unit: string | null;
  /** What is listed of each kind. */
  most: number;
  /** Whoever waits gets what was found by then. */
  withinMs: number;
}

export interface WhatIfAnswer {
  asOf: string;
  policyVersion: number;
  report: WhatIfReport;
  /** Whether all enterprises were looked at. */
  isComplete: boolean;
}

interface CaseRow {
  id: string;
  enterpriseId: string;
  distressType: DistressType;
  type: 'reported' | 'reopened' | 'resolved' | 'rejected' | 'terminated';
  month: string;
}

/** What the rules would say of a month, by other parameters or of what was known then. It reads, and neither writes nor locks. */
@Injectable()
export class WhatIf {
  constructor(
    private readonly dataSource: DataSource,
    private readonly figures: EnterpriseFigures,
    private readonly policies: ProductionPolicies,
    private readonly clock: Clock,
    private readonly officeTime: OfficeTime,
  ) {}

  /**
   * Compared is with the parameters in force on what was known at the same time; where only the time is another, with
   * what is known now.
   * @throws Refusal 400 DATE_IN_FUTURE, MONTH_JUDGED_IN_FEBRUARY, PARAMETERS_INVALID, 422 REPORTING_UNIT_UNKNOWN
   */
  async run(ask: WhatIfAsk): Promise<WhatIfAnswer> {
    const startedAt = performance.now();
    this.requireJudged(ask.asOf);
    return onSnapshot(this.dataSource, async (runner) => {
      const tx: Queries = { query: (sql, parameters = []) => runner.query(sql, [...parameters]) };
      await requireUnit(tx, ask.unit);
      const { version, parameters: inForce } = await this.policies.inForceIn(tx);
      const { parameters, faults } = askedParameters(inForce, ask.parameters ?? {});
      if (faults.length > 0) throw invalid(faults);
      const report = new WhatIfReport(ask.most);
      let after: string | null = null;
      do {
        const batch: AskedEnterprise[] = await tx.query<AskedEnterprise>(ENTERPRISES, [
          after,
          `${ask.asOf}-01`,
          ask.knownAt,
          ask.unit,
          ENTERPRISES_A_BATCH,
        ]);
        await this.judgeBatch(tx, batch, ask, { version, parameters }, report);
        after = batch.length < ENTERPRISES_A_BATCH ? null : (batch.at(-1)?.id ?? null);
      } while (after !== null && performance.now() - startedAt < ask.withinMs);
      return { asOf: ask.asOf, policyVersion: version, report, isComplete: after === null };
    });
  }

  private requireJudged(asOf: string): void {
    const present = this.officeTime.dateOf(this.clock.now()).slice(0, 'YYYY-MM'.length);
    if (asOf > present) throw refusedMonth('DATE_IN_FUTURE', {});
    if (isJanuary(asOf)) throw refusedMonth('MONTH_JUDGED_IN_FEBRUARY', { february: plusMonths(asOf, 1) });
  }

  private async judgeBatch(
    tx: Queries,
    batch: readonly AskedEnterprise[],
    { asOf, knownAt, parameters: isAsked }: WhatIfAsk,
    policy: Parameters<typeof standingAt>[3],
    report: WhatIfReport,
  ): Promise<void> {
    const ids = batch.map(({ id }) => id);
    const known = await this.figures.load(tx, ids, knownAt);
    const isOtherTime = isAsked === null && knownAt !== null;
    const now = isOtherTime ? await this.figures.load(tx, ids) : known;
    const cases = await this.casesOf(tx, ids, asOf);
    for (const enterprise of batch) {
      const [then, held] = [known.get(enterprise.id), now.get(enterprise.id)];
      if (then === undefined || held === undefined) continue;
      const standing = cases.get(enterprise.id) ?? NO_CASES;
      report.add(
        enterprise,
        standingAt(then, asOf, standing, policy),
        standingAt(held, asOf, standing, held.policy),
      );
    }
  }

  /** As they stood at the end of the month. */
  private async casesOf(
    tx: Queries,
    ids: readonly string[],
    asOf: string,
  ): Promise<Map<string, CaseStanding>> {
    const end = this.officeTime.at(`${plusMonths(asOf, 1)}-01`, '00:00');
    const rows = await tx.query<CaseRow>(CASES, [ids, end, this.officeTime.zone]);
    return new Map(
      [...grouped(rows, ({ enterpriseId }) => enterpriseId)].map(([id, cases]) => [id, standingOf(cases)]),
    );
  }
}

const NO_CASES: CaseStanding = { live: null, ended: null };

const isOpening = ({ type }: CaseRow): boolean => type === 'reported' || type === 'reopened';

function standingOf(cases: readonly CaseRow[]): CaseStanding {
  const live = cases.find(isOpening);
  const ended = cases.findLast((one) => !isOpening(one));
  return {
    live: live === undefined ? null : { id: live.id, distressType: live.distressType },
    ended:
      ended === undefined
        ? null
        : { id: ended.id, isResolved: ended.type === 'resolved', endedMonth: ended.month },
  };
}

async function requireUnit(tx: Queries, code: string | null): Promise<void> {
  if (code === null) return;
  const [unit] = await tx.query('SELECT 1 FROM reporting_units WHERE code = $1', [code]);
  if (unit === undefined) throw new Refusal(422, 'REPORTING_UNIT_UNKNOWN', { code });
}

const refusedMonth = (code: string, params: Record<string, unknown>): Refusal =>
  new Refusal(400, code, params, [{ pointer: '/asOf', code, params }]);

const invalid = (faults: ReturnType<typeof askedParameters>['faults']): Refusal =>
  new Refusal(
    400,
    'PARAMETERS_INVALID',
    { count: faults.length },
    faults.map(({ name, code, params }) => ({ pointer: `/parameters/${name}`, code, params })),
  );
