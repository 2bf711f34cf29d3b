import { dayOf } from '../plain-days.js';
import { ranksOf, type WorkedOut, workedOut } from './plain-columns.js';
import { keyOf, nameOf, type PlainBy } from './plain-groups.js';
import { KnownLedger, type PlainLedger } from './plain-ledger.js';
import { PlainLife } from './plain-life.js';
import { endOf, periodBefore, type PlainPeriod } from './plain-periods.js';
import { type Counts, NOTHING, PlainTable, together } from './plain-table.js';

export interface PlainRow extends Counts, WorkedOut {
  /** `null` where it is a matter of wording. */
  name: string | null;
  rank: number | null;
  rankChange: number | null;
}

export interface PlainWeekly {
  rows: ReadonlyMap<string, PlainRow>;
  total: PlainRow;
}

type Subject = 'case' | 'problem';

/** The recount: tables of everything that was known at one moment. */
export class PlainRecount {
  private readonly known: KnownLedger;
  private readonly lives: Readonly<Record<Subject, readonly PlainLife[]>>;

  /** @param isSeen of which cases and problems; of all, unless somebody asks who may not see them all */
  constructor(ledger: PlainLedger, asOf: number, isSeen: (subject: string) => boolean = () => true) {
    this.known = new KnownLedger(ledger, asOf);
    const all = [...this.known.events]
      .filter(([subject]) => isSeen(subject))
      .map(([subject, events]) => new PlainLife(this.known, subject, events[0]?.kind ?? 'case'));
    this.lives = {
      case: all.filter(({ kind }) => kind === 'case'),
      problem: all.filter(({ kind }) => kind === 'problem'),
    };
  }

  table(subject: Subject, by: PlainBy, period: PlainPeriod): PlainWeekly {
    const groups = this.counted(subject, by, period);
    const ranks = ranksOf(ranked(groups));
    // Of a period that is not over yet, what stands at the moment that was asked for.
    const end = Math.min(endOf(period), this.known.asOf);
    const before = ranksOf(ranked(this.counted(subject, by, periodBefore(period, dayOf(end - 1)))));
    const rows = [...groups].map(([group, counts]): [string, PlainRow] => {
      const rank = ranks.get(group) ?? null;
      const last = before.get(group) ?? null;
      const rankChange = rank === null || last === null ? null : last - rank;
      return [
        keyOf(this.known, by, group, end),
        { ...counts, ...workedOut(counts), name: nameOf(this.known, by, group, end), rank, rankChange },
      ];
    });
    const sum = [...groups.values()].reduce(together, NOTHING);
    return {
      rows: new Map(rows),
      total: { ...sum, ...workedOut(sum), name: null, rank: null, rankChange: null },
    };
  }

  private counted(subject: Subject, by: PlainBy, period: PlainPeriod): ReadonlyMap<string, Counts> {
    return new PlainTable(this.known, by, period, this.lives[subject]).groups;
  }
}

const ranked = (groups: ReadonlyMap<string, Counts>): Map<string, Counts & WorkedOut> =>
  new Map([...groups].map(([group, counts]) => [group, { ...counts, ...workedOut(counts) }]));
