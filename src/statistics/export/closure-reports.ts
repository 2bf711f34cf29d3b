import { Injectable } from '@nestjs/common';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { type CampaignFigures, CampaignPace } from '../../production/campaigns/campaign-pace.js';
import { Circulars, type WrittenCircular } from '../circular/circulars.js';
import { parsePeriod } from '../period.js';
import { type Cut, StatisticsService } from '../statistics.service.js';
import { type OverdueEntry, type StandingCount, StandingLists } from '../tally/standing-lists.js';
import type { PeriodAnswer, WeeklyAnswer } from '../weekly-answer.js';
import type { ClosureReport } from './closure-report.js';
import type { ExportAsk } from './export-ask.js';
import { InSight } from './in-sight.js';

/** A table as the API answers it, and as files are made from it. */
export interface AnsweredTable {
  answer: WeeklyAnswer | PeriodAnswer;
  table: PeriodAnswer;
}

/** The tables that stand in every workbook. */
const USUAL: readonly Cut[] = [
  { subject: 'case', by: 'reportingUnit' },
  { subject: 'case', by: 'leadDepartment' },
  { subject: 'problem', by: 'reportingUnit' },
  { subject: 'problem', by: 'leadDepartment' },
];

/** Gathers what exports are made of, everything as it was known at the one moment of the table. */
@Injectable()
export class ClosureReports {
  constructor(
    private readonly statistics: StatisticsService,
    private readonly lists: StandingLists,
    private readonly campaigns: CampaignPace,
    private readonly calendars: CalendarService,
    private readonly sight: InSight,
    private readonly office: OfficeTime,
    private readonly circulars: Circulars,
  ) {}

  /** @throws Refusal what the table of the period is refused for */
  async whole(ask: ExportAsk): Promise<ClosureReport> {
    const { answer, table } = await this.table(ask);
    const cuts = USUAL.filter(({ subject, by }) => subject !== table.subject || by !== table.by);
    const others = await this.tables({ ...ask, asOf: new Date(table.asOf) }, cuts);
    const tables = [...USUAL, ask.cut].flatMap(({ subject, by }) =>
      [table, ...others].filter((one) => one.subject === subject && one.by === by),
    );
    return {
      tables: [...new Set(tables)],
      standing: await this.standing(table),
      overdue: isKey(ask)
        ? null
        : (subject) => this.overdue(ask, others.find((one) => one.subject === subject) ?? table),
      isInSight: !this.sight.isEverything(ask.actor),
      campaigns: await this.pace(table),
      issue: 'issue' in answer ? answer.issue : null,
      calendarConfirmedUntil: (await this.calendars.asOf(new Date(table.asOf))).confirmedUntil,
    };
  }

  /**
   * Of an issue whose tables are there. It goes to everybody, whatever their scope: it names no enterprise, so it has
   * no table 3.
   */
  async issued({
    tables,
    ...stated
  }: Pick<ClosureReport, 'issue' | 'corrections' | 'calendarConfirmedUntil'> & {
    tables: readonly WeeklyAnswer[];
  }): Promise<ClosureReport> {
    const [first, ...others] = tables.map(ofPeriod);
    if (first === undefined) throw new Error('an issue without tables');
    const [standing, campaigns] = [await this.standing(first), await this.pace(first)];
    return { ...stated, tables: [first, ...others], standing, campaigns, overdue: null, isInSight: false };
  }

  /**
   * The week as a draft of its circular; lists under the scope of whoever asks.
   * @throws Refusal as a table of the week; 422 CIRCULAR_OF_WEEKS_ONLY
   */
  async circular({ period, isWeek, asOf, locale, actor }: ExportAsk): Promise<WrittenCircular> {
    if (!isWeek && parsePeriod(period).kind !== 'week')
      throw new Refusal(422, 'CIRCULAR_OF_WEEKS_ONLY', { period });
    return this.circulars.write({ week: period, asOf, locale, reader: actor });
  }

  /** The one that is asked for. */
  async table({ period, isWeek, cut, asOf }: ExportAsk): Promise<AnsweredTable> {
    if (!isWeek) {
      const table = await this.statistics.periodTable(period, cut, asOf);
      return { answer: table, table };
    }
    const answer = await this.statistics.table(period, cut, asOf);
    return { answer, table: ofPeriod(answer) };
  }

  private async tables(ask: ExportAsk, cuts: readonly Cut[]): Promise<PeriodAnswer[]> {
    const tables: PeriodAnswer[] = [];
    for (const cut of cuts) tables.push((await this.table({ ...ask, cut })).table);
    return tables;
  }

  /**
   * A key has no list of cases unless its scopes say so, and then a route of its own.
   * @throws Refusal 403 FORBIDDEN
   */
  requireLists(ask: ExportAsk): void {
    if (isKey(ask)) throw new Refusal(403, 'FORBIDDEN');
  }

  /** Under the scope of whoever asks. */
  async *overdue(
    { actor, progress }: ExportAsk,
    { period, subject, asOf, total }: PeriodAnswer,
  ): AsyncGenerator<OverdueEntry[]> {
    const all = this.lists.overdue(period, subject, new Date(asOf));
    if (progress !== undefined) progress.of += total.overdue;
    const seen = this.sight.isEverything(actor) ? all : this.sight.of(actor, subject, all);
    for await (const batch of seen) {
      if (progress !== undefined) progress.done += batch.length;
      yield batch;
    }
  }

  standing({ period, asOf }: PeriodAnswer): Promise<StandingCount[]> {
    return this.lists.standingCounts(period, new Date(asOf));
  }

  /** At the end of the period, or on the day up to which it is known. */
  pace({ lastOn, asOf }: PeriodAnswer): Promise<CampaignFigures[]> {
    const knownOn = this.office.dateOf(new Date(asOf));
    return this.campaigns.at(knownOn < lastOn ? knownOn : lastOn, new Date(asOf));
  }
}

const isKey = ({ actor }: ExportAsk): boolean => actor.kind === 'api_key';

function ofPeriod({ week, issue: _issue, ...table }: WeeklyAnswer): PeriodAnswer {
  const { name, startOn, lastOn } = parsePeriod(week);
  return { period: name, startOn, lastOn, ...table };
}
