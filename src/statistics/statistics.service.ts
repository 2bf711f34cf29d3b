import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../calendar/office-time.js';
import type { SubjectKind } from '../cases/lifecycle/states.js';
import { Clock } from '../platform/clock/clock.js';
import { IssueLookup } from './bulletin/issue-lookup.js';
import { type Period, parsePeriod, stretchBefore, stretchOf } from './period.js';
import { chooseAsOf, endOf, requireGrouping } from './asked-period.js';
import { requireSameTotals } from './same-totals.js';
import type { By } from './table/groupings.js';
import { weeklyTable } from './table/weekly-table.js';
import type { KnownTally } from './tally/known-tally.js';
import { TallyReader } from './tally/tally-reader.js';
import { lastCompleteWeek, parseWeek } from './week.js';
import type { PeriodAnswer, WeeklyAnswer } from './weekly-answer.js';

/** One table of a week or another period. */
export interface Cut {
  subject: SubjectKind;
  by: By;
}

/** Every table that there is, in the order of the workbook's sheets. */
const ALL_CUTS: readonly Cut[] = [
  { subject: 'case', by: 'reportingUnit' },
  { subject: 'case', by: 'leadDepartment' },
  { subject: 'problem', by: 'reportingUnit' },
  { subject: 'problem', by: 'leadDepartment' },
];

/** The closure tables of weeks and other periods. */
@Injectable()
export class StatisticsService {
  constructor(
    private readonly reader: TallyReader,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
    private readonly issues: IssueLookup,
  ) {}

  /** Name of the last week that has ended. */
  lastCompleteWeek(): string {
    return lastCompleteWeek(this.clock.now(), this.office).name;
  }

  /**
   * @param week `2021-W44`
   * @param asOf known before this moment; left out, or later than what is settled, the latest settled moment
   * @throws Refusal 404 WEEK_UNKNOWN, 422 WEEK_IN_FUTURE, AS_OF_BEFORE_WEEK, 400 GROUPING_OF_PROBLEMS_ONLY,
   *   409 TABLE_NOT_RECONCILED, 503 STATISTICS_CATCHING_UP
   */
  async table(week: string, cut: Cut, asOf?: Date): Promise<WeeklyAnswer> {
    const [table] = await this.weeklyTables(week, [cut], asOf);
    if (table === undefined) throw new Error('asked for one table, got none');
    return table;
  }

  /** All tables of a week, as known at one moment. */
  allTables(week: string, asOf?: Date): Promise<WeeklyAnswer[]> {
    return this.weeklyTables(week, ALL_CUTS, asOf);
  }

  /** @param period `2021-W44`, `2021-10`, `2021-Q4`, `2021`, `2021-W40..2021-W44` */
  async periodTable(period: string, cut: Cut, asOf?: Date): Promise<PeriodAnswer> {
    const [table] = await this.tables(parsePeriod(period), [cut], asOf);
    if (table === undefined) throw new Error('asked for one table, got none');
    return table;
  }

  private async weeklyTables(week: string, cuts: readonly Cut[], asOf?: Date): Promise<WeeklyAnswer[]> {
    const tables = await this.tables(parsePeriod(parseWeek(week).name), cuts, asOf);
    const isOfThen = asOf !== undefined && tables[0]?.asOf === asOf.toISOString();
    const issue = await this.issues.of(week, isOfThen ? asOf : null);
    return tables.map(({ period, startOn: _startOn, lastOn: _lastOn, ...table }) => ({
      week: period,
      ...table,
      issue,
    }));
  }

  private tables(period: Period, cuts: readonly Cut[], asked: Date | undefined): Promise<PeriodAnswer[]> {
    for (const { subject, by } of cuts) requireGrouping(subject, by);
    return this.reader.read(
      (latest) => chooseAsOf(period, latest, asked, this.office),
      async (tally) => {
        const answers: PeriodAnswer[] = [];
        const attributes = await tally.attributes(endOf(period, this.office));
        for (const cut of cuts) answers.push(await this.count(period, cut, tally, attributes));
        requireSameTotals(answers);
        return answers;
      },
    );
  }

  private async count(
    period: Period,
    { subject, by }: Cut,
    tally: KnownTally,
    attributes: Awaited<ReturnType<KnownTally['attributes']>>,
  ): Promise<PeriodAnswer> {
    const stretch = stretchOf(period, tally.asOf, this.office);
    const former = stretchBefore(period, stretch, this.office);
    const { counts, before } = await tally.counts(subject, by, stretch, former);
    const { name, startOn, lastOn } = period;
    return {
      period: name,
      startOn,
      lastOn,
      subject,
      by,
      asOf: tally.asOf.toISOString(),
      isProvisional: tally.asOf < endOf(period, this.office),
      ...weeklyTable(
        { subject, by, attributes },
        { counts, lastAt: stretch.until - 1 },
        { counts: before, lastAt: former.until - 1 },
      ),
    };
  }
}
