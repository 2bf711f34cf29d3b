import type { EntityManager } from 'typeorm';
import type { DepartmentAttributes } from '../table/attributes.js';
import { milliseconds } from './milliseconds.js';

/**
 * Departments with what was recorded of them before a moment. Whether only leaders sit in one is judged by where
 * officials sat as it was known then.
 */
export function readDepartments(
  runner: Pick<EntityManager, 'query'>,
  before: Date,
): Promise<DepartmentAttributes[]> {
  return runner.query(
    `SELECT d.id, d.is_task_force AS "isTaskForce",
            coalesce(seats.are_leaders, false) AS "isLeadersOffice",
            jsonb_build_object('code', d.code, 'name', d.name, 'level', d.level) AS current,
            coalesce((SELECT jsonb_agg(jsonb_build_object(
                        'effectiveAt', ${milliseconds('r.effective_at')}, 'recordedAt', ${milliseconds('r.recorded_at')},
                        'code', r.code, 'name', r.name, 'level', r.level) ORDER BY r.effective_at, r.recorded_at, r.id)
                      FROM department_revisions r WHERE r.department_id = d.id AND r.recorded_at < $1), '[]')
              AS revisions
       FROM departments d
       LEFT JOIN (SELECT department_id, bool_and(duty = 'leader') AS are_leaders
                    FROM (SELECT DISTINCT ON (official_id) department_id, duty FROM official_revisions
                          WHERE recorded_at < $1 ORDER BY official_id, recorded_at DESC, id DESC) known
                   GROUP BY department_id) seats ON seats.department_id = d.id
      ORDER BY d.id`,
    [before],
  );
}
