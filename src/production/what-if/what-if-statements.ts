/** Enterprises after `$1` with any figure of a month through `$2`, known before `$3`; of the unit `$4` where one is named. */
export const ENTERPRISES = `
  SELECT e.id, e.name, e.credit_code AS "creditCode", u.code AS "unitCode", u.name AS "unitName"
    FROM enterprises e
    JOIN reporting_units u ON u.id = e.reporting_unit_id
   WHERE ($1::uuid IS NULL OR e.id > $1) AND ($4::text IS NULL OR u.code = $4)
     AND EXISTS (SELECT 1 FROM production_figures f
                  WHERE f.enterprise_id = e.id AND f.month <= $2::date
                    AND ($3::timestamptz IS NULL OR f.recorded_at < $3))
   ORDER BY e.id LIMIT $5`;

/** How the cases of enterprises stood before `$2`, by the last of their turns; months in the zone `$3`. */
export const CASES = `
  SELECT c.id, c.enterprise_id AS "enterpriseId", c.distress_type AS "distressType", turn.type,
         to_char(turn.effective_at AT TIME ZONE $3, 'YYYY-MM') AS month
    FROM cases c
    CROSS JOIN LATERAL (
      SELECT v.type, v.effective_at FROM case_events v
       WHERE v.subject_id = c.id AND v.effective_at < $2
         AND v.type IN ('reported', 'reopened', 'resolved', 'rejected', 'terminated')
       ORDER BY v.effective_at DESC, v.sequence DESC LIMIT 1) turn
   WHERE c.enterprise_id = ANY ($1::uuid[])
   ORDER BY turn.effective_at`;
