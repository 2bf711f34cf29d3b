import type { DataSource } from 'typeorm';
import { type HashedEvent, eventHash } from '../../src/cases/event-hash.js';
import { camelRow } from '../../src/platform/database/rows.js';

/** What each event leaves behind, written again and not read from the product. */
const STATUS_AFTER: Record<string, string> = {
  reported: 'reported',
  assigned: 'assigned',
  acknowledged: 'in_progress',
  closure_requested: 'verifying',
  resolved: 'resolved',
};
const CLOCKS_IN: Record<string, readonly string[]> = {
  reported: ['assign'],
  assigned: ['handle', 'sign'],
  in_progress: ['handle'],
  verifying: ['verify'],
};

export interface WrittenCase {
  id: string;
  enterpriseId: string;
  status: string;
  version: number;
  lastSequence: number;
  lastHash: Buffer;
  assignments: number;
  closureRequests: number;
  /** Clocks that reminders are armed for. */
  clocks: string[];
}

interface AnsweredWrite {
  caseId: string;
  version: number;
}

/** Every case that came by the API, with its chain, as one snapshot shows them; others have no events. */
export async function writtenCases(
  dataSource: DataSource,
): Promise<Array<{ row: WrittenCase; events: Array<HashedEvent & { hash: Buffer }> }>> {
  return dataSource.transaction('REPEATABLE READ', async (tx) => {
    const cases: WrittenCase[] = await tx.query(
      `SELECT c.id, c.enterprise_id AS "enterpriseId", c.status, c.version, c.last_sequence AS "lastSequence",
              c.last_hash AS "lastHash",
              (SELECT count(*)::int FROM assignments a WHERE a.case_id = c.id) AS assignments,
              (SELECT count(*)::int FROM closure_requests q JOIN assignments a ON a.id = q.assignment_id
                WHERE a.case_id = c.id) AS "closureRequests",
              (SELECT coalesce(array_agg(DISTINCT r.clock ORDER BY r.clock), '{}') FROM reminders r
                WHERE r.subject_id = c.id AND r.is_running) AS clocks
         FROM cases c
        WHERE EXISTS (SELECT 1 FROM enterprise_revisions v WHERE v.enterprise_id = c.enterprise_id)`,
    );
    const rows: Array<Record<string, unknown>> = await tx.query(
      'SELECT * FROM case_events ORDER BY chain_id, sequence',
    );
    const events = rows.map((row) => camelRow<HashedEvent & { hash: Buffer }>(row));
    const orphans = events.filter(({ chainId }) => !cases.some(({ id }) => id === chainId));
    if (orphans.length > 0) throw new Error(`${orphans.length} events of no case`);
    return cases.map((row) => ({ row, events: events.filter(({ chainId }) => chainId === row.id) }));
  });
}

/** I5: each case is what its events say, whole; and every write that was answered is among them. */
export async function brokenWrites(
  dataSource: DataSource,
  answered: readonly AnsweredWrite[],
): Promise<string[]> {
  const written = await writtenCases(dataSource);
  const versions = new Map(written.map(({ row }) => [row.id, row.version]));
  const lost = answered.filter(({ caseId, version }) => (versions.get(caseId) ?? 0) < version);
  return [
    ...lost.map(({ caseId, version }) => `${caseId} was answered as version ${version}`),
    ...written.flatMap(({ row, events }) => brokenCase(row, events).map((fault) => `${row.id} ${fault}`)),
  ];
}

function brokenCase(row: WrittenCase, events: ReadonlyArray<HashedEvent & { hash: Buffer }>): string[] {
  let previous: Buffer | null = null;
  const faults: string[] = [];
  for (const [place, { hash, ...event }] of events.entries()) {
    previous = eventHash(previous, event);
    if (event.sequence !== place + 1) faults.push(`lacks event ${place + 1}`);
    if (!previous.equals(hash)) faults.push(`has another event ${event.sequence} than was hashed`);
  }
  const types = events.map(({ type }) => type);
  const status = STATUS_AFTER[types.at(-1) ?? ''];
  const number = (wanted: string): number => types.filter((type) => type === wanted).length;
  if (row.status !== status) faults.push(`is ${row.status} after ${types.join(', ')}`);
  if (row.lastSequence !== events.length) faults.push(`counts ${row.lastSequence} events`);
  if (previous === null || !previous.equals(row.lastHash)) faults.push('ends in another hash');
  if (row.version !== events.length) faults.push(`is version ${row.version} after ${events.length} changes`);
  if (row.assignments !== number('assigned')) faults.push(`has ${row.assignments} assignments`);
  if (row.closureRequests !== number('closure_requested'))
    faults.push(`has ${row.closureRequests} closure requests`);
  if (row.clocks.join(' ') !== (CLOCKS_IN[row.status] ?? []).join(' '))
    faults.push(`is reminded of ${row.clocks.join(' ')}`);
  return faults;
}
