import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import type { DistressType, SubjectKind } from '../../cases/lifecycle/states.js';
import type { ProductionStatus } from '../../production/rules/statuses.js';
import { chooseAsOf } from '../asked-period.js';
import { parsePeriod, stretchOf } from '../period.js';
import type { KnownTally } from './known-tally.js';
import type { LineState } from './tally-line.js';
import { TallyReader } from './tally-reader.js';

/** Cases on the books of one reporting unit. */
export interface StandingCount {
  unitCode: string;
  unitName: string;
  distressType: DistressType | null;
  state: Exclude<LineState, 'resolved' | 'terminated'>;
  /** What the last month that is known by then says of the enterprises. */
  production: ProductionStatus;
  count: number;
}

export interface OverdueEntry {
  number: string;
  subjectId: string;
  enterprise: string;
  creditCode: string | null;
  unitName: string;
  department: string | null;
  official: string | null;
  state: StandingCount['state'];
  dueAt: Date;
  overdueWorkingDays: number;
  isOnHold: boolean;
}

const BATCH = 1_000;
/** Read at a time: each reading looks at all that is overdue. */
const PAGE = 10_000;

/** What stood at the end of a week, as known at a moment. */
@Injectable()
export class StandingLists {
  constructor(
    private readonly reader: TallyReader,
    private readonly office: OfficeTime,
  ) {}

  /** Cases on the books at the end of the week. @throws Refusal as a table of the week does */
  standingCounts(week: string, asOf?: Date): Promise<StandingCount[]> {
    return this.read(week, asOf, (tally, until, lastOn) =>
      tally.query<StandingCount>(
        `SELECT unit.code AS "unitCode", unit.name AS "unitName", distress_type AS "distressType", state, production, count
           FROM (SELECT tally_lines.reporting_unit_id, tally_lines.distress_type, state, coalesce(judged.status, 'unknown') AS production,
                        count(*)::int AS count
                   FROM tally_lines JOIN cases ON cases.id = subject_id
                   LEFT JOIN ${JUDGED} judged ON judged.enterprise_id = cases.enterprise_id
                  WHERE subject_kind = 'case' AND what = 'standing' AND state NOT IN ('resolved', 'terminated')
                    AND ${tally.isKnown('$1')} AND ${tally.holdsAt('$2', '$1')}
                  GROUP BY tally_lines.reporting_unit_id, tally_lines.distress_type, state, judged.status) standing
           JOIN ${UNIT_NAMES} unit USING (reporting_unit_id)
          ORDER BY unit.code, distress_type, state, production`,
        [tally.asOf, until, lastOn],
      ),
    );
  }

  /** What was overdue at the end of the week, most overdue first, a thousand at a time. */
  async *overdue(week: string, subject: SubjectKind, asOf?: Date): AsyncGenerator<OverdueEntry[]> {
    let after: { dueAt: Date; subjectId: string } | undefined;
    let knownAt = asOf;
    for (let isMore = true; isMore;) {
      const page = await this.read(week, knownAt, async (tally, until, lastOn) => {
        knownAt = tally.asOf;
        const calendar = await tally.calendar();
        const rows = await tally.query<Omit<OverdueEntry, 'overdueWorkingDays' | 'isOnHold'>>(
          overdueLines(tally),
          [
            tally.asOf,
            until,
            subject,
            after?.dueAt ?? new Date(0),
            after?.subjectId ?? '00000000-0000-0000-0000-000000000000',
            PAGE,
          ],
        );
        return rows.map((row) => ({
          ...row,
          overdueWorkingDays: calendar.between(this.office.dateOf(row.dueAt), lastOn),
          isOnHold: row.state === 'on_hold',
        }));
      });
      for (let from = 0; from < page.length; from += BATCH) yield page.slice(from, from + BATCH);
      after = page.at(-1);
      isMore = page.length === PAGE;
    }
  }

  private read<Result>(
    week: string,
    asked: Date | undefined,
    work: (tally: KnownTally, until: Date, lastOn: string) => Promise<Result>,
  ): Promise<Result> {
    const period = parsePeriod(week);
    return this.reader.read(
      (latest) => chooseAsOf(period, latest, asked, this.office),
      (tally) => {
        const { until, lastOn } = stretchOf(period, tally.asOf, this.office);
        return work(tally, new Date(until), lastOn);
      },
    );
  }
}

/** The last month of each enterprise that was over on the day `$3`, as judged before `$1`. */
const JUDGED = `(SELECT DISTINCT ON (enterprise_id) enterprise_id, status FROM production_states
  WHERE recorded_at < $1 AND (month + interval '1 month - 1 day')::date <= $3::date
  ORDER BY enterprise_id, month DESC, revision DESC)`;

/** Names as known at `$1` of what held before `$2`. */
const UNIT_NAMES = `(SELECT DISTINCT ON (reporting_unit_id) reporting_unit_id, code, name FROM reporting_unit_revisions
  WHERE recorded_at < $1 AND effective_at < $2
  ORDER BY reporting_unit_id, effective_at DESC, recorded_at DESC, id DESC)`;
/** The last known before a moment; of an older week than is known of the first. */
const nameAt = (table: string, owner: string, value: string): string => `
  (SELECT name FROM ${table} WHERE ${owner} = ${value} AND recorded_at < $1
    ORDER BY effective_at < $2 DESC, CASE WHEN effective_at < $2 THEN effective_at END DESC, effective_at,
             recorded_at DESC, id DESC LIMIT 1)`;

const overdueLines = (tally: KnownTally): string => `
SELECT s.number, l.subject_id AS "subjectId", l.state, l.due_at AS "dueAt", unit.name AS "unitName",
       coalesce(${nameAt('enterprise_revisions', 'enterprise_id', 's.enterprise_id')},
                ${nameAt('project_revisions', 'project_id', 's.project_id')}, e.name, p.name, '') AS enterprise,
       e.credit_code AS "creditCode",
       coalesce(${nameAt('department_revisions', 'department_id', 'l.department_id')}, d.name) AS department,
       coalesce((SELECT name FROM official_revisions WHERE official_id = l.official_id AND recorded_at < $1
                  ORDER BY recorded_at DESC, id DESC LIMIT 1), o.name) AS official
  FROM (SELECT subject_id, state, due_at, reporting_unit_id, department_id, official_id FROM tally_lines
         WHERE what = 'overdue' AND subject_kind = $3 AND ${tally.isKnown('$1')} AND ${tally.holdsAt('$2', '$1')}
           AND (due_at, subject_id) > ($4, $5)
         ORDER BY due_at, subject_id LIMIT $6) l
  JOIN (SELECT id, number, enterprise_id, NULL::uuid AS project_id FROM cases
        UNION ALL SELECT id, number, enterprise_id, project_id FROM problems) s ON s.id = l.subject_id
  LEFT JOIN enterprises e ON e.id = s.enterprise_id
  LEFT JOIN projects p ON p.id = s.project_id
  LEFT JOIN departments d ON d.id = l.department_id
  LEFT JOIN officials o ON o.id = l.official_id
  LEFT JOIN ${UNIT_NAMES} unit ON unit.reporting_unit_id = l.reporting_unit_id
 ORDER BY l.due_at, l.subject_id`;
