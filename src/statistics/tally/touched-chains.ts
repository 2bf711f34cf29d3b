import type { EntityManager } from 'typeorm';
import type { OfficeTime } from '../../calendar/office-time.js';
import { COUNTED_EVENTS } from '../table/history.js';
import type { Common } from './chains-reader.js';

/** What was recorded from one moment and before another. */
export interface Recorded {
  since: Date;
  before: Date;
  /** Of the transactions that had ended when it was last looked: the first that had not. */
  seenXid: string;
}

/**
 * How far the clock of a machine that records may be behind that of one that counts: for so long what was recorded is
 * looked at again, where the transaction that wrote it had not ended before.
 */
const CLOCKS_APART = `interval '60 seconds'`;
/** Whether a row came after the last look. Numbers of transactions are compared on their circle. */
const IS_NEW = `(recorded_at >= $1 OR ((xmin::text::bigint - $3::bigint + 4294967296) % 4294967296) < 2147483648)`;
const recorded = (more = ''): string =>
  `recorded_at >= $1::timestamptz - ${CLOCKS_APART} AND recorded_at < $2 AND ${IS_NEW}${more}`;

/** The chain of a case is its own; a problem stands in that of its case. */
const OF_OWNERS = `
  SELECT c.id FROM cases c JOIN owners o ON c.enterprise_id = o.id
  UNION ALL SELECT coalesce(p.case_id, p.id) FROM problems p JOIN owners o ON p.enterprise_id = o.id
  UNION ALL SELECT coalesce(p.case_id, p.id) FROM problems p JOIN owners o ON p.project_id = o.id`;

/** @returns chains of which anything was recorded that lines are made from; of more than `most` so many */
export async function touchedChains(
  manager: EntityManager,
  { since, before, seenXid }: Recorded,
  common: Common,
  most: number,
): Promise<string[]> {
  const rows: Array<{ id: string }> = await manager.query(
    `WITH owners AS (
       SELECT enterprise_id AS id FROM enterprise_revisions WHERE ${recorded()}
       UNION SELECT project_id FROM project_revisions WHERE ${recorded()}
     ), rated AS (
       SELECT coalesce(case_id, problem_id) AS id FROM ratings WHERE ${recorded()}
     )
     SELECT id FROM (
       SELECT chain_id AS id FROM case_events WHERE ${recorded(' AND type = ANY ($4::text[])')}
       UNION SELECT e.chain_id FROM rated r, LATERAL
              (SELECT chain_id FROM case_events WHERE subject_id = r.id LIMIT 1) e
       UNION (${OF_OWNERS})
     ) touched LIMIT $5`,
    [since, before, seenXid, COUNTED_EVENTS, most],
  );
  const chains = new Set(rows.map(({ id }) => id));
  for (const seldom of [
    await ofMovedDepartments(manager, since, before),
    await ofNewDays(manager, since, common),
  ])
    for (const chain of seldom) chains.add(chain);
  return [...chains].toSorted();
}

/** Departments change their level once in many years: then all lines are looked through. */
async function ofMovedDepartments(manager: EntityManager, since: Date, before: Date): Promise<string[]> {
  const moved: Array<{ id: string }> = await manager.query(
    `SELECT DISTINCT department_id AS id FROM department_revisions r
      WHERE recorded_at >= $1::timestamptz - ${CLOCKS_APART} AND recorded_at < $2
        AND EXISTS (SELECT 1 FROM department_revisions o WHERE o.department_id = r.department_id AND o.level <> r.level)`,
    [since, before],
  );
  if (moved.length === 0) return [];
  return chainsWhere(
    manager,
    'department_id = ANY ($1::uuid[])',
    moved.map(({ id }) => id),
  );
}

/** A year of the calendar: closures from the first day on that it changed may have taken other working days. */
async function ofNewDays(
  manager: EntityManager,
  since: Date,
  { calendars, office }: Pick<Common, 'calendars'> & { office: OfficeTime },
): Promise<string[]> {
  const firstOn = calendars.firstChangedSince(since.getTime());
  if (firstOn === undefined) return [];
  return chainsWhere(manager, `began = 'resolved' AND from_at >= $1`, office.at(firstOn, '00:00'));
}

async function chainsWhere(manager: EntityManager, condition: string, value: unknown): Promise<string[]> {
  const rows: Array<{ id: string }> = await manager.query(
    `SELECT DISTINCT chain_id AS id FROM tally_lines WHERE ${condition}`,
    [value],
  );
  return rows.map(({ id }) => id);
}
