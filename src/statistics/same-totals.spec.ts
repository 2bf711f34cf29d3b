import { describe, expect, it } from '@jest/globals';
import { weeklyAnswer } from '../../test/factories/closure-report.js';
import { requireSameTotals } from './same-totals.js';

describe('totals of tables that are cut in different ways', () => {
  const byUnit = weeklyAnswer({});
  const byLead = { ...byUnit, by: 'leadDepartment' as const };
  const problems = { ...byLead, subject: 'problem' as const, total: { ...byLead.total, closing: 99 } };

  it('are the same but for moves between the groups of one table, each subject by itself', () => {
    const moved = { ...byLead.total, transferredIn: 7, transferredOut: 7 };
    expect(() => requireSameTotals([byUnit, { ...byLead, total: moved }, problems])).not.toThrow();
  });

  it('are refused where they are not, with the table', () => {
    const total = { ...byLead.total, closing: byLead.total.closing + 1 };
    expect(() => requireSameTotals([byUnit, { ...byLead, total }])).toThrow(
      expect.objectContaining({
        code: 'TABLE_NOT_RECONCILED',
        params: { row: 'total of case by leadDepartment' },
      }),
    );
  });
});
