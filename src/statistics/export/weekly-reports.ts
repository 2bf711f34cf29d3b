import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { CampaignPace } from '../../production/campaigns/campaign-pace.js';
import { StatisticsRepository } from '../statistics.repository.js';
import { StatisticsService } from '../statistics.service.js';
import { StandingLists } from '../tally/standing-lists.js';
import { parseWeek } from '../week.js';
import type { WeeklyAnswer } from '../weekly-answer.js';
import type { ExportAsk } from './export-ask.js';
import { InSight } from './in-sight.js';
import type { CampaignFigures, OverdueEntry, StandingCount, WeeklyReport } from './weekly-report.js';

/** Gathers what exports are made of, everything as it was known at the one moment of the table. */
@Injectable()
export class WeeklyReports {
  constructor(
    private readonly statistics: StatisticsService,
    private readonly repository: StatisticsRepository,
    private readonly lists: StandingLists,
    private readonly campaigns: CampaignPace,
    private readonly sight: InSight,
    private readonly office: OfficeTime,
  ) {}

  /** @throws Refusal what the table of the week is refused for */
  async whole(ask: ExportAsk): Promise<WeeklyReport> {
    const tables = await this.statistics.allTables(ask.week, ask.asOf);
    const [first] = tables;
    if (first === undefined) throw new Error('a week without tables');
    return {
      tables,
      standing: await this.standing(first),
      overdue: ask.actor.kind === 'api_key' ? null : (subject) => this.overdue(ask, tableOf(tables, subject)),
      isInSight: !this.sight.isEverything(ask.actor),
      campaigns: await this.pace(first),
      issue: first.issue,
      calendarConfirmedUntil: await this.calendarConfirmedUntil(first),
    };
  }

  table({ week, cut, asOf }: ExportAsk): Promise<WeeklyAnswer> {
    return this.statistics.table(week, cut, asOf);
  }

  /**
   * A key has no list of cases unless its scopes say so, and then a route of its own.
   * @throws Refusal 403 FORBIDDEN
   */
  requireLists({ actor }: ExportAsk): void {
    if (actor.kind === 'api_key') throw new Refusal(403, 'FORBIDDEN');
  }

  /** Under the scope of whoever asks. */
  async *overdue(
    { actor, progress }: ExportAsk,
    { week, subject, asOf, total }: WeeklyAnswer,
  ): AsyncGenerator<OverdueEntry[]> {
    const all = this.lists.overdue(week, subject, new Date(asOf));
    if (progress !== undefined) progress.of += total.overdue;
    const seen = this.sight.isEverything(actor) ? all : this.sight.of(actor, subject, all);
    for await (const batch of seen) {
      if (progress !== undefined) progress.done += batch.length;
      yield batch;
    }
  }

  standing({ week, asOf }: WeeklyAnswer): Promise<StandingCount[]> {
    return this.lists.standingCounts(week, new Date(asOf));
  }

  /** At the end of the week, or on the day up to which it is known. */
  pace({ week, asOf }: WeeklyAnswer): Promise<CampaignFigures[]> {
    const known = this.office.dateOf(new Date(asOf));
    const { sundayOn } = parseWeek(week);
    return this.campaigns.at(known < sundayOn ? known : sundayOn);
  }

  private calendarConfirmedUntil({ asOf }: WeeklyAnswer): Promise<string> {
    return this.repository.read(
      () => new Date(asOf),
      async (ledger) => (await ledger.calendar()).confirmedUntil,
    );
  }
}

/** Any of its tables: they are known at the same moment and count the same. */
function tableOf(tables: readonly WeeklyAnswer[], subject: SubjectKind): WeeklyAnswer {
  const table = tables.find((one) => one.subject === subject);
  if (table === undefined) throw new Error(`no table of ${subject}`);
  return table;
}
