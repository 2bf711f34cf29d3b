import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../calendar/office-time.js';
import type { SubjectKind } from '../cases/lifecycle/states.js';
import { Clock } from '../platform/clock/clock.js';
import { Refusal } from '../platform/errors/refusal.js';
import { grouped } from './grouped.js';
import type { By } from './table/groupings.js';
import type { KnownLedger } from './known-ledger.js';
import { StatisticsRepository } from './statistics.repository.js';
import { endOf, lastCompleteWeek, parseWeek, startOf, type Week } from './week.js';
import type { WeeklyAnswer } from './weekly-answer.js';
import { WeeklyTally } from './table/weekly-table.js';

/** One table of a week. */
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

/** The weekly closure tables. */
@Injectable()
export class StatisticsService {
  constructor(
    private readonly repository: StatisticsRepository,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /** Name of the last week that has ended. */
  lastCompleteWeek(): string {
    return lastCompleteWeek(this.clock.now(), this.office).name;
  }

  /**
   * @param week `2021-W44`
   * @param asOf known before this moment; left out, or later than what is settled, the latest settled moment
   * @throws Refusal 404 WEEK_UNKNOWN, 422 WEEK_IN_FUTURE, AS_OF_BEFORE_WEEK, 409 TABLE_NOT_RECONCILED
   */
  async table(week: string, cut: Cut, asOf?: Date): Promise<WeeklyAnswer> {
    const [table] = await this.tables(week, [cut], asOf);
    if (table === undefined) throw new Error('asked for one table, got none');
    return table;
  }

  /** All tables of a week, as known at one moment. */
  allTables(week: string, asOf?: Date): Promise<WeeklyAnswer[]> {
    return this.tables(week, ALL_CUTS, asOf);
  }

  private tables(name: string, cuts: readonly Cut[], asked: Date | undefined): Promise<WeeklyAnswer[]> {
    const week = parseWeek(name);
    return this.repository.read(
      (latest) => this.chooseAsOf(week, latest, asked),
      (ledger) => this.countAll(week, cuts, ledger),
    );
  }

  private chooseAsOf(week: Week, latest: Date, asked: Date | undefined): Date {
    const startsAt = startOf(week, this.office);
    if (startsAt > latest) throw new Refusal(422, 'WEEK_IN_FUTURE', { week: week.name });
    const asOf = asked !== undefined && asked < latest ? asked : latest;
    if (asOf < startsAt)
      throw new Refusal(422, 'AS_OF_BEFORE_WEEK', { week: week.name, asOf: asOf.toISOString() });
    return asOf;
  }

  /** Tables of one subject are counted in one pass over its events. */
  private async countAll(week: Week, cuts: readonly Cut[], ledger: KnownLedger): Promise<WeeklyAnswer[]> {
    const { asOf } = ledger;
    const endsAt = endOf(week, this.office);
    const [attributes, calendar] = [await ledger.attributes(endsAt), await ledger.calendar()];
    const tallies = cuts.map((cut) => ({
      cut,
      tally: new WeeklyTally({ ...cut, week, asOf, attributes, calendar, office: this.office }),
    }));
    for (const [subject, asked] of grouped(tallies, ({ cut }) => cut.subject)) {
      for await (const histories of ledger.histories(subject, endsAt)) {
        for (const { tally } of asked) histories.forEach((history) => tally.add(history));
      }
    }
    return tallies.map(({ cut, tally }) => ({
      week: week.name,
      subject: cut.subject,
      by: cut.by,
      asOf: asOf.toISOString(),
      isProvisional: asOf < endsAt,
      ...tally.table(),
      issue: null,
    }));
  }
}
