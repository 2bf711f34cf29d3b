import type { QueryRunner } from 'typeorm';
import type { OfficeTime } from '../../calendar/office-time.js';
import { type StatedDay, WorkingCalendar } from '../../calendar/working-calendar.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { Stretch } from '../period.js';
import type { Attributes, OfficialAttributes, UnitAttributes } from '../table/attributes.js';
import type { By } from '../table/groupings.js';
import type { RawCounts } from '../table/raw-counts.js';
import { type AtTheEnd, NOTHING_AT_THE_END, plusSums, rawCountsOf, type Sums } from '../table/sums.js';
import { COLUMN, countsIn, MEASURE_COLUMNS, sumsOf, undoneClosures } from './counting-statements.js';
import { readDepartments } from './departments-reader.js';
import { milliseconds } from './milliseconds.js';
import { piecesOf } from './pieces.js';

const IS_KNOWN = (asOf: string): string => `recorded_from < ${asOf} AND recorded_until >= ${asOf}`;
const HOLDS_AT = (moment: string, asOf: string): string =>
  `from_at < ${moment} AND (to_at >= ${moment} OR end_recorded_at >= ${asOf})`;

interface SumRow extends Partial<Sums> {
  grp: string;
  win: number;
}

/** The tally as it was known at a moment, inside one snapshot. */
export class KnownTally {
  /** @param isNow everything that is in the tally was known: cells may be read */
  constructor(
    private readonly runner: QueryRunner,
    readonly asOf: Date,
    private readonly isNow: boolean,
    private readonly office: OfficeTime,
  ) {}

  /** Raw counts by group, of a stretch and of the one before it. */
  async counts(
    subject: SubjectKind,
    by: By,
    stretch: Stretch,
    before: Stretch,
  ): Promise<{ counts: Map<string, RawCounts>; before: Map<string, RawCounts> }> {
    const moments = [before.startsAt, before.until, stretch.startsAt, stretch.until];
    const ends = await this.endsOf(subject, by, stretch);
    const [counts, former] = [new Map<string, RawCounts>(), new Map<string, RawCounts>()];
    for (const [group, upTo] of await this.upTo(subject, by, moments)) {
      former.set(group, rawCountsOf(upTo[0], upTo[1]));
      counts.set(group, rawCountsOf(upTo[2], upTo[3], ends.get(group)));
    }
    return { counts, before: former };
  }

  /** By group, the sums up to each of some moments that follow one another, milliseconds since 1970. */
  async upTo(subject: SubjectKind, by: By, moments: readonly number[]): Promise<Map<string, Sums[]>> {
    const rows = await (this.isNow
      ? this.sumsOfCells(subject, by, moments)
      : this.sumsOfLines(subject, by, moments));
    return cumulated(rows, moments.length);
  }

  /** @param until what held before this moment */
  async attributes(until: Date): Promise<Attributes> {
    const units = await this.query<UnitAttributes>(
      `SELECT DISTINCT ON (reporting_unit_id) reporting_unit_id AS id, code, name FROM reporting_unit_revisions
       WHERE recorded_at < $1 AND effective_at < $2
       ORDER BY reporting_unit_id, effective_at DESC, recorded_at DESC, id DESC`,
      [this.asOf, until],
    );
    const officials = await this.query<OfficialAttributes>(
      `SELECT o.id, coalesce(known.name, o.name) AS name, coalesce(known.department_id, o.department_id) AS "departmentId"
         FROM officials o
         LEFT JOIN (SELECT DISTINCT ON (official_id) official_id, name, department_id FROM official_revisions
                     WHERE recorded_at < $1 ORDER BY official_id, recorded_at DESC, id DESC) known
                ON known.official_id = o.id
        ORDER BY o.id`,
      [this.asOf],
    );
    return { units, officials, departments: await readDepartments(this.runner, this.asOf) };
  }

  /** The newest loading known for each day. */
  async calendar(): Promise<WorkingCalendar> {
    const days = await this.query<StatedDay>(
      `SELECT DISTINCT ON (day) day::text AS day, is_working AS "isWorking" FROM calendar_days
       WHERE recorded_at < $1 ORDER BY day, recorded_at DESC`,
      [this.asOf],
    );
    return WorkingCalendar.of(days);
  }

  /** The condition that a line was known; parameters by their names. */
  isKnown(asOf: string): string {
    return this.isNow ? `recorded_from < ${asOf} AND recorded_until = 'infinity'` : IS_KNOWN(asOf);
  }

