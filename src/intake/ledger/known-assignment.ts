import { nameKey } from './cells/text.js';
import type { Fault } from './findings.js';
import type { KnownCase, KnownProblem, LedgerKnown } from './ledger-known.js';
import type { LedgerLimit } from './ledger-plan.js';

/** What a row says again of something known, and under which headings. Empty dates say nothing. */
export interface RowAgain {
  lead: string;
  official: string;
  limit: LedgerLimit | null;
  acknowledgedOn: string | null;
  resolvedOn: string | null;
  heading(column: 'lead' | 'official' | 'limit' | 'acknowledgedOn' | 'resolvedOn'): string;
}

/** What the row adds to what is known, or where it contradicts it. */
export type Comparison =
  { fault: Fault } | { fault: null; acknowledgedOn: string | null; resolvedOn: string | null };

const conflict = (column: string, known: string, reason?: string): { fault: Fault } => ({
  fault: { code: 'ROW_CONFLICT', column, params: { known }, ...(reason !== undefined && { reason }) },
});

export function compareAgain(
  row: RowAgain,
  known: KnownCase | KnownProblem,
  dueOn: LedgerKnown['dueOn'],
): Comparison {
  if (nameKey(row.lead) !== nameKey(known.department ?? '')) {
    return conflict(row.heading('lead'), known.department ?? '');
  }
  if (nameKey(row.official) !== nameKey(known.official ?? '')) {
    return conflict(row.heading('official'), known.official ?? '');
  }
  if (row.limit && !isSameLimit(row.limit, known, dueOn))
    return conflict(row.heading('limit'), known.dueOn ?? '');
  for (const column of ['acknowledgedOn', 'resolvedOn'] as const) {
    const fault = dateFault(row, known, column);
    if (fault) return { fault };
  }
  return {
    fault: null,
    acknowledgedOn: known.acknowledgedOn === null ? row.acknowledgedOn : null,
    resolvedOn: known.resolvedOn === null ? row.resolvedOn : null,
  };
}

function isSameLimit(
  limit: LedgerLimit,
  known: KnownCase | KnownProblem,
  dueOn: LedgerKnown['dueOn'],
): boolean {
  if (limit.workingDays !== null && known.limitWorkingDays !== null)
    return limit.workingDays === known.limitWorkingDays;
  // The very day that is known, at first or by now, is so whatever the calendar says of it since.
  if (limit.dueOn !== null && [known.dueOn, known.currentDueOn].includes(limit.dueOn)) return true;
  return known.assignedOn !== null && dueOn(known.assignedOn, limit) === known.dueOn;
}

/** Whether a date is known otherwise, or is new but can no longer be taken. */
function dateFault(
  row: RowAgain,
  known: KnownCase | KnownProblem,
  column: 'acknowledgedOn' | 'resolvedOn',
): Fault | null {
  const said = row[column];
  const before = known[column];
  const heading = row.heading(column);
  if (said === null || said === before) return null;
  if (before !== null) return conflict(heading, before).fault;
  if (!known.isCurrent) return conflict(heading, '', 'not_current').fault;
  // A closure by ledger goes past the guards; it does not go past a verification or a hold in progress.
  const states: readonly string[] = column === 'acknowledgedOn' ? ['assigned'] : ['assigned', 'in_progress'];
  if (!states.includes(known.status)) return conflict(heading, known.status, 'state').fault;
  return said < known.lastEventOn ? conflict(heading, known.lastEventOn, 'too_early').fault : null;
}
