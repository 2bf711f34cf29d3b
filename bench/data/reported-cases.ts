import type { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';

/** Cases that wait to be assigned, beside those of the data set. */
export interface ReportedCases {
  caseIds: string[];
  enterpriseIds: string[];
}

export const drawIds = (count: number): ReportedCases => ({
  caseIds: Array.from({ length: count }, () => uuidv7()),
  enterpriseIds: Array.from({ length: count }, () => uuidv7()),
});

/** Each with its enterprise, its first event and its armed reminder, as `report` would have left them. */
const INSERT = `
WITH drawn AS (
  SELECT case_id, enterprise_id, place, u.id AS unit_id, now() - interval '1 hour' AS at
    FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS d(case_id, enterprise_id, place), reporting_units u
   WHERE u.code = $3
), registered AS (
  INSERT INTO enterprises (id, name, credit_code, reporting_unit_id)
  SELECT enterprise_id, '待交办' || place || '有限公司', 'BENCH' || lpad(place::text, 13, '0'), unit_id FROM drawn
), opened AS (
  INSERT INTO cases (id, number, status, reporting_unit_id, assign_by, assign_clock_run_id, reported_at, last_sequence,
                     last_hash, last_event_at, enterprise_id, distress_type)
  SELECT case_id, 'BENCH-' || place, 'reported', unit_id, at + interval '2 days', case_id, at, 1, sha256(''), at,
         enterprise_id, 'stalled'
    FROM drawn
), told AS (
  INSERT INTO case_events (id, chain_id, sequence, subject_id, subject_kind, type, effective_at, recorded_at,
                           actor_kind, payload, hash)
  SELECT case_id, case_id, 1, case_id, 'case', 'reported', at, at, 'system', '{}', sha256('') FROM drawn
)
INSERT INTO reminders (id, subject_id, case_id, clock, clock_run_id, rung, offset_working_days, deadline_version,
                       deadline_at, fires_at, state, policy_version)
SELECT case_id, case_id, case_id, 'assign', case_id, 'assign_overdue', 0, 1, at + interval '2 days',
       at + interval '2 days', 'armed', 1
  FROM drawn`;

/** Writes the same cases to any copy of the data set. */
export async function insertReported(
  owner: Client,
  { caseIds, enterpriseIds }: ReportedCases,
  unit: string,
): Promise<void> {
  await owner.query(INSERT, [caseIds, enterpriseIds, unit]);
}
