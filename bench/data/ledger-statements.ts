import {
  category,
  caseNumber,
  cause,
  distressType,
  INSERT_EVENTS,
  problemNumber,
  reportEvent,
} from './event-statements.js';
import { PROBLEMS_A_CASE } from './size.js';
import { id, pick } from './sql-functions.js';

const NOT_LIVE = `('resolved', 'rejected', 'terminated')`;

/** Columns that cases and problems share, and what they are in the drafts. */
const SUBJECT: Record<string, string> = {
  status: 'status',
  outcome: 'outcome',
  complexity: 'CASE WHEN assigned_at IS NOT NULL THEN complexity END',
  reporting_unit_id: 'u.id',
  assignment_id: `CASE WHEN assigned_at IS NOT NULL THEN ${id('assignment', 's')} END`,
  lead_department_id: `CASE WHEN assigned_at IS NOT NULL THEN ${id('department', 'department')} END`,
  official_id: `CASE WHEN assigned_at IS NOT NULL THEN ${id('official', 'official')} END`,
  due_at: `CASE WHEN status NOT IN ${NOT_LIVE} THEN due_at END`,
  stopped_at: `CASE WHEN status IN ('verifying', 'on_hold') THEN coalesce(requested_at, held_at) END`,
  is_late_when_stopped: `status IN ('verifying', 'on_hold') AND due_at < coalesce(requested_at, held_at)`,
  assign_by: `CASE WHEN status = 'reported' THEN d.assign_by END`,
  assign_clock_run_id: `CASE WHEN status = 'reported' THEN ${reportEvent} END`,
  reported_at: 'reported_at',
  resolved_at: `CASE WHEN status = 'resolved' THEN ended_at END`,
  progressed_at: 'coalesce(acknowledged_at, assigned_at)',
  hold_ground: `CASE WHEN held_at IS NOT NULL THEN 'third_party' END`,
  review_on: 'held_at::date + 20',
  last_event_at: 'greatest(reported_at, assigned_at, acknowledged_at, requested_at, held_at, ended_at)',
  enterprise_id: id('enterprise', 'enterprise'),
};

const CASE_COLUMNS: Record<string, string> = {
  id: id('case', 'n'),
  number: caseNumber,
  ...SUBJECT,
  last_sequence: 'e.last_sequence',
  last_hash: 'e.last_hash',
  distress_type: distressType,
  problems_total: String(PROBLEMS_A_CASE),
  problems_open: 'open_problems',
};

const PROBLEM_COLUMNS: Record<string, string> = {
  id: id('problem', 's'),
  number: problemNumber,
  ...SUBJECT,
  case_id: id('case', 'n'),
  title: `'贷款到期续贷、用电负荷和用地手续问题之' || i`,
  category,
  cause,
};

const insert = (table: string, columns: Record<string, string>, from: string): string =>
  `INSERT INTO ${table} (${Object.keys(columns).join(', ')}) SELECT ${Object.values(columns).join(', ')} FROM ${from}`;

const DRAFTS = 'bench.drafts d JOIN reporting_units u ON u.position = d.unit';
const ENDED = `status IN ${NOT_LIVE}`;

/** The rows of the drafted cases and problems, in the order of what needs what. */
export const LEDGER = [
  INSERT_EVENTS,
  insert(
    'cases',
    CASE_COLUMNS,
    `${DRAFTS} JOIN bench.chain_ends e ON e.case_id = ${id('case', 'n')}
       JOIN (SELECT n, count(*) FILTER (WHERE i > 0 AND status NOT IN ${NOT_LIVE}) AS open_problems
               FROM bench.drafts GROUP BY n) p USING (n)
      WHERE i = 0 ORDER BY s`,
  ),
  insert('problems', PROBLEM_COLUMNS, `${DRAFTS} WHERE i > 0 ORDER BY s`),
  insert(
    'assignments',
    {
      id: id('assignment', 's'),
      case_id: `CASE WHEN i = 0 THEN ${id('case', 'n')} END`,
      problem_id: `CASE WHEN i > 0 THEN ${id('problem', 's')} END`,
      department_id: id('department', 'department'),
      official_id: id('official', 'official'),
      assigned_at: 'assigned_at',
      complexity: 'complexity',
      limit_working_days: `CASE complexity WHEN 'simple' THEN 5 WHEN 'general' THEN 15 ELSE 30 END`,
      day_zero_on: 'day_zero_on',
      acknowledge_by: 'acknowledge_by',
      acknowledged_at: 'acknowledged_at',
      due_at: 'due_at',
      is_provisional: `due_at >= '2026-12-31T16:00:00Z'`,
      ended_at: `CASE WHEN ${ENDED} THEN ended_at END`,
      end_reason: `CASE WHEN ${ENDED} THEN status END`,
    },
    'bench.drafts WHERE assigned_at IS NOT NULL ORDER BY s',
  ),
  insert(
    'co_handlers',
    {
      id: id('co_handler', 's'),
      assignment_id: id('assignment', 's'),
      department_id: id('department', `1 + (department + ${pick('s', 71, 20)}) % 24`),
      due_at: 'co_due_at',
      opinion: `CASE WHEN ${ENDED} THEN '同意' END`,
      opinion_at: `CASE WHEN ${ENDED} THEN assigned_at + interval '1 day' END`,
    },
    'bench.drafts WHERE has_co_handler ORDER BY s',
  ),
  insert(
    'closure_requests',
    {
      id: id('closure_request', 's'),
      assignment_id: id('assignment', 's'),
      requested_at: 'requested_at',
      requested_by: id('actor', '1'),
      requested_by_department_id: id('department', 'department'),
      outcome: `'explained'`,
      statement: `'企业已说明情况'`,
      evidence_file_ids: `'{}'`,
      verify_by: 'verify_by',
      decided_at: `CASE WHEN status = 'resolved' THEN ended_at END`,
      decision: `CASE WHEN status = 'resolved' THEN 'approved' END`,
      decided_by: `CASE WHEN status = 'resolved' THEN ${id('actor', '2')} END`,
      decided_by_department_id: `CASE WHEN status = 'resolved' THEN (SELECT id FROM departments WHERE is_task_force) END`,
    },
    'bench.drafts WHERE requested_at IS NOT NULL ORDER BY s',
  ),
];
