import { id, oneOf } from './sql-functions.js';
import { PROBLEM_CATEGORIES, CAUSES, DISTRESS_TYPES } from '../../src/cases/lifecycle/states.js';

export const distressType = oneOf('n', 61, DISTRESS_TYPES);
export const category = oneOf('s', 62, PROBLEM_CATEGORIES);
export const cause = oneOf('s', 63, CAUSES);
export const caseNumber = `'AK-2026-' || lpad(n::text, 7, '0')`;
export const problemNumber = `'P-2026-' || lpad((s - n + 1)::text, 7, '0')`;
/** Number of a step's event among all. */
const eventOf = (step: string): string => id('event', `s * 8 + ${step}`);
export const reportEvent = eventOf('1');

const quoted = (value: string): string => `'"' || ${value} || '"'`;

/** Members in the order of their names: the canonical text that the hash is made over. */
const json = (members: Record<string, string>): string => {
  const parts = Object.keys(members)
    .toSorted((one, other) => (one < other ? -1 : 1))
    .map((name) => `'"${name}":' || ${members[name]}`);
  return `'{' || ${parts.join(` || ',' || `)} || '}'`;
};

const assignment = quoted(id('assignment', 's'));
const enterpriseFacts = {
  assignBy: 'bench.iso(assign_by)',
  enterpriseId: quoted(id('enterprise', 'enterprise')),
  reportingUnitId: quoted('u.id'),
};

const PAYLOADS = {
  reported: `CASE WHEN i = 0 THEN ${json({
    ...enterpriseFacts,
    number: quoted(caseNumber),
    distressType: quoted(distressType),
  })} ELSE ${json({
    ...enterpriseFacts,
    number: quoted(problemNumber),
    caseId: quoted(id('case', 'n')),
    category: quoted(category),
    cause: quoted(cause),
  })} END`,
  assigned: json({
    assignmentId: assignment,
    departmentId: quoted(id('department', 'department')),
    officialId: quoted(id('official', 'official')),
    dayZeroOn: quoted('day_zero_on'),
    acknowledgeBy: 'bench.iso(acknowledge_by)',
    dueAt: 'bench.iso(due_at)',
    deadlineVersion: `'1'`,
    complexity: quoted('complexity'),
  }),
  acknowledged: json({ assignmentId: assignment, note: `'null'` }),
  closure_requested: json({
    assignmentId: assignment,
    closureRequestId: quoted(id('closure_request', 's')),
    outcome: `'"explained"'`,
    evidenceFileIds: `'[]'`,
    verifyBy: 'bench.iso(verify_by)',
  }),
  held: json({
    assignmentId: assignment,
    ground: `'"third_party"'`,
    reviewOn: quoted(`(held_at::date + 20)`),
    reason: `'null'`,
  }),
  resolved: json({
    assignmentId: assignment,
    closureRequestId: `CASE WHEN requested_at IS NULL THEN 'null' ELSE ${quoted(id('closure_request', 's'))} END`,
    outcome: quoted('outcome'),
    requestedAt: `coalesce(bench.iso(requested_at), 'null')`,
  }),
  rejected: json({ reason: `'"not in distress"'` }),
  terminated: json({ ground: `'"relocated"'`, reason: `'null'` }),
};

/**
 * The events of the drafts, each chain hashed as the product hashes it, so that an audit finds it whole; and where
 * each chain ends.
 */
export const INSERT_EVENTS = `
WITH steps AS (
  SELECT d.*, u.id AS unit_id, step, type, effective_at
    FROM bench.drafts d
    JOIN reporting_units u ON u.position = d.unit
   CROSS JOIN LATERAL (VALUES
     (1, 'reported', d.reported_at), (2, 'assigned', d.assigned_at), (3, 'acknowledged', d.acknowledged_at),
     (4, 'closure_requested', d.requested_at), (5, 'held', d.held_at),
     (6, CASE WHEN d.status IN ('resolved', 'rejected', 'terminated') THEN d.status END, d.ended_at)
   ) AS happened(step, type, effective_at)
   WHERE effective_at IS NOT NULL
), numbered AS (
  SELECT ${eventOf('step')} AS id, ${id('case', 'n')} AS chain_id,
         row_number() OVER chain AS sequence,
         CASE WHEN i = 0 THEN ${id('case', 'n')} ELSE ${id('problem', 's')} END AS subject_id,
         CASE WHEN i = 0 THEN 'case' ELSE 'problem' END AS subject_kind,
         type, effective_at, CASE WHEN requested_at IS NULL THEN 'import' ELSE 'account' END AS actor_kind,
         CASE type ${Object.entries(PAYLOADS)
           .map(([type, payload]) => `WHEN '${type}' THEN ${payload.replaceAll('u.id', 'unit_id')}`)
           .join('\n                   ')} END AS payload
    FROM steps
  WINDOW chain AS (PARTITION BY n ORDER BY effective_at, i, step)
), written AS (
  INSERT INTO case_events (id, chain_id, sequence, subject_id, subject_kind, type, effective_at, recorded_at,
                           actor_kind, actor_id, actor_department_id, payload, hash)
  SELECT id, chain_id, sequence, subject_id, subject_kind, type, effective_at, effective_at, actor_kind,
         ${id('actor', '1')}, NULL, payload::jsonb,
         bench.chain('{"actorDepartmentId":null,"actorId":"' || ${id('actor', '1')} || '","actorKind":"' || actor_kind
           || '","chainId":"' || chain_id || '","effectiveAt":' || bench.iso(effective_at) || ',"id":"' || id
           || '","payload":' || payload || ',"recordedAt":' || bench.iso(effective_at) || ',"sequence":' || sequence
           || ',"subjectId":"' || subject_id || '","subjectKind":"' || subject_kind || '","type":"' || type || '"}')
           OVER (PARTITION BY chain_id ORDER BY sequence)
    FROM numbered
  RETURNING chain_id, sequence, hash, effective_at
)
INSERT INTO bench.chain_ends (case_id, last_sequence, last_hash)
SELECT DISTINCT ON (chain_id) chain_id, sequence, hash FROM written ORDER BY chain_id, sequence DESC`;

export const MAKE_CHAIN_ENDS = `
CREATE UNLOGGED TABLE bench.chain_ends (case_id uuid NOT NULL, last_sequence int NOT NULL, last_hash bytea NOT NULL)`;
