import type { QueryRunner } from 'typeorm';
import { eventHash, type HashedEvent } from '../../cases/event-hash.js';
import { auditEventHash, type HashedAuditEvent } from '../audit-event-hash.js';
import type { HashLink, KnownEnd } from '../chain/fault.js';

/** Events fetched at a time. */
const BATCH = 1_000;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** Numbers begin with 1; what was slipped in before is looked at too. */
const BEFORE_ALL = -(2 ** 31);

/** Whether moments are of whole milliseconds, as all are that were ever hashed. */
interface Exact {
  isExact: boolean;
}
export type StoredEvent = HashedEvent & Exact & { hash: Buffer };
export type StoredAuditEvent = HashedAuditEvent & Exact & { hash: Buffer };

const isWhole = (column: string): string => `date_trunc('milliseconds', ${column}) = ${column}`;

const EVENTS = `
  SELECT id, chain_id AS "chainId", sequence, subject_id AS "subjectId", subject_kind AS "subjectKind", type,
         effective_at AS "effectiveAt", recorded_at AS "recordedAt", actor_kind AS "actorKind", actor_id AS "actorId",
         actor_department_id AS "actorDepartmentId", payload, algorithm, hash,
         ${isWhole('recorded_at')} AND ${isWhole('effective_at')} AS "isExact"
    FROM case_events`;

const AUDIT_EVENTS = `
  SELECT id, sequence::float8 AS sequence, recorded_at AS "recordedAt", type, actor_kind AS "actorKind",
         actor_id AS "actorId", address, request_id AS "requestId", subject_kind AS "subjectKind",
         subject_id AS "subjectId", payload, algorithm, hash, ${isWhole('recorded_at')} AS "isExact"
    FROM audit_events`;

/** A problem of a case has its place in the chain of the case. */
const ENDS = `
  SELECT id, last_sequence AS "lastSequence", last_hash AS "lastHash" FROM cases WHERE id = ANY ($1::uuid[])
   UNION ALL
  SELECT id, last_sequence, last_hash FROM problems WHERE id = ANY ($1::uuid[]) AND case_id IS NULL`;

const NO_HASH = Buffer.alloc(0);

export const hashOfEvent: HashLink<StoredEvent> = (previous, { isExact, hash: _hash, ...event }, sequence) =>
  isExact ? eventHash(previous, { ...event, sequence }) : NO_HASH;

export const hashOfAuditEvent: HashLink<StoredAuditEvent> = (
  previous,
  { isExact, hash: _hash, ...event },
  sequence,
) => (isExact ? auditEventHash(previous, { ...event, sequence }) : NO_HASH);

/** Events in the order of their chains, a batch at a time, on one snapshot. */
export class StoredEvents {
  constructor(private readonly runner: QueryRunner) {}

  /** @param chainId that chain alone */
  async *cases(chainId?: string): AsyncGenerator<StoredEvent[]> {
    let after: [string, number] = [chainId ?? FIRST, BEFORE_ALL];
    const only = chainId === undefined ? '' : 'AND chain_id = $1';
    for (;;) {
      const batch: StoredEvent[] = await this.runner.query(
        `${EVENTS} WHERE (chain_id, sequence) > ($1, $2) ${only} ORDER BY chain_id, sequence LIMIT ${BATCH}`,
        after,
      );
      yield batch;
      const last = batch.at(-1);
      if (last === undefined || batch.length < BATCH) return;
      after = [last.chainId, last.sequence];
    }
  }

  async *audited(): AsyncGenerator<StoredAuditEvent[]> {
    for (let after = BEFORE_ALL; ;) {
      const batch: StoredAuditEvent[] = await this.runner.query(
        `${AUDIT_EVENTS} WHERE sequence > $1 ORDER BY sequence LIMIT ${BATCH}`,
        [after],
      );
      yield batch;
      const last = batch.at(-1);
      if (last === undefined || batch.length < BATCH) return;
      after = last.sequence;
    }
  }

  casesAt(chainId: string, sequences: readonly number[]): Promise<StoredEvent[]> {
    return this.runner.query(
      `${EVENTS} WHERE chain_id = $1 AND sequence = ANY ($2::int[]) ORDER BY sequence`,
      [chainId, sequences],
    );
  }

  auditedAt(sequences: readonly number[]): Promise<StoredAuditEvent[]> {
    return this.runner.query(`${AUDIT_EVENTS} WHERE sequence = ANY ($1::bigint[]) ORDER BY sequence`, [
      sequences,
    ]);
  }

  /** Where chains end as their cases and problems say. */
  async ends(chainIds: readonly string[]): Promise<Map<string, KnownEnd>> {
    const rows: Array<KnownEnd & { id: string }> = await this.runner.query(ENDS, [chainIds]);
    return new Map(rows.map(({ id, ...end }) => [id, end]));
  }

  async auditEnd(): Promise<KnownEnd | undefined> {
    const [end]: KnownEnd[] = await this.runner.query(
      'SELECT last_sequence::float8 AS "lastSequence", last_hash AS "lastHash" FROM trail_end WHERE id = 1',
    );
    return end;
  }

  /** Cases and problems whose chain is gone altogether. @param found how many of them were found with one */
  async withoutChain(found: number, most: number): Promise<Array<{ id: string; lastSequence: number }>> {
    const [{ owners } = { owners: 0 }]: Array<{ owners: number }> = await this.runner.query(
      `SELECT (SELECT count(*) FROM cases)::float8 + (SELECT count(*) FROM problems WHERE case_id IS NULL)::float8
         AS owners`,
    );
    if (owners === found) return [];
    const missing: Array<{ id: string; lastSequence: number }> = [];
    for (const table of ['cases', 'problems']) {
      const only = table === 'cases' ? '' : 'AND case_id IS NULL';
      for (let after: string | undefined = FIRST; after !== undefined && missing.length < most;) {
        const batch: Array<{ id: string; lastSequence: number; hasChain: boolean }> = await this.runner.query(
          `SELECT id, last_sequence AS "lastSequence",
                  EXISTS (SELECT 1 FROM case_events e WHERE e.chain_id = s.id) AS "hasChain"
             FROM ${table} s WHERE id > $1 ${only} ORDER BY id LIMIT ${BATCH}`,
          [after],
        );
        missing.push(...batch.filter(({ hasChain }) => !hasChain));
        after = batch.length < BATCH ? undefined : batch.at(-1)?.id;
      }
    }
    return missing.slice(0, most);
  }
}
