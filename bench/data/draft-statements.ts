import { unitOf } from './organization-statements.js';
import {
  closedCases,
  type DataSetPlan,
  DEPARTMENTS_A_UNIT,
  MUNICIPAL_DEPARTMENTS,
  OFFICIALS_A_DEPARTMENT,
  PROBLEMS_A_CASE,
  TODAY,
} from './size.js';
import { oneOf, pick } from './sql-functions.js';

/** Cases and problems with everything that happened to them; the ledger's tables are read off it. */
export const MAKE_DRAFTS = `
CREATE UNLOGGED TABLE bench.drafts (
  s bigint NOT NULL,               -- number of the case or problem among all
  n bigint NOT NULL,               -- number of the case
  i int NOT NULL,                  -- 0: the case itself; else which of its problems
  enterprise bigint NOT NULL, unit int NOT NULL, department int NOT NULL, official int NOT NULL,
  status text NOT NULL, case_status text NOT NULL, outcome text, complexity text NOT NULL,
  reported_at timestamptz NOT NULL, assigned_at timestamptz, acknowledged_at timestamptz,
  requested_at timestamptz, held_at timestamptz, ended_at timestamptz,
  day_zero_on date, assign_by timestamptz NOT NULL, acknowledge_by timestamptz, due_at timestamptz,
  co_due_at timestamptz, verify_by timestamptz, has_co_handler boolean NOT NULL
)`;

/**
 * Drafts of the cases `$1` to `$2` and of their problems. Closed ones come first, over three years; live ones were
 * reported in the last weeks. A problem's state fits that of its case.
 */
