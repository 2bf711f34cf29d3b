import { Injectable } from '@nestjs/common';
import { plusDays } from '../../calendar/calendar-date.js';
import { OfficeTime } from '../../calendar/office-time.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { requireGrouping } from '../asked-period.js';
import type { Attributes } from '../table/attributes.js';
import { columnsOf } from '../table/columns.js';
import type { By } from '../table/groupings.js';
import { LISTED_ROWS } from '../table/listed-rows.js';
import { addUp, isNothing, requireReconciled } from '../table/raw-counts.js';
import { rawCountsOf, type Sums } from '../table/sums.js';
import type { KnownTally } from '../tally/known-tally.js';
import { TallyReader } from '../tally/tally-reader.js';
import { endOf, startOf, type Week, weekOf } from '../week.js';
import type { TrendPoint, TrendView } from './trend.view.js';

export interface TrendQuestion {
  weeks: number;
  subject: SubjectKind;
  by: By;
  /** Key of a row; `null`: the total. */
  row: string | null;
}

/** Figures of the weekly table, week by week: of all weeks in one statement, from the same sums. */
@Injectable()
export class Trend {
  constructor(
    private readonly reader: TallyReader,
    private readonly office: OfficeTime,
  ) {}

  /**
   * @throws Refusal 422 TREND_ROW_UNKNOWN, 400 GROUPING_OF_PROBLEMS_ONLY, 409 TABLE_NOT_RECONCILED,
   *   503 STATISTICS_CATCHING_UP
   */
  of(question: TrendQuestion, asked: Date | undefined): Promise<TrendView> {
    requireGrouping(question.subject, question.by);
    return this.reader.read(
      (latest) => (asked !== undefined && asked < latest ? asked : latest),
      (tally) => this.read(tally, question),
    );
  }

  private async read(tally: KnownTally, { weeks, subject, by, row }: TrendQuestion): Promise<TrendView> {
    const { asOf } = tally;
    const { mondayOn } = weekOf(this.office.dateOf(asOf));
    const names = Array.from({ length: weeks }, (_, place) =>
      weekOf(plusDays(mondayOn, 7 * (place + 1 - weeks))),
    );
    const moments = [...names.map((week) => startOf(week, this.office).getTime()), asOf.getTime()];
    const sums = await tally.upTo(subject, by, moments);
    const group = row === null ? null : groupOf(row, by, await tally.attributes(asOf), sums, moments);
    if (group === undefined) throw new Refusal(422, 'TREND_ROW_UNKNOWN', { row, by });
    const told = [...sums].flatMap(([own, upTo]) => (group === null || own === group ? [upTo] : []));
    const points = names.map((week, place) => this.point(week, asOf, subject, told, place));
    return { subject, by, row, asOf: asOf.toISOString(), points };
  }

  private point(
    week: Week,
    asOf: Date,
    subject: SubjectKind,
    told: ReadonlyArray<readonly Sums[]>,
    place: number,
  ): TrendPoint {
    const counts = addUp(told.map((upTo) => rawCountsOf(upTo[place], upTo[place + 1])));
    requireReconciled(week.name, counts);
    const { opening, assigned, resolved, reopened, closing, overdue } = counts;
    const { closureRate } = columnsOf(counts, subject);
    const isProvisional = asOf < endOf(week, this.office);
    return {
      week: week.name,
      isProvisional,
      opening,
      assigned,
      resolved,
      reopened,
      closing,
      overdue,
      closureRate,
    };
  }
}

/** The group whose row has the key: at the end, else in the last of the weeks in which one had it. */
function groupOf(
  key: string,
  by: By,
  attributes: Attributes,
  sums: ReadonlyMap<string, readonly Sums[]>,
  moments: readonly number[],
): string | undefined {
  for (let end = moments.length - 1; end > 0; end -= 1) {
    const used = new Set(
      [...sums].flatMap(([group, upTo]) => (isNothing(rawCountsOf(upTo[end - 1], upTo[end])) ? [] : [group])),
    );
    const rows = LISTED_ROWS[by]({ attributes, used, at: (moments[end] ?? 0) - 1 });
    const found = rows.find((row) => row.key === key);
    if (found !== undefined) return found.group;
  }
  return undefined;
}
