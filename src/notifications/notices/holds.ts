/**
 * Whether an enterprise need not be asked for its figures of a month: it or somebody who was there has said something,
 * production is known to stand still, or it was recorded why nothing will come. What the grid company or the tax
 * office knows is no answer of the enterprise. @param enterprise, month expressions of SQL, uuid and date
 */
export const isMonthHeard = (enterprise: string, month: string): string => `(
  EXISTS (SELECT FROM production_figures f
           WHERE f.enterprise_id = ${enterprise} AND f.source IN ('enterprise', 'site_check')
             AND f.month IN (${month}, (${month} + interval '1 month')::date)
             AND (f.month = ${month} OR f.covers_months = 2))
  OR EXISTS (SELECT FROM production_stops s
              WHERE s.enterprise_id = ${enterprise} AND s.withdrawn_at IS NULL AND s.from_month <= ${month}
                AND coalesce(s.ended_month, s.to_month, 'infinity') >= ${month})
  OR EXISTS (SELECT FROM production_unreported_months r
              WHERE r.enterprise_id = ${enterprise} AND r.month = ${month}))`;

/** Of the second reminder of the same: the cause of the first, and this. */
export const AGAIN = ' again';

/**
 * Whether what notice `n` says of an enterprise's production is still so: asked by the sweep before it records, and by
 * each claim, so that nothing leaves once the figures are there, whoever brought them in. A second reminder takes the
 * place of a first one that has not left. @param now an expression of SQL
 */
export const stillHolds = (now: string): string => `(
  NOT EXISTS (SELECT FROM notices l WHERE l.kind = n.kind AND l.cause = n.cause || '${AGAIN}')
  AND CASE n.kind
      WHEN 'figures_due' THEN
        n.deadline_at > ${now}
        AND EXISTS (SELECT FROM cases c WHERE c.enterprise_id = n.enterprise_id AND c.status NOT IN ('rejected', 'terminated'))
        AND NOT ${isMonthHeard('n.enterprise_id', `(n.facts ->> 'month' || '-01')::date`)}
      WHEN 'figure_query' THEN
        EXISTS (SELECT FROM production_queries q WHERE q.id = n.subject_id AND q.status = 'open')
      WHEN 'follow_up_due' THEN
        EXISTS (SELECT FROM recovery_follow_ups f WHERE f.id = (n.facts ->> 'followUpId')::uuid AND f.status = 'due')
      WHEN 'relapse_proposed' THEN
        EXISTS (SELECT FROM distress_candidates k WHERE k.id = n.cause::uuid AND k.status = 'open')
      ELSE true END)`;
