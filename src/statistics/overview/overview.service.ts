import { Injectable } from '@nestjs/common';
import { plusDays } from '../../calendar/calendar-date.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { lightMarksAt } from '../../cases/deadlines/light.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { CampaignPace } from '../../production/campaigns/campaign-pace.js';
import { addUp, requireReconciled } from '../table/raw-counts.js';
import { rawCountsOf } from '../table/sums.js';
import type { KnownTally } from '../tally/known-tally.js';
import { TallyReader } from '../tally/tally-reader.js';
import { startOf, type Week, weekOf } from '../week.js';
import { type ClosureFigures, closureFiguresOf } from './closure-figures.js';
import { KnownCases, type NamedUnit } from './known-cases.js';
import type { OverviewView } from './overview.view.js';
import { replayedStock } from './replayed-stock.js';
import { type StockFigures, stockFiguresOf } from './stock-figures.js';

/** Closures of the running week and of so many before it are looked at. */
const WEEKS_BEFORE = 12;

/** What was found in one snapshot. */
interface Found {
  asOf: Date;
  unit: NamedUnit | null;
  week: OverviewView['week'];
  stock: StockFigures;
  /** A Monday. */
  since: string;
  closures: ClosureFigures;
  departments: Awaited<ReturnType<KnownCases['departments']>>;
}

/** The figures of a front page: how it stands at a moment, the week that is running, and how it went of late. */
@Injectable()
export class Overview {
  constructor(
    private readonly reader: TallyReader,
    private readonly campaigns: CampaignPace,
    private readonly office: OfficeTime,
  ) {}

  /**
   * @param asked known before this moment; left out, or later than what is settled, the latest settled moment
   * @throws Refusal 422 AS_OF_BEFORE_EVENTS, REPORTING_UNIT_UNKNOWN, 409 TABLE_NOT_RECONCILED,
   *   503 STATISTICS_CATCHING_UP
   */
  async at(asked: Date | undefined, unitCode: string | undefined): Promise<OverviewView> {
    const found = await this.reader.read(
      (latest) => (asked !== undefined && asked < latest ? asked : latest),
      (tally) => this.find(tally, unitCode),
    );
    return {
      asOf: found.asOf.toISOString(),
      ...viewOf(found),
      campaigns: await this.campaigns.at(this.lastDayOf(found.asOf), found.asOf),
    };
  }

  private async find(tally: KnownTally, unitCode: string | undefined): Promise<Found> {
    const { asOf } = tally;
    const known = new KnownCases(tally, this.office.zone);
    const { areKnown, areThere } = await known.events();
    if (areThere && !areKnown) throw new Refusal(422, 'AS_OF_BEFORE_EVENTS', { asOf: asOf.toISOString() });
    const unit = unitCode === undefined ? null : await known.unit(unitCode);
    if (unit === undefined) throw new Refusal(422, 'REPORTING_UNIT_UNKNOWN', { code: unitCode });
    const running = weekOf(this.office.dateOf(asOf));
    const week = await this.weekOf(running, tally, unit);
    const calendar = await tally.calendar();
    const stock = await this.stockOf(known, unit, lightMarksAt(asOf, calendar, this.office));
    // What was counted from rows is what was counted from events, or nothing is said.
    if (stock.live !== week.closing || stock.overdue !== week.overdue)
      throw new Refusal(409, 'TABLE_NOT_RECONCILED', { row: 'overview' });
    const since = plusDays(running.mondayOn, -7 * WEEKS_BEFORE);
    const closures = await known.closures(this.office.at(since, '00:00'), unit?.id ?? null);
    const ids = stock.overdueByDepartment.map(({ departmentId }) => departmentId);
    return {
      asOf,
      unit,
      week,
      stock,
      since,
      closures: closureFiguresOf(closures, calendar),
      departments: await known.departments(ids),
    };
  }

  private async stockOf(
    known: KnownCases,
    unit: NamedUnit | null,
    marks: ReturnType<typeof lightMarksAt>,
  ): Promise<StockFigures> {
    const rows = await known.stock(marks, unit?.id ?? null);
    for await (const cases of known.touched(unit?.id ?? null)) {
      for (const one of cases) {
        const row = replayedStock(one, marks, (instant) => this.office.dateOf(instant));
        if (row !== undefined) rows.push(row);
      }
    }
    return stockFiguresOf(rows, this.lastDayOf(marks.now));
  }

  /** The running week as its weekly table has it. @throws Refusal 409 TABLE_NOT_RECONCILED */
  private async weekOf(week: Week, tally: KnownTally, unit: NamedUnit | null): Promise<OverviewView['week']> {
    const moments = [startOf(week, this.office).getTime(), tally.asOf.getTime()];
    const sums = await tally.upTo('case', 'reportingUnit', moments);
    const counts = [...sums].flatMap(([group, [atStart, atEnd]]) =>
      unit === null || group === unit.id ? [rawCountsOf(atStart, atEnd)] : [],
    );
    const sum = addUp(counts);
    requireReconciled(unit?.code ?? 'total', sum);
    const { opening, assigned, reopened, resolved, terminated, closing, overdue } = sum;
    const net = closing - opening;
    return { name: week.name, opening, assigned, reopened, resolved, terminated, closing, overdue, net };
  }

  /** The day that ends with the moment, or during which it is. */
  private lastDayOf(asOf: Date): string {
    return this.office.dateOf(new Date(asOf.getTime() - 1));
  }
}

function viewOf({
  unit,
  week,
  stock,
  since,
  closures,
  departments,
}: Found): Omit<OverviewView, 'asOf' | 'campaigns'> {
  const { live, overdue, waiting, lights, medianAgeDays, bands } = stock;
  const named = stock.overdueByDepartment.map(({ departmentId, ...figures }) => {
    const { code, name } = departments.get(departmentId) ?? { code: null, name: '' };
    return { id: departmentId, code, name, ...figures };
  });
  return {
    reportingUnit: unit === null ? null : { code: unit.code, name: unit.name },
    live,
    overdue,
    waiting,
    lights,
    week,
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
