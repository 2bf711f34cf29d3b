import type { Case } from '../../cases/case.entity.js';
import { insertEvents } from '../../cases/event-chain.js';
import { SUBJECT_TABLES } from '../../cases/subject.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { assignments } from '../../platform/database/rows.js';
import type { Transaction } from '../../platform/database/transactions.js';
import type { LedgerEntry } from './ledger-entry.js';

/** Writes what the entries have become: new rows in bulk, changed ones one by one. */
export async function writeEntries(
  tx: Transaction,
  entries: readonly LedgerEntry[],
  touchedCases: ReadonlySet<Case>,
): Promise<void> {
  const isNew = new Set(entries.filter((entry) => entry.isNew).map((entry) => entry.row));
  for (const kind of ['case', 'problem'] as const) {
    const rows = entries.filter((entry) => entry.isNew && entry.kind === kind).map((entry) => entry.row);
    await bulkInsert(tx, SUBJECT_TABLES[kind], rows);
  }
  const madeAssignments = entries.flatMap((entry) =>
    entry.isAssignmentNew && entry.assignment !== null ? [entry.assignment] : [],
  );
  await bulkInsert(tx, 'assignments', madeAssignments);
  const madeCoHandlers = entries.flatMap((entry) => (entry.isAssignmentNew ? entry.coHandlers : []));
  await bulkInsert(tx, 'co_handlers', madeCoHandlers);
  for (const entry of entries) {
    if (entry.isNew) continue;
    await updateAssignment(tx, entry);
    if (entry.kind === 'problem') await updateRow(tx, 'problem', entry.row);
  }
  for (const row of touchedCases) if (!isNew.has(row)) await updateRow(tx, 'case', row);
  await insertEvents(
    tx,
    entries.flatMap((entry) => entry.events),
  );
  await bulkInsert(
    tx,
    'ratings',
    entries.flatMap((entry) => entry.ratings),
  );
}

async function updateRow(tx: Transaction, kind: 'case' | 'problem', row: LedgerEntry['row']): Promise<void> {
  const { id, version: _version, ...values } = row;
  const set = assignments({ ...values }, 2);
  await tx.query(`UPDATE ${SUBJECT_TABLES[kind]} SET version = version + 1, ${set.sql} WHERE id = $1`, [
    id,
    ...set.parameters,
  ]);
}

async function updateAssignment(tx: Transaction, { assignment }: LedgerEntry): Promise<void> {
  if (assignment === null) return;
  await tx.query(
    'UPDATE assignments SET acknowledged_at = $2, ended_at = $3, end_reason = $4 WHERE id = $1',
    [assignment.id, assignment.acknowledgedAt, assignment.endedAt, assignment.endReason],
  );
  if (assignment.endedAt === null) return;
  // The ledger closed it over the head of a request that still waited; nobody decides that one any more.
  await tx.query(
    `UPDATE closure_requests SET decided_at = $2, decision = 'terminated' WHERE assignment_id = $1 AND decided_at IS NULL`,
    [assignment.id, assignment.endedAt],
  );
}