  /** The condition that a known line holds at a moment. */
  holdsAt(moment: string, asOf: string): string {
    return this.isNow ? `from_at < ${moment} AND to_at >= ${moment}` : HOLDS_AT(moment, asOf);
  }

  query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.runner.query(sql, parameters);
  }

  private sumsOfCells(subject: SubjectKind, by: By, moments: readonly number[]): Promise<SumRow[]> {
    const pieces = piecesOf(moments, this.office);
    const sums = MEASURE_COLUMNS.map(([measure, column]) => `sum(${column})::float8 AS "${measure}"`);
    return this.query(
      `SELECT grp, win, ${sums.join(', ')}
         FROM unnest($3::int[], $4::text[], $5::float8[], $6::float8[]) AS piece (win, of_grain, begins, ends)
         JOIN tally_cells ON subject_kind = $1 AND cut_by = $2 AND grain = of_grain
                         AND at >= to_timestamp(begins / 1000) AND at < to_timestamp(ends / 1000)
        GROUP BY grp, win`,
      [
        subject,
        by,
        pieces.map(({ window }) => window),
        pieces.map(({ grain }) => grain),
        pieces.map(({ from }) => from),
        pieces.map(({ until }) => until),
      ],
    );
  }

  private sumsOfLines(subject: SubjectKind, by: By, moments: readonly number[]): Promise<SumRow[]> {
    const sums = MEASURE_COLUMNS.map(([measure, column]) => `${column}::float8 AS "${measure}"`);
    const known = sumsOf(by, {
      from: 'tally_lines',
      where: `subject_kind = $1 AND ${this.isKnown('$2')}`,
      when: 'at < $4 AND known_at < $2',
      // How many of the moments have come.
      keys: { win: 'width_bucket(at, $3::timestamptz[])' },
    });
    return this.query(`SELECT grp, win, ${sums.join(', ')} FROM (${known}) known`, [
      subject,
      this.asOf,
      moments.slice(0, -1).map((moment) => new Date(moment)),
      new Date(moments.at(-1) ?? 0),
    ]);
  }

  /** What holds at the end, and does not add up over time. */
  private async endsOf(subject: SubjectKind, by: By, stretch: Stretch): Promise<Map<string, AtTheEnd>> {
    const column = COLUMN[by];
    const rows = await this.query<{
      grp: string;
      rated: number;
      satisfied: number;
      firstDueAt: number | null;
    }>(
      `SELECT coalesce(${column}::text, '') AS grp, count(*) FILTER (WHERE what = 'rated')::int AS rated,
              count(*) FILTER (WHERE what = 'rated' AND is_good)::int AS satisfied,
              ${milliseconds('min(due_at)')} AS "firstDueAt"
         FROM tally_lines
        WHERE subject_kind = $1 AND ${this.isKnown('$2')} AND ${countsIn(by)} AND ${this.holdsAt('$4', '$2')}
          AND (what = 'rated' AND from_at >= $3 OR what = 'overdue')
        GROUP BY ${column}`,
      [subject, this.asOf, new Date(stretch.startsAt), new Date(stretch.until)],
    );
    const undone = await this.query<{ grp: string; undone: number }>(undoneClosures(by, this.isKnown('$2')), [
      subject,
      this.asOf,
      new Date(stretch.startsAt),
      new Date(stretch.until),
    ]);
    const ends = new Map<string, AtTheEnd>(
      undone.map((row) => [row.grp, { ...NOTHING_AT_THE_END, undone: row.undone }]),
    );
    if (rows.length === 0) return ends;
    const calendar = await this.calendar();
    for (const { grp, rated, satisfied, firstDueAt } of rows)
      ends.set(grp, {
        ...(ends.get(grp) ?? NOTHING_AT_THE_END),
        rated,
        satisfied,
        ...(firstDueAt !== null && {
          firstOverdueDueAt: firstDueAt,
          longestOverdueWorkingDays: calendar.between(
            this.office.dateOf(new Date(firstDueAt)),
            stretch.lastOn,
          ),
        }),
      });
    return ends;
  }
}

/** Sums up to the end of each window, by group. */
function cumulated(rows: readonly SumRow[], windows: number): Map<string, Sums[]> {
  const byGroup = new Map<string, SumRow[]>();
  for (const row of rows) byGroup.set(row.grp, [...(byGroup.get(row.grp) ?? []), row]);
  return new Map(
    [...byGroup].map(([group, own]) => {
      const upTo: Sums[] = [];
      for (let window = 0; window < windows; window += 1)
        upTo.push(
          plusSums(
            upTo.at(-1),
            own.find(({ win }) => win === window),
          ),
        );
      return [group, upTo];
    }),
  );
}
