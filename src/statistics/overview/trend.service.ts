import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { plusDays } from '../../calendar/calendar-date.js';
import { OfficeTime } from '../../calendar/office-time.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { Clock } from '../../platform/clock/clock.js';
import { latestSettled } from '../../platform/database/snapshot.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { StatisticsService } from '../statistics.service.js';
import type { WeeklyColumns } from '../table/columns.js';
import type { By } from '../table/groupings.js';
import { weekOf } from '../week.js';
import type { TrendPoint, TrendView } from './trend.view.js';

export interface TrendQuestion {
  weeks: number;
  subject: SubjectKind;
  by: By;
  /** `null`: the total. */
  row: string | null;
}

/** One figure of the weekly table after another, week by week: the same figures, from the same tables. */
@Injectable()
export class Trend {
  constructor(
    private readonly dataSource: DataSource,
    private readonly statistics: StatisticsService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal 422 TREND_ROW_UNKNOWN, 409 TABLE_NOT_RECONCILED */
  async of({ weeks, subject, by, row }: TrendQuestion, asked: Date | undefined): Promise<TrendView> {
    const latest = await latestSettled(this.dataSource, this.clock.now());
    const asOf = asked !== undefined && asked < latest ? asked : latest;
    const points: TrendPoint[] = [];
    let isKnown = row === null;
    const { mondayOn } = weekOf(this.office.dateOf(asOf));
    for (let back = weeks - 1; back >= 0; back -= 1) {
      const { name } = weekOf(plusDays(mondayOn, -7 * back));
      const table = await this.statistics.table(name, { subject, by }, asOf);
      const columns = row === null ? table.total : table.rows.find(({ key }) => key === row);
      isKnown ||= columns !== undefined;
      points.push(pointOf(name, table.isProvisional, columns));
    }
    if (!isKnown) throw new Refusal(422, 'TREND_ROW_UNKNOWN', { row, by });
    return { subject, by, row, asOf: asOf.toISOString(), points };
  }
}

/** A row that does not stand in the table of a week had nothing in it. */
const pointOf = (week: string, isProvisional: boolean, columns: WeeklyColumns | undefined): TrendPoint => ({
  week,
  isProvisional,
  opening: columns?.opening ?? 0,
  assigned: columns?.assigned ?? 0,
  resolved: columns?.resolved ?? 0,
  reopened: columns?.reopened ?? 0,
  closing: columns?.closing ?? 0,
  overdue: columns?.overdue ?? 0,
  closureRate: columns?.closureRate ?? null,
});
