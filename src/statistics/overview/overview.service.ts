import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { plusDays } from '../../calendar/calendar-date.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { lightMarksAt } from '../../cases/deadlines/light.js';
import { Clock } from '../../platform/clock/clock.js';
import { latestSettled, onSnapshot } from '../../platform/database/snapshot.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { CampaignPace } from '../../production/campaigns/campaign-pace.js';
import { StatisticsService } from '../statistics.service.js';
import { type Week, weekOf } from '../week.js';
import { type ClosureFigures, closureFiguresOf } from './closure-figures.js';
import { KnownCases, type NamedUnit } from './known-cases.js';
import type { OverviewView } from './overview.view.js';
import { replayedStock } from './replayed-stock.js';
import type { StockRow } from './stock.js';
import { type StockFigures, stockFiguresOf } from './stock-figures.js';

/** Closures of the running week and of so many before it are looked at. */
const WEEKS_BEFORE = 12;

/** What was found in one snapshot. */
interface Found {
  asOf: Date;
  unit: NamedUnit | null;
  stock: StockFigures;
  closures: ClosureFigures;
  departments: Awaited<ReturnType<KnownCases['departments']>>;
}

/** The figures of a front page: how it stands at a moment, the week that is running, and how it went of late. */
@Injectable()
export class Overview {
  constructor(
    private readonly dataSource: DataSource,
    private readonly statistics: StatisticsService,
    private readonly campaigns: CampaignPace,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /**
   * @param asked known before this moment; left out, or later than what is settled, the latest settled moment
   * @throws Refusal 422 AS_OF_BEFORE_EVENTS, REPORTING_UNIT_UNKNOWN, 409 TABLE_NOT_RECONCILED
   */
  async at(asked: Date | undefined, unitCode: string | undefined): Promise<OverviewView> {
    const latest = await latestSettled(this.dataSource, this.clock.now());
    const asOf = asked !== undefined && asked < latest ? asked : latest;
    const on = this.office.dateOf(new Date(asOf.getTime() - 1));
    const week = weekOf(this.office.dateOf(asOf));
    const since = this.office.at(plusDays(week.mondayOn, -7 * WEEKS_BEFORE), '00:00');
    const found = await onSnapshot(this.dataSource, (runner) =>
      this.find(new KnownCases(runner, asOf, this.office.zone), { on, since, unitCode }),
    );
    return {
      asOf: asOf.toISOString(),
      reportingUnit: found.unit === null ? null : { code: found.unit.code, name: found.unit.name },
      ...viewOf(found, this.office.dateOf(since)),
      week: await this.weekOf(week, asOf, unitCode),
      campaigns: await this.campaigns.at(on, asOf),
    };
  }

  private async find(
    known: KnownCases,
    { on, since, unitCode }: { on: string; since: Date; unitCode: string | undefined },
  ): Promise<Found> {
    const { asOf } = known;
    const { areKnown, areThere } = await known.events();
    if (areThere && !areKnown) throw new Refusal(422, 'AS_OF_BEFORE_EVENTS', { asOf: asOf.toISOString() });
    const unit = unitCode === undefined ? null : await known.unit(unitCode);
    if (unit === undefined) throw new Refusal(422, 'REPORTING_UNIT_UNKNOWN', { code: unitCode });
    const calendar = await this.calendars.asOf(asOf);
    const marks = lightMarksAt(asOf, calendar, this.office);
    const rows: StockRow[] = await known.stock(marks, unit?.id ?? null);
    for await (const cases of known.touched(unit?.id ?? null)) {
      for (const one of cases) {
        const row = replayedStock(one, marks, (instant) => this.office.dateOf(instant));
        if (row !== undefined) rows.push(row);
      }
    }
    const stock = stockFiguresOf(rows, on);
    const closures = closureFiguresOf(await known.closures(since, unit?.id ?? null), calendar);
    const ids = stock.overdueByDepartment.map(({ departmentId }) => departmentId);
    return { asOf, unit, stock, closures, departments: await known.departments(ids) };
  }

  /** The running week as the weekly table has it. */
  private async weekOf(week: Week, asOf: Date, unitCode: string | undefined): Promise<OverviewView['week']> {
    const table = await this.statistics.table(week.name, { subject: 'case', by: 'reportingUnit' }, asOf);
    const row = unitCode === undefined ? table.total : table.rows.find(({ key }) => key === unitCode);
    if (row === undefined) throw new Refusal(422, 'REPORTING_UNIT_UNKNOWN', { code: unitCode });
    const { opening, assigned, reopened, resolved, terminated, closing } = row;
    return {
      name: week.name,
      opening,
      assigned,
      reopened,
      resolved,
      terminated,
      closing,
      net: closing - opening,
    };
  }
}

function viewOf(
  { stock, closures, departments }: Found,
  since: string,
): Omit<OverviewView, 'asOf' | 'reportingUnit' | 'week' | 'campaigns'> {
  const { live, overdue, waiting, lights, medianAgeDays, bands } = stock;
  const named = stock.overdueByDepartment.map(({ departmentId, ...figures }) => {
    const { code, name } = departments.get(departmentId) ?? { code: null, name: '' };
    return { id: departmentId, code, name, ...figures };
  });
  return {
    live,
    overdue,
    waiting,
    lights,
    age: { medianDays: medianAgeDays, bands },
    overdueByDepartment: { departments: named, topThreeShare: stock.topThreeShare },
    closures: { since, count: closures.closures, hops: closures.hops },
    bySize: stock.bySize.map((ofStock) => {
      const ofClosures = closures.bySize.find(({ sizeClass }) => sizeClass === ofStock.sizeClass);
      return {
        ...ofStock,
        closures: ofClosures?.closures ?? 0,
        medianHandlingWorkingDays: ofClosures?.medianHandlingWorkingDays ?? null,
      };
    }),
  };
}
