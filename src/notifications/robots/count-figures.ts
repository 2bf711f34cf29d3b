import { Injectable } from '@nestjs/common';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Reader } from '../../platform/database/reader.js';
import { type GroupFigures, MOST_NAMED } from './group-figures.js';

/**
 * `$1` now · `$2` and `$3` begin and end of today · `$4` and `$5` what was due before is overdue for five and ten
 * working days · `$6` names at most.
 */
const MATTERS = `
WITH matters AS (
  SELECT due_at, stopped_at, is_late_when_stopped, assign_by, status, lead_department_id FROM cases
   WHERE status NOT IN ('resolved', 'rejected', 'terminated')
   UNION ALL
  SELECT due_at, stopped_at, is_late_when_stopped, assign_by, status, lead_department_id FROM problems
   WHERE status NOT IN ('resolved', 'rejected', 'terminated')
), overdue AS MATERIALIZED (
  SELECT due_at, lead_department_id FROM matters
   WHERE due_at IS NOT NULL AND CASE WHEN stopped_at IS NULL THEN due_at < $1 ELSE is_late_when_stopped END
), units AS MATERIALIZED (
  SELECT lead_department_id AS id, count(*)::int AS overdue FROM overdue GROUP BY 1
), answering AS MATERIALIZED (
  SELECT DISTINCT lead_department_id AS id FROM matters WHERE due_at IS NOT NULL
), vacant AS MATERIALIZED (
  SELECT d.name, array_agg(duty ORDER BY duty) AS duties
    FROM answering JOIN departments d ON d.id = answering.id
   CROSS JOIN unnest(ARRAY['head', 'liaison']) AS duty
   WHERE NOT EXISTS (SELECT FROM officials o WHERE o.department_id = d.id AND o.duty = duty AND o.is_active)
   GROUP BY d.id, d.name
)
SELECT (SELECT count(*)::int FROM matters WHERE stopped_at IS NULL AND due_at >= $2 AND due_at < $3) AS "dueToday",
       (SELECT count(*)::int FROM overdue) AS overdue,
       (SELECT min(due_at) FROM overdue) AS "longestDueAt",
       (SELECT count(*)::int FROM overdue WHERE due_at < $4) AS "overdueFiveDays",
       (SELECT count(*)::int FROM overdue WHERE due_at < $5) AS "overdueTenDays",
       (SELECT count(*)::int FROM matters WHERE status = 'reported' AND assign_by < $1) AS "assignOverdue",
       (SELECT count(*)::int FROM closure_requests WHERE decided_at IS NULL AND verify_by < $1) AS "verifyOverdue",
       (SELECT count(*)::int FROM units) AS departments,
       (SELECT count(*)::int FROM vacant) AS vacancies,
       coalesce((SELECT jsonb_agg(u) FROM (
         SELECT d.name, units.overdue FROM units JOIN departments d ON d.id = units.id
          ORDER BY units.overdue DESC, d.name LIMIT $6) u), '[]') AS "byDepartment",
       coalesce((SELECT jsonb_agg(v) FROM (SELECT name, duties FROM vacant ORDER BY name LIMIT $6) v), '[]') AS vacant`;

/** Of the messages made from `$1` to `$2`. */
const MESSAGES = `
SELECT channel, count(*) FILTER (WHERE status IN ('sent', 'delivered'))::int AS sent,
       count(*) FILTER (WHERE status = 'failed')::int AS failed,
       count(*) FILTER (WHERE status = 'unknown')::int AS unknown
  FROM messages WHERE queued_at >= $1 AND queued_at < $2
 GROUP BY channel ORDER BY channel`;

type Matters = Omit<GroupFigures, 'on' | 'longestOverdue' | 'sentSince' | 'sent'> & {
  longestDueAt: Date | null;
};

/** Counts what the group is told. */
@Injectable()
export class CountFigures {
  constructor(
    private readonly reader: Reader,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
  ) {}

  async at(now: Date): Promise<GroupFigures> {
    const calendar = await this.calendars.current();
    const on = this.office.dateOf(now);
    const midnight = (day: string): Date => this.office.at(day, '00:00');
    const today = midnight(on);
    const tomorrow = midnight(this.office.dateOf(new Date(today.getTime() + 30 * 3_600_000)));
    const sentSince = calendar.add(on, -1);
    // Due on the day that lies so many working days back, or before it: what was due before the day after that.
    const overdueFor = (days: number): Date => midnight(calendar.add(on, 1 - days));
    const [[matters], sent] = [
      await this.reader.query<Matters>(MATTERS, [
        ...[now, today, tomorrow, overdueFor(5), overdueFor(10), MOST_NAMED],
      ]),
      await this.reader.query<GroupFigures['sent'][number]>(MESSAGES, [midnight(sentSince), today]),
    ];
    if (matters === undefined) throw new Error('a count answered nothing');
    const { longestDueAt, ...counts } = matters;
    const longestOverdue = longestDueAt === null ? 0 : calendar.between(this.office.dateOf(longestDueAt), on);
    return { ...counts, on, longestOverdue, sentSince, sent };
  }
}
