export const DEFECT_KINDS = [
  'enterprise_without_leader',
  'enterprise_without_unit',
  'enterprise_without_official',
  'enterprise_without_contact',
  'project_without_leader',
  'project_without_unit',
  'project_without_official',
  'department_without_head',
  'department_without_liaison',
  'official_without_mobile',
  'official_without_email',
  'assignment_official_inactive',
  'co_handler_official_inactive',
  'pairing_official_inactive',
  'assignment_department_inactive',
  'co_handler_department_inactive',
  'pairing_department_inactive',
  'plan_official_inactive',
  'deputy_inactive',
] as const;
export type DefectKind = (typeof DEFECT_KINDS)[number];

export const SUBJECT_KINDS = ['enterprise', 'project', 'department', 'official', 'case', 'problem'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Who leads something that is live. */
const LEADS = `EXISTS (SELECT 1 FROM assignments a WHERE a.department_id = d.id AND a.ended_at IS NULL)`;

/** Looked up once, by the index of live cases, and not for each duty by all cases there ever were. */
const HOMES = `
WITH in_distress AS MATERIALIZED (
  SELECT e.id, e.name FROM cases c JOIN enterprises e ON e.id = c.enterprise_id
   WHERE c.status NOT IN ('resolved', 'rejected', 'terminated')
), pursued AS MATERIALIZED (
  SELECT j.id, j.name FROM projects j
   WHERE j.is_active OR EXISTS (SELECT 1 FROM problems p WHERE p.project_id = j.id
           AND p.status NOT IN ('resolved', 'rejected', 'terminated'))
)`;

/** 三级包联 asks for a leader, a unit and officials at each of the three tiers; `tiers`: where there is none. */
const withoutPairing = (type: 'enterprise' | 'project', duty: 'leader' | 'unit' | 'official'): string => `
SELECT '${type}_without_${duty}' AS kind, '${type}' AS type, e.id, e.name, gap.tiers
  FROM ${type === 'enterprise' ? 'in_distress' : 'pursued'} e
 CROSS JOIN LATERAL (
   SELECT array_agg(t.tier ORDER BY t.place) AS tiers
     FROM unnest('{city,county,town}'::text[]) WITH ORDINALITY AS t (tier, place)
    WHERE NOT EXISTS (SELECT 1 FROM pairings q WHERE q.${type}_id = e.id AND q.to_on IS NULL
                         AND q.duty = '${duty}' AND q.tier = t.tier)) gap
 WHERE gap.tiers IS NOT NULL`;

const pairedWithInactive = (type: 'enterprise' | 'project', party: 'official' | 'department'): string => `
SELECT DISTINCT 'pairing_${party}_inactive', '${type}', e.id, e.name
  FROM pairings q JOIN ${party}s o ON o.id = q.${party}_id JOIN ${type}s e ON e.id = q.${type}_id
 WHERE q.to_on IS NULL AND NOT o.is_active`;

const withoutDuty = (duty: 'head' | 'liaison'): string => `
SELECT 'department_without_${duty}', 'department', d.id, d.name FROM departments d
 WHERE ${LEADS}
   AND NOT EXISTS (SELECT 1 FROM officials o WHERE o.department_id = d.id AND o.duty = '${duty}' AND o.is_active)`;

const withoutContact = (contact: 'mobile' | 'email'): string => `
SELECT 'official_without_${contact}', 'official', o.id, o.name FROM officials o WHERE o.is_active AND o.${contact === 'mobile' ? 'mobile_sealed' : contact} IS NULL`;

const SUBJECT = `CASE WHEN p.id IS NULL THEN 'case' ELSE 'problem' END, coalesce(p.id, c.id), coalesce(p.number, c.number)`;
const OF_ASSIGNMENT = `LEFT JOIN cases c ON c.id = a.case_id LEFT JOIN problems p ON p.id = a.problem_id
 WHERE a.ended_at IS NULL AND NOT o.is_active`;

const assignedToInactive = (party: 'official' | 'department'): string => `
SELECT 'assignment_${party}_inactive', ${SUBJECT}
  FROM assignments a JOIN ${party}s o ON o.id = a.${party}_id ${OF_ASSIGNMENT}`;

const coHandledByInactive = (party: 'official' | 'department'): string => `
SELECT DISTINCT 'co_handler_${party}_inactive', ${SUBJECT}
  FROM co_handlers h JOIN assignments a ON a.id = h.assignment_id JOIN ${party}s o ON o.id = h.${party}_id ${OF_ASSIGNMENT}
   AND h.opinion_at IS NULL`;

/** Whom nobody can ask for its figures. */
const WITHOUT_ANY_CONTACT = `
SELECT 'enterprise_without_contact', 'enterprise', d.id, d.name FROM in_distress d JOIN enterprises e ON e.id = d.id
 WHERE e.contact_email IS NULL AND e.contact_is_mobile IS NOT TRUE`;

const GAPS = [
  withoutPairing('enterprise', 'leader'),
  withoutPairing('enterprise', 'unit'),
  withoutPairing('enterprise', 'official'),
  withoutPairing('project', 'leader'),
  withoutPairing('project', 'unit'),
  withoutPairing('project', 'official'),
].join('\n UNION ALL');

const OTHERS = [
  withoutDuty('head'),
  withoutDuty('liaison'),
  WITHOUT_ANY_CONTACT,
  withoutContact('mobile'),
  withoutContact('email'),
  assignedToInactive('official'),
  assignedToInactive('department'),
  coHandledByInactive('official'),
  coHandledByInactive('department'),
  pairedWithInactive('enterprise', 'official'),
  pairedWithInactive('project', 'official'),
  pairedWithInactive('enterprise', 'department'),
  pairedWithInactive('project', 'department'),
  `
SELECT DISTINCT 'plan_official_inactive', 'case', c.id, c.number
  FROM officials o
  JOIN plan_measures m ON m.official_id = o.id AND m.done_on IS NULL
  JOIN case_plans l ON l.id = m.plan_id
  JOIN cases c ON c.id = l.case_id AND c.status NOT IN ('resolved', 'rejected', 'terminated')
 WHERE NOT o.is_active
   AND NOT EXISTS (SELECT 1 FROM case_plans n WHERE n.case_id = l.case_id AND n.plan_version > l.plan_version)`,
  `
SELECT DISTINCT 'deputy_inactive', 'official', w.id, w.name
  FROM deputies s JOIN officials o ON o.id = s.deputy_id JOIN officials w ON w.id = s.official_id
 WHERE s.cancelled_at IS NULL AND s.to_on >= $1::date AND NOT o.is_active`,
].join('\n UNION ALL');

/**
 * What is missing for reminders and responsibility to reach somebody: kind, type, id and name of where it shows, and of
 * a gap in pairing its tiers. `$1` is today.
 */
export const DEFECTS = `${HOMES}${GAPS}
 UNION ALL
SELECT o.*, NULL::text[] FROM (${OTHERS}) AS o`;
