/**
 * Whom messages reach on a day, as parts of a WITH list. `present`: officials and who takes what is theirs, they
 * themselves or, on the days of a deputy, that deputy, whether they are active or not. `task_force`: who takes what is
 * nobody's. @param today an expression of SQL
 */
export const whoIsThere = (today: string): string => `present AS NOT MATERIALIZED (
  SELECT o.id AS official_id, coalesce(stand_in.id, o.id) AS id
    FROM officials o
    LEFT JOIN deputies s ON s.official_id = o.id AND s.cancelled_at IS NULL AND ${today} BETWEEN s.from_on AND s.to_on
    LEFT JOIN officials stand_in ON stand_in.id = s.deputy_id AND stand_in.is_active
   WHERE o.is_active OR stand_in.id IS NOT NULL
), task_force AS MATERIALIZED (
  SELECT DISTINCT present.id
    FROM officials o JOIN departments d ON d.id = o.department_id
    JOIN present ON present.official_id = o.id
   WHERE d.is_task_force
)`;

/** Why nothing can go to official `o` by this channel; `NULL` where it can. @param channel an expression of SQL */
export const unreachable = (channel: string): string =>
  `CASE WHEN ${channel} = 'email' AND o.email IS NULL THEN 'NO_ADDRESS'
                  WHEN ${channel} = 'sms' AND NOT o.is_mobile THEN 'NO_ADDRESS' END`;
