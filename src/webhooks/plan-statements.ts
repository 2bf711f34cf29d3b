/** Of an event `e` and a webhook `w`: the unit of whom it happened to. */
export const SUBJECT_OF_EVENT = `
  LEFT JOIN cases c ON e.subject_kind = 'case' AND c.id = e.subject_id
  LEFT JOIN problems p ON e.subject_kind = 'problem' AND p.id = e.subject_id`;

/** Whether webhook `w` is to be told of event `e`: asked when it is planned, and again before it is sent. */
export const IS_WANTED = `(w.is_active
  AND (e.subject_kind || '.' || e.type) = ANY (w.event_types)
  AND (w.reporting_unit_ids IS NULL OR coalesce(c.reporting_unit_id, p.reporting_unit_id) = ANY (w.reporting_unit_ids)))`;

/** Else all events of one moment are sorted for each batch of them, where an import has made hundreds of thousands. */
export const IN_ORDER_OF_THE_INDEX = 'SET LOCAL enable_bitmapscan = off';

/**
 * Plans deliveries of the events after a position, in the order in which they were recorded: `$1`, `$2` the position ·
 * `$3` how many events · `$4` now. What has been planned before stays as it is: the unique index sees to it.
 */
export const PLAN_DELIVERIES = `
WITH batch AS MATERIALIZED (
  SELECT e.id, e.type, e.subject_id, e.subject_kind, e.recorded_at
    FROM case_events e
   WHERE (e.recorded_at, e.id) > ($1::timestamptz, $2::uuid)
   ORDER BY e.recorded_at, e.id LIMIT $3
), planned AS (
  INSERT INTO webhook_deliveries (id, webhook_id, event_id, type, status, next_attempt_at, queued_at)
  SELECT uuidv7(), w.id, e.id, e.subject_kind || '.' || e.type, 'pending', $4, $4
    FROM batch e ${SUBJECT_OF_EVENT}
    JOIN webhooks w ON w.planned_through <= e.recorded_at AND ${IS_WANTED}
   ORDER BY e.recorded_at, e.id, w.id
  ON CONFLICT (webhook_id, event_id) DO NOTHING
  RETURNING webhook_id
)
SELECT (SELECT count(*)::int FROM batch) AS "read",
       (SELECT count(*)::int FROM planned) AS "planned",
       last.recorded_at AS "recordedAt", last.id
  FROM (SELECT) one
  LEFT JOIN (SELECT recorded_at, id FROM batch ORDER BY recorded_at DESC, id DESC LIMIT 1) last ON true`;

/** Where reading begins, and for whom: `null` where nobody is to be told of anything. */
export const PLANNED_THROUGH = `
SELECT min(planned_through) AS "plannedThrough",
       string_agg(id || ':' || version, ',' ORDER BY id) AS webhooks
  FROM webhooks WHERE is_active`;

/** Events after position `$1`, `$2` through position `$3`, `$4`; and those of them recorded at `$5` or later. */
export const COUNT_EVENTS = `
SELECT count(*)::int AS "all", count(*) FILTER (WHERE recorded_at >= $5)::int AS since
  FROM case_events
 WHERE (recorded_at, id) > ($1::timestamptz, $2::uuid) AND (recorded_at, id) <= ($3::timestamptz, $4::uuid)`;

/** `$1`: through here all is planned. One that became active later is told of nothing that was before. */
export const MOVE_ON = `UPDATE webhooks SET planned_through = $1 WHERE is_active AND planned_through < $1`;
