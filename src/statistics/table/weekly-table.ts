import type { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { Attributes } from './attributes.js';
import { columnsOf, type WeeklyColumns } from './columns.js';
import { countSubject, type Period } from './count-subject.js';
import type { Grouping, GroupRow } from './grouping.js';
import { type By, GROUPINGS } from './groupings.js';
import { knownAt, type SubjectHistory } from './history.js';
import { ranksOf } from './ranking.js';
import { addUp, noCounts, type RawCounts, requireReconciled } from './raw-counts.js';
import { endOf, previousWeek, startOf, type Week } from '../week.js';

export interface WeeklyQuestion {
  week: Week;
  subject: SubjectKind;
  by: By;
  /** Not before the week begins; during the week the table is of what is known of it. */
  asOf: Date;
  attributes: Attributes;
  /** As known at `asOf`. */
  calendar: WorkingCalendar;
  office: OfficeTime;
}

export interface WeeklyRow extends WeeklyColumns {
  key: string;
  name: string;
}

export interface WeeklyTable {
  rows: WeeklyRow[];
  /** From the raw counts of all rows; never ranked. */
  total: WeeklyColumns;
}

/**
 * The table of a week as known at a moment, from histories added one after the other: it keeps counts, not histories.
 * Last week's is counted along for the change of ranks.
 */
export class WeeklyTally {
  private readonly counts: Counts;
  private readonly lastCounts: Counts;

  constructor(private readonly question: WeeklyQuestion) {
    const { week, by, attributes, asOf } = question;
    const grouping = GROUPINGS[by](attributes, asOf.getTime());
    this.counts = new Counts(week, question, grouping);
    this.lastCounts = new Counts(previousWeek(week), question, grouping);
  }

  add(history: SubjectHistory): void {
    const known = knownAt(history, this.question.asOf.getTime());
    this.counts.add(known);
    this.lastCounts.add(known);
  }

  /** @throws Refusal 409 TABLE_NOT_RECONCILED */
  table(): WeeklyTable {
    const { subject } = this.question;
    const lastRanks = ranksOf(this.lastCounts.rows(subject));
    const rows = this.counts.rows(subject);
    const ranks = ranksOf(rows);
    return {
      rows: rows.map(({ group, key, name, ...columns }) => {
        const rank = ranks.get(group) ?? null;
        const lastRank = lastRanks.get(group) ?? null;
        const rankChange = rank === null || lastRank === null ? null : lastRank - rank;
        return { key, name, ...columns, rank, rankChange };
      }),
      total: this.counts.total(subject),
    };
  }
}

/** The same from histories that are at hand. */
export function weeklyTable(question: WeeklyQuestion & { histories: Iterable<SubjectHistory> }): WeeklyTable {
  const tally = new WeeklyTally(question);
  for (const history of question.histories) tally.add(history);
  return tally.table();
}

/** Raw counts of one week by group. */
class Counts {
  private readonly byGroup = new Map<string, RawCounts>();
  private readonly period: Period;

  constructor(
    week: Week,
    private readonly question: WeeklyQuestion,
    private readonly grouping: Grouping,
  ) {
    this.period = periodOf(week, question);
  }

  add(history: SubjectHistory): void {
    const { period, grouping } = this;
    const { calendar, office } = this.question;
    countSubject(history, { period, grouping, calendar, office, countsOf: (group) => this.of(group) });
  }

  rows(subject: SubjectKind): Array<GroupRow & WeeklyColumns> {
    const used = new Set(this.byGroup.keys());
    const rows = this.grouping.rows(used, this.period.until - 1);
    const listed = new Set(rows.map(({ group }) => group));
    for (const group of used) if (!listed.has(group)) throw new Error(`figures without a row: ${group}`);
    return rows.map((row) => {
      const counts = this.of(row.group);
      requireReconciled(row.key, counts);
      return { ...row, ...columnsOf(counts, subject) };
    });
  }

  total(subject: SubjectKind): WeeklyColumns {
    const counts = addUp(this.byGroup.values());
    requireReconciled('total', counts);
    return columnsOf(counts, subject);
  }

  private of(group: string): RawCounts {
    const known = this.byGroup.get(group);
    if (known !== undefined) return known;
    const counts = noCounts();
    this.byGroup.set(group, counts);
    return counts;
  }
}

function periodOf(week: Week, { office, asOf }: WeeklyQuestion): Period {
  const until = Math.min(endOf(week, office).getTime(), asOf.getTime());
  // The end is the first moment that does not belong to it.
  return { startsAt: startOf(week, office).getTime(), until, lastOn: office.dateOf(new Date(until - 1)) };
}
