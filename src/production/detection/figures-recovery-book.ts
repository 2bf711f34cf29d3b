import { Injectable } from '@nestjs/common';
import { type MilestoneProof, RecoveryBook } from '../../cases/recovery-book.js';
import type { Transaction } from '../../platform/database/transactions.js';
import type { Locale } from '../../platform/errors/message-text.js';
import { EnterpriseFigures } from '../judging/enterprise-figures.js';
import type { Facts } from '../rules/facts.js';
import { milestonesHeld, milestoneTurns } from '../rules/milestones.js';
import { missingFor } from '../rules/missing.js';
import { missingText } from '../rules/words/wording.js';
import { KnownCases } from './known-cases.js';

/** What figures say of cases. */
@Injectable()
export class FiguresRecoveryBook extends RecoveryBook {
  readonly relapses = `SELECT k.id, k.case_id, NULL::text AS comment, k.raised_at AS proposed_at
     FROM distress_candidates k WHERE k.status = 'open' AND k.kind = 'relapse'`;

  constructor(
    private readonly cases: KnownCases,
    private readonly figures: EnterpriseFigures,
  ) {
    super();
  }

  async proof(tx: Transaction, caseId: string): Promise<MilestoneProof> {
    const { enterpriseId, sinceMonth } = await this.cases.byId(tx, caseId);
    const known = (await this.figures.load(tx, [enterpriseId])).get(enterpriseId);
    if (known === undefined) throw new Error(`there is no enterprise ${enterpriseId}`);
    const { series, stops, baseline, policy } = known;
    const { closureMilestone: milestone } = policy.parameters;
    const turns = milestoneTurns(series, stops, baseline, sinceMonth, policy.parameters);
    const isReached = milestonesHeld(turns).includes(milestone);
    const missing = isReached
      ? []
      : missingFor(milestone, series, stops, baseline, sinceMonth, policy.parameters);
    return { milestone, sinceMonth, isReached, missing };
  }

  textOf(missing: Facts, locale: Locale): string {
    return missingText(missing, locale);
  }
}
