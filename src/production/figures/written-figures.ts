import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transactions.js';
import { Unjudged } from '../judging/unjudged.js';
import { ReviewFigures } from '../plausibility/review-figures.js';
import type { Reporter } from './reporter.js';

/** A figure that was written just now. */
export interface Written {
  enterpriseId: string;
  /** `YYYY-MM`. */
  month: string;
  source: string;
}

/** What follows from figures, however they came in: questions about what is hard to believe, and another judgement. */
@Injectable()
export class WrittenFigures {
  constructor(
    private readonly review: ReviewFigures,
    private readonly unjudged: Unjudged,
  ) {}

  /** In the transaction that wrote them. */
  async follow(
    tx: Transaction,
    rows: readonly Omit<Written, 'source'>[],
    by: Reporter,
    now: Date,
  ): Promise<void> {
    const months = new Map<string, Set<string>>();
    for (const { enterpriseId, month } of rows) {
      const known = months.get(enterpriseId);
      if (known === undefined) months.set(enterpriseId, new Set([month]));
      else known.add(month);
    }
    await this.review.run(tx, months, by, now);
    await this.unjudged.add(tx, [...months.keys()]);
  }
}
