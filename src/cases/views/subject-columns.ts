/** Columns and joins that the views of cases and of problems share; `s` is the case or problem. */
export const SUBJECT_COLUMNS = `
  s.id, s.number, s.status, s.outcome, s.complexity, s.reporting_unit_id, s.lead_department_id,
  s.due_at, s.stopped_at, s.is_late_when_stopped, s.assign_by, s.progressed_at,
  s.reported_at, s.resolved_at, s.reopen_count, s.return_count, s.review_on, s.version,
  u.code AS unit_code, u.name AS unit_name,
  a.id AS assignment_id, a.department_id, d.code AS department_code, d.name AS department_name,
  a.official_id, o.name AS official_name, a.assigned_at, a.acknowledge_by, a.acknowledged_at,
  a.due_at AS assignment_due_at, a.deadline_version, a.is_provisional, a.is_final, a.ended_at,
  cr.id AS closure_request_id, cr.requested_by, cr.requested_by_department_id,
  coalesce((
    SELECT jsonb_agg(jsonb_build_object(
             'id', ch.id, 'departmentId', ch.department_id, 'departmentName', chd.name,
             'departmentCode', chd.code, 'officialId', ch.official_id, 'officialName', cho.name,
             'dueAt', ch.due_at, 'deadlineVersion', ch.deadline_version,
             'opinion', ch.opinion, 'opinionAt', ch.opinion_at) ORDER BY ch.id)
      FROM co_handlers ch
      JOIN departments chd ON chd.id = ch.department_id
      LEFT JOIN officials cho ON cho.id = ch.official_id
     WHERE ch.assignment_id = s.assignment_id), '[]') AS co_handlers`;

export const ENTERPRISE_COLUMNS = 'e.id AS enterprise_id, e.name AS enterprise_name, e.credit_code';

export const SUBJECT_JOINS = `
  JOIN reporting_units u ON u.id = s.reporting_unit_id
  LEFT JOIN assignments a ON a.id = s.assignment_id
  LEFT JOIN departments d ON d.id = a.department_id
  LEFT JOIN officials o ON o.id = a.official_id
  LEFT JOIN closure_requests cr
    ON s.status = 'verifying' AND cr.assignment_id = s.assignment_id AND cr.decided_at IS NULL`;
