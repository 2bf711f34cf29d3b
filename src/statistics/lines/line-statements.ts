import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { Where } from '../../platform/http/list-reader.js';

interface Statement {
  sql: string;
  parameters: unknown[];
}

const TABLES = { case: 'cases', problem: 'problems' } as const satisfies Record<SubjectKind, string>;
const KEYS = 'from_at, l.subject_id, l.id';

/** Names as known at `$1`, which is the moment that the lines were known at. */
const LAST_KNOWN = (table: string, owner: string, value: string): string =>
  `(SELECT name FROM ${table} WHERE ${owner} = ${value} AND recorded_at < $1 ORDER BY recorded_at DESC, id DESC LIMIT 1)`;
const named = (id: string, name: string): string =>
  `CASE WHEN ${id} IS NOT NULL THEN jsonb_build_object('id', ${id}, 'name', ${name}) END`;

/**
 * A page of lines in the order in which they happened.
 * @param where of lines under their own names, with the moment they were known at as its first parameter
 * @param scoped what the asker may see of table `s`, its parameters behind those of `where`
 * @param after moment, subject and number of the last line of the page before
 */
export function PAGE_OF_LINES(
  subject: SubjectKind,
  where: Where,
  scoped: Where,
  after: readonly string[],
  limit: number,
): Statement {
  const first = scoped.parameters.length + 1;
  const isAfter =
    after.length === 0
      ? ''
      : `AND (${KEYS}) > ($${first}::timestamptz, $${first + 1}::uuid, $${first + 2}::bigint)`;
  const project = subject === 'problem' ? 'LEFT JOIN projects p ON p.id = s.project_id' : '';
  return {
    sql: `
SELECT page.id, subject_kind AS kind, subject_id AS "subjectId", page.number, ${enterpriseOf(subject)} AS enterprise,
       coalesce(began, what) AS what, page.state, from_at AS at, recorded_from AS "recordedAt",
       CASE WHEN what <> 'rated' THEN source_id END AS "eventId",
       CASE WHEN what = 'rated' THEN source_id END AS "ratingId",
       ${named('page.department_id', `coalesce(${LAST_KNOWN('department_revisions', 'department_id', 'page.department_id')}, d.name)`)} AS department,
       ${named('page.official_id', `coalesce(${LAST_KNOWN('official_revisions', 'official_id', 'page.official_id')}, o.name)`)} AS official,
       due_at AS "dueAt"
  FROM (SELECT l.*, s.number, s.enterprise_id${subject === 'problem' ? ', s.project_id' : ''}
          FROM (SELECT * FROM tally_lines WHERE ${where.sql}) l JOIN ${TABLES[subject]} s ON s.id = l.subject_id
         WHERE ${scoped.sql} ${isAfter}
         ORDER BY ${KEYS} LIMIT ${limit + 1}) page
  LEFT JOIN enterprises e ON e.id = page.enterprise_id
  ${project.replace('s.project_id', 'page.project_id')}
  LEFT JOIN departments d ON d.id = page.department_id
  LEFT JOIN officials o ON o.id = page.official_id
 ORDER BY from_at, subject_id, page.id`,
    parameters: [...scoped.parameters, ...after],
  };
}

const enterpriseOf = (subject: SubjectKind): string => {
  const known = LAST_KNOWN('enterprise_revisions', 'enterprise_id', 'page.enterprise_id');
  if (subject === 'case') return `coalesce(${known}, e.name)`;
  return `coalesce(${known}, ${LAST_KNOWN('project_revisions', 'project_id', 'page.project_id')}, e.name, p.name)`;
};

/** All lines, and those of them that the asker may see. */
export const COUNT_LINES = (subject: SubjectKind, where: Where, scoped: Where): Statement => ({
  sql: `
SELECT count(*)::int AS total, count(s.id)::int AS seen
  FROM (SELECT subject_id FROM tally_lines WHERE ${where.sql}) l
  LEFT JOIN ${TABLES[subject]} s ON s.id = l.subject_id AND ${scoped.sql}`,
  parameters: scoped.parameters,
});
