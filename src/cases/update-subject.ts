import { assignments, updateOfMany } from '../platform/database/rows.js';
import type { Transaction } from '../platform/database/transactions.js';
import { Refusal } from '../platform/errors/refusal.js';
import type { Case } from './case.entity.js';
import type { LifecycleSubject } from './lifecycle-subject.js';
import { SUBJECT_TABLES, type SubjectRef } from './subject.js';

/** Says which version it saw and requires one row: nobody's change is overwritten unseen. The row in hand follows. */
export async function updateSubject(
  tx: Transaction,
  kind: SubjectRef['kind'],
  row: LifecycleSubject,
  patch: Partial<LifecycleSubject> | Partial<Case>,
): Promise<void> {
  const set = assignments({ ...patch }, 3);
  const changed = await tx.prepared(
    `UPDATE ${SUBJECT_TABLES[kind]} SET version = version + 1, ${set.sql}
      WHERE id = $1 AND version = $2 RETURNING id`,
    [row.id, row.version, ...set.parameters],
  );
  if (changed.length !== 1) throw new Refusal(412, 'VERSION_STALE', { version: row.version });
  Object.assign(row, patch, { version: row.version + 1 });
}

/** The same for problems that go together, in one statement. */
export async function updateProblems(
  tx: Transaction,
  changes: ReadonlyArray<{ row: LifecycleSubject; patch: Partial<LifecycleSubject> }>,
): Promise<void> {
  if (changes.length === 0) return;
  const keys = [
    ...new Set(changes.flatMap(({ patch }) => Object.keys(patch) as Array<keyof LifecycleSubject>)),
  ];
  const rows = changes.map(({ row, patch }) => {
    const after = { ...row, ...patch };
    const values = Object.fromEntries(keys.map((key) => [key, after[key]]));
    return { ...values, id: row.id, version: row.version };
  });
  const { sql, parameters } = updateOfMany(SUBJECT_TABLES.problem, rows);
  const changed = await tx.query(sql, parameters);
  if (changed.length !== rows.length) throw new Refusal(409, 'CONFLICT_CONCURRENT');
  for (const { row, patch } of changes) Object.assign(row, patch, { version: row.version + 1 });
}