export const draftCases = (plan: DataSetPlan): string => `
INSERT INTO bench.drafts
WITH begun AS (
  SELECT n, n > ${closedCases(plan)} AS is_live, ${pick('n', 31, 100)} AS fate, ${pick('n', 32, 3)} = 0 AS is_requested,
         CASE WHEN n > ${closedCases(plan)} THEN n - ${closedCases(plan)} ELSE n END AS enterprise,
         (date '${TODAY}' - CASE WHEN n > ${closedCases(plan)} THEN 4 + ${pick('n', 33, 24)} ELSE 70 + ${pick('n', 33, 1000)} END
           + time '01:00') AT TIME ZONE 'UTC' + ${pick('n', 34, 240)} * interval '1 minute' AS reported_at
    FROM generate_series($1::bigint, $2::bigint) n
), decided AS (
  SELECT *, CASE WHEN is_live AND fate < 10 THEN 'reported' WHEN is_live AND fate < 25 THEN 'assigned'
                 WHEN is_live AND fate < 75 THEN 'in_progress' WHEN is_live AND fate < 88 THEN 'verifying'
                 WHEN is_live THEN 'on_hold'
                 WHEN fate < 3 THEN 'rejected' WHEN fate < 10 THEN 'terminated' ELSE 'resolved' END AS status
    FROM begun
), ended AS (
  SELECT *, CASE status WHEN 'rejected' THEN reported_at + interval '1 day'
                        WHEN 'terminated' THEN reported_at + interval '5 days'
                        WHEN 'resolved' THEN reported_at + (5 + ${pick('n', 35, 50)}) * interval '1 day' END AS ended_at
    FROM decided
), cases AS (
  SELECT *, CASE WHEN status = 'verifying' THEN reported_at + interval '3 days'
                 WHEN status = 'resolved' AND is_requested THEN ended_at - interval '1 day' END AS requested_at,
         CASE WHEN status = 'on_hold' THEN reported_at + interval '3 days' END AS held_at
    FROM ended
), problems AS (
  SELECT c.*, i, ${pick('4 * c.n + i', 41, 100)} AS share,
         coalesce(c.requested_at, c.held_at, c.ended_at, c.reported_at + interval '3 days')
           - i * interval '10 minutes' AS closed_at
    FROM cases c, generate_series(1, ${PROBLEMS_A_CASE}) i
), all_of_them AS (
  SELECT 4 * (n - 1) AS s, n, 0 AS i, enterprise, status, status AS case_status, reported_at,
         CASE WHEN status NOT IN ('reported', 'rejected') THEN reported_at + interval '1 day' END AS assigned_at,
         CASE WHEN status IN ('in_progress', 'verifying', 'on_hold') OR is_requested AND status = 'resolved'
              THEN reported_at + interval '2 days' END AS acknowledged_at,
         requested_at, held_at, ended_at
    FROM cases
   UNION ALL
  SELECT 4 * (n - 1) + i, n, i, enterprise, own.status, p.status, own.reported_at,
         CASE WHEN own.status <> 'reported' AND p.status <> 'rejected' THEN own.reported_at + interval '1 day' END,
         CASE WHEN own.status IN ('in_progress', 'on_hold') THEN own.reported_at + interval '30 hours' END,
         NULL, CASE WHEN own.status = 'on_hold' THEN p.held_at END,
         CASE own.status WHEN 'resolved' THEN p.closed_at WHEN 'terminated' THEN p.ended_at END
    FROM problems p CROSS JOIN LATERAL (
      SELECT p.reported_at + interval '2 hours' + p.i * interval '7 minutes' AS reported_at,
             CASE p.status WHEN 'reported' THEN 'reported'
                           WHEN 'assigned' THEN CASE WHEN share < 60 THEN 'assigned' ELSE 'in_progress' END
                           WHEN 'in_progress' THEN CASE WHEN share < 20 THEN 'resolved' WHEN share < 40 THEN 'assigned'
                                                        ELSE 'in_progress' END
                           WHEN 'on_hold' THEN CASE WHEN share < 30 THEN 'resolved' ELSE 'on_hold' END
                           WHEN 'verifying' THEN 'resolved' WHEN 'resolved' THEN 'resolved'
                           ELSE 'terminated' END AS status) own
), answered AS (
  SELECT a.*, ${unitOf('enterprise')} AS unit, ${oneOf('s', 51, ['simple', 'general', 'complex'])} AS complexity
    FROM all_of_them a
), led AS (
  SELECT *, CASE WHEN ${pick('s', 52, 10)} < 4 THEN 1 + ${pick('s', 53, MUNICIPAL_DEPARTMENTS)}
                 ELSE ${MUNICIPAL_DEPARTMENTS} + (unit - 1) * ${DEPARTMENTS_A_UNIT} + 1 + ${pick('s', 53, DEPARTMENTS_A_UNIT)}
            END AS department
    FROM answered
)
SELECT s, n, i, enterprise, unit, department,
       (department - 1) * ${OFFICIALS_A_DEPARTMENT} + 3 + ${pick('s', 54, OFFICIALS_A_DEPARTMENT - 2)},
       status, case_status,
       CASE WHEN status = 'resolved' THEN CASE WHEN requested_at IS NULL THEN 'unstated' ELSE 'explained' END END,
       complexity, reported_at, assigned_at, acknowledged_at, requested_at, held_at, ended_at,
       zero.on_day, bench.evening(report_end.on_day), bench.evening(sign_end.on_day), bench.evening(due.on_day),
       bench.evening(co_due.on_day), bench.evening(verify_end.on_day), assigned_at IS NOT NULL AND ${pick('s', 55, 5)} = 0
  FROM led
  JOIN bench.days reported ON reported.on_day = (reported_at AT TIME ZONE 'UTC')::date
  JOIN bench.working report_end ON report_end.place = reported.place + 2
  LEFT JOIN bench.days assigned ON assigned.on_day = (assigned_at AT TIME ZONE 'UTC')::date
  LEFT JOIN bench.working zero ON zero.place = assigned.place
  LEFT JOIN bench.working sign_end ON sign_end.place = assigned.place + 1
  LEFT JOIN bench.working co_due ON co_due.place = assigned.place + 3
  LEFT JOIN bench.working due
    ON due.place = assigned.place + CASE complexity WHEN 'simple' THEN 5 WHEN 'general' THEN 15 ELSE 30 END
  LEFT JOIN bench.days requested ON requested.on_day = (requested_at AT TIME ZONE 'UTC')::date
  LEFT JOIN bench.working verify_end ON verify_end.place = requested.place + 3`;
