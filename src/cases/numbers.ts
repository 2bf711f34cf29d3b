import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../calendar/office-time.js';
import { AppConfig } from '../platform/config/app-config.js';
import type { Transaction } from '../platform/database/transactions.js';
import type { SubjectKind } from './lifecycle/states.js';

const SEQUENCES = { case: 'case_numbers', problem: 'problem_numbers' } as const;

/**
 * Permanent numbers: `AK-2021-000123` of a case, `P-2021-000456` of a problem. The year is that of the report, the
 * count runs on over the years: it is never given twice, and what was rolled back leaves a gap.
 */
@Injectable()
export class Numbers {
  constructor(
    private readonly config: AppConfig,
    private readonly office: OfficeTime,
  ) {}

  /** One number for each moment of report, in its order. */
  async take(tx: Transaction, kind: SubjectKind, reportedAt: readonly Date[]): Promise<string[]> {
    if (reportedAt.length === 0) return [];
    const counts = await tx.query<{ count: string }>(
      `SELECT nextval('${SEQUENCES[kind]}') AS count FROM generate_series(1, $1)`,
      [reportedAt.length],
    );
    const prefix = kind === 'case' ? this.config.caseNumberPrefix : 'P';
    return reportedAt.map((at, index) => {
      const year = this.office.dateOf(at).slice(0, 4);
      return `${prefix}-${year}-${(counts[index]?.count ?? '').padStart(6, '0')}`;
    });
  }
}
