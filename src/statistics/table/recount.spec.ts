import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ATTRIBUTES, calendar, office, tableOf } from '../../../test/factories/weekly-story.js';
import { ledgers, moves, type Ledger } from '../../../test/factories/weekly-ledger.js';
import type { By } from './groupings.js';
import type { SubjectEvent, SubjectHistory } from './history.js';
import type { WeeklyColumns } from './columns.js';

// A second count of the same histories, moment by moment and as plainly as can be. It shares nothing with the first
// but the calendar.

const START = office.at('2021-11-01', '00:00').getTime();
const END = office.at('2021-11-08', '00:00').getTime();
const ON = new Set(['assigned', 'claimed', 'reopened']);
const OFF = new Set(['resolved', 'terminated', 'rejected']);
const TAKES = new Set(['assigned', 'claimed', 'reassigned', 'reopened']);
const GOOD = new Set(['very_satisfied', 'satisfied', 'fairly_satisfied']);

type Facts = Record<string, unknown> & { assignmentId: string; departmentId: string; dueAt: string };
const facts = (event: SubjectEvent): Facts => ({
  assignmentId: '',
  departmentId: '',
  dueAt: '',
  ...event.payload,
});
const time = (value: unknown): number => Date.parse(String(value));

type Sums = Record<string, number>;

const day = (at: number): string => office.dateOf(new Date(at));
const rounded = (part: number, whole: number, digits: number): number | null =>
  whole === 0 ? null : Math.floor((part * 10 ** digits * 2 + whole) / (2 * whole)) / 10 ** digits;

class Recount {
  readonly groups = new Map<string, Sums>();

  constructor(
    private readonly ledger: Ledger,
    private readonly by: By,
  ) {
    for (const history of ledger.histories) this.count(history);
  }

  private count(history: SubjectHistory): void {
    const events = history.events
      .filter((event) => event.recordedAt < this.ledger.asOf && event.effectiveAt < END)
      .toSorted((one, other) => one.effectiveAt - other.effectiveAt || one.sequence - other.sequence);
    const group = (after: number, at: number): string => this.group(events.slice(0, after), at);
    const isOn = (after: number): boolean => {
      const last = events.slice(0, after).findLast(({ type }) => ON.has(type) || OFF.has(type));
      return (
        last !== undefined && ON.has(last.type) && events.slice(0, after).some(({ type }) => ON.has(type))
      );
    };
    const before = (moment: number): number =>
      events.filter(({ effectiveAt }) => effectiveAt < moment).length;

    if (isOn(before(START))) this.add(group(before(START), START - 1), 'opening');
    if (isOn(events.length)) this.add(group(events.length, END - 1), 'closing');

    const moments = new Set([...events.map(({ effectiveAt }) => effectiveAt), ...this.changes(events)]);
    for (const moment of [...moments]
      .filter((at) => at >= START && at < END)
      .toSorted((one, other) => one - other)) {
      let after = before(moment);
      if (isOn(after)) this.move(group(after, moment - 1), group(after, moment));
      for (; events[after]?.effectiveAt === moment; after += 1) {
        if (isOn(after)) this.move(group(after, moment), group(after + 1, moment));
        this.flow(events, after, isOn(after), group(after + 1, moment));
      }
    }
    this.stand(events, isOn(events.length), group(events.length, END - 1));
    this.signatures(events);
    this.opinions(history, events);
  }

  private flow(events: SubjectEvent[], index: number, wasOn: boolean, group: string): void {
    const event = events[index];
    if (event === undefined) return;
    if (!wasOn && (event.type === 'assigned' || event.type === 'claimed')) this.add(group, 'assigned');
    if (!wasOn && event.type === 'reopened') this.add(group, 'reopened');
    if (wasOn && (event.type === 'terminated' || event.type === 'rejected')) this.add(group, 'terminated');
    if (event.type === 'sent_back') this.add(group, 'sentBack');
    if (event.type === 'extension_approved') this.add(group, 'extended');
    if (event.type !== 'resolved') return;
    this.add(group, 'resolved');
    if (!events.slice(index + 1).some(({ type }) => type === 'reopened')) this.add(group, 'net');
    this.add(group, event.payload.outcome);
    this.add(group, 'days', this.handlingDays(events.slice(0, index + 1)));
  }

  /** Day by day from day 0, passing over those inside a hold. */
  private handlingDays(events: SubjectEvent[]): number {
    const opened = events.findLastIndex(({ type }, index) => type === 'reopened' || index === 0);
    const run = events.slice(opened);
    const first = run.find(({ type }) => TAKES.has(type));
    const closed = run.at(-1);
    if (first === undefined || closed === undefined) return 0;
    const holds = run.flatMap((event, index) =>
      event.type === 'held'
        ? [
            {
              from: day(event.effectiveAt),
              to: day(run.slice(index).find(({ type }) => type === 'resumed')?.effectiveAt ?? 0),
            },
          ]
        : [],
    );
    let days = 0;
    const zero = String(facts(first)['dayZeroOn']);
    for (let at = Date.parse(`${zero}T04:00Z`); day(at) <= day(closed.effectiveAt); at += 86_400_000) {
      const on = day(at);
      if (on > zero && calendar.isWorkingDay(on) && !holds.some(({ from, to }) => from < on && on <= to))
        days += 1;
    }
    return days;
  }

  private stand(events: SubjectEvent[], isOn: boolean, group: string): void {
    if (!events.some(({ type }) => ON.has(type))) return;
    this.add(group, 'ever');
    const last = events.findLast(({ type }) => ON.has(type) || OFF.has(type));
    if (!isOn && last?.type === 'resolved') {
      this.add(group, 'closed');
      const requested = events.findLastIndex(({ type }) => type === 'closure_requested');
      const isAsked = last.payload.requestedAt !== null;
      const due = this.due(isAsked ? events.slice(0, requested) : events);
      if (time(last.payload.requestedAt ?? new Date(last.effectiveAt).toISOString()) <= due)
        this.add(group, 'onTime');
    }
    if (!isOn && last?.type !== 'resolved') this.add(group, 'gone');
    if (!isOn) return;
    const stops = new Set(['held', 'closure_requested', 'returned', 'sent_back', 'resumed', ...TAKES]);
    const clock = events.findLast(({ type }) => stops.has(type));
    if (clock === undefined || clock.type === 'returned') return;
    if (clock.type === 'held') this.add(group, 'onHold');
    const isStopped = clock.type === 'held' || clock.type === 'closure_requested';
    const due = this.due(events);
    if ((isStopped ? clock.effectiveAt : END) <= due) return;
    this.add(group, 'overdue');
    let late = 0;
    for (let at = due; at < END; at += 86_400_000) {
      const on = office.dateOf(new Date(at));
      if (on > office.dateOf(new Date(due)) && calendar.isWorkingDay(on)) late += 1;
    }
    // A due time late in the day can step over the Sunday; it is no working day here.
    const sums = this.sums(group);
    sums['longest'] = Math.max(sums['longest'] ?? 0, late);
  }

  private due(events: SubjectEvent[]): number {
    const current = facts(events.findLast(({ type }) => TAKES.has(type)) ?? fail()).assignmentId;
    const setting = events.findLast(
      (event) => facts(event).dueAt !== '' && facts(event).assignmentId === current,
    );
    return time(facts(setting ?? fail()).dueAt);
  }

  private signatures(events: SubjectEvent[]): void {
    events.forEach((event, index) => {
      if (!TAKES.has(event.type)) return;
      const { assignmentId, departmentId, acknowledgeBy } = facts(event);
      const by = time(acknowledgeBy);
      const later = events.slice(index + 1);
      const signed =
        event.type === 'claimed'
          ? event
          : later.find((one) => one.type === 'acknowledged' && one.payload.assignmentId === assignmentId);
      const ended = later.find(({ type }) => TAKES.has(type) || OFF.has(type) || type === 'returned');
      if (by >= END || (signed === undefined && ended !== undefined && ended.effectiveAt < by)) return;
      const group = this.groupOf(departmentId, events, by);
      const names = by >= START ? ['toSign', 'toSignEver'] : ['toSignEver'];
      const inTime = signed !== undefined && signed.effectiveAt <= by;
      for (const name of names) {
        this.add(group, name);
        if (inTime) this.add(group, name.replace('toSign', 'signed'));
      }
    });
  }

  private opinions(history: SubjectHistory, events: SubjectEvent[]): void {
    events.forEach((event, index) => {
      if (event.type !== 'resolved') return;
      const until = events.slice(index).find(({ type }) => type === 'reopened')?.effectiveAt ?? END;
      const given = history.ratings
        .filter((one) => one.recordedAt < this.ledger.asOf && one.effectiveAt < END)
        .filter((one) => one.effectiveAt >= event.effectiveAt && one.effectiveAt <= until)
        // Of two at one moment the one that was entered later.
        .toReversed()
        .toSorted(
          (one, other) => other.effectiveAt - one.effectiveAt || other.recordedAt - one.recordedAt,
        )[0];
      if (given === undefined) return;
      const group = this.group(events.slice(0, index + 1), given.effectiveAt);
      for (const name of given.effectiveAt >= START ? ['rated', 'ratedEver'] : ['ratedEver']) {
        this.add(group, name);
        if (GOOD.has(given.rating)) this.add(group, name.replace('rated', 'pleased'));
      }
    });
  }

  private group(events: SubjectEvent[], at: number): string {
    const taken = events.findLast(({ type }) => TAKES.has(type));
    return this.groupOf(taken === undefined ? null : facts(taken).departmentId, events, at);
  }

  private groupOf(department: string | null, events: SubjectEvent[], at: number): string {
    if (this.by === 'leadDepartment')
      return department === 'industry' || department === 'finance' ? department : 'county';
    const known = this.moves(events);
    return (known.findLast(({ effectiveAt }) => effectiveAt <= at) ?? known[0])?.reportingUnitId ?? 'hanbin';
  }

  private moves(events: SubjectEvent[]) {
    const [report] = events;
    const id = report?.type === 'reported' ? (report.payload.enterpriseId ?? '') : '';
    return moves(this.ledger, id).filter(({ recordedAt }) => recordedAt < this.ledger.asOf);
  }

  private changes(events: SubjectEvent[]): number[] {
    if (this.by === 'leadDepartment') return [];
    return this.moves(events).map(({ effectiveAt }) => effectiveAt);
  }

  private move(from: string, to: string): void {
    if (from === to) return;
    this.add(from, 'out');
    this.add(to, 'in');
  }

  private add(group: string, name: string, count = 1): void {
    const sums = this.sums(group);
    sums[name] = (sums[name] ?? 0) + count;
  }

  private sums(group: string): Sums {
    const sums = this.groups.get(group) ?? {};
    this.groups.set(group, sums);
    return sums;
  }
}

const fail = (): never => {
  throw new Error('no assignment');
};

/** The same columns from the plain sums; rates with a whole number's arithmetic. */
function columnsFrom(sums: Sums): Partial<WeeklyColumns> {
  const of = (name: string): number => sums[name] ?? 0;
  return {
    opening: of('opening'),
    assigned: of('assigned'),
    reopened: of('reopened'),
    transferredIn: of('in'),
    transferredOut: of('out'),
    resolved: of('resolved'),
    recovered: of('recovered'),
    explained: of('explained'),
    unstated: of('unstated'),
    netResolved: of('net'),
    terminated: of('terminated'),
    closing: of('closing'),
    onHold: of('onHold'),
    overdue: of('overdue'),
    longestOverdueWorkingDays: of('longest'),
    cumulativeAssigned: of('ever'),
    cumulativeResolved: of('closed'),
    closureRate: rounded(of('closed'), of('ever') - of('gone'), 4),
    onTimeRate: rounded(of('onTime'), of('closed') + of('overdue'), 4),
    meanHandlingWorkingDays: rounded(of('days'), of('resolved'), 1),
    acknowledgedInTimeRate: rounded(of('signed'), of('toSign'), 4),
    sentBack: of('sentBack'),
    extended: of('extended'),
    satisfactionRate: rounded(of('pleased'), of('rated'), 4),
    score: scoreFrom(of),
  };
}

/** In binary fractions; what it is compared with is exact, so compared to a hundredth. */
function scoreFrom(of: (name: string) => number): number | null {
  const terms: Array<[weight: number, part: number, whole: number]> = [
    [40, of('onTime'), of('closed') + of('overdue')],
    [25, of('closed'), of('ever') - of('gone')],
    [20, of('pleasedEver'), of('ratedEver')],
    [10, of('signedEver'), of('toSignEver')],
    [5, of('resolved'), of('resolved') + of('sentBack')],
  ];
  const present = terms.filter(([, , whole]) => whole > 0);
  if (present.length === 0) return null;
  const weights = present.reduce((sum, [weight]) => sum + weight, 0);
  const points = present.reduce((sum, [weight, part, whole]) => sum + (weight * part) / whole, 0);
  const penalty = of('closing') === 0 ? 0 : (10 * of('overdue')) / of('closing');
  return Math.max(0, (100 * points) / weights - penalty);
}

const KEYS: Record<string, string> = {
  hanbin: '610902',
  xunyang: '610981',
  industry: '市工信局',
  finance: '市金融办',
  county: 'county_led',
};

describe('the weekly table', () => {
  it.each(['reportingUnit', 'leadDepartment'] as const)('equals a plain recount, by %s', (by) => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const attributes = { ...ATTRIBUTES, owners: ledger.enterprises };
        const asOf = new Date(ledger.asOf);
        const { rows } = tableOf(ledger.histories, { by, attributes, knownAt: asOf });
        const { groups } = new Recount(ledger, by);
        for (const [group, key] of Object.entries(KEYS)) {
          const row = rows.find((one) => one.key === key);
          if (row === undefined) continue;
          const { score, ...expected } = columnsFrom(groups.get(group) ?? {});
          expect(row).toMatchObject(expected);
          if (score === null || score === undefined) expect(row.score).toBeNull();
          else expect(Math.abs((row.score ?? -1) - score)).toBeLessThan(0.005_001);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('both ways of cutting it have one total, and each row and the total reconcile', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const attributes = { ...ATTRIBUTES, owners: ledger.enterprises };
        const asOf = new Date(ledger.asOf);
        const byUnit = tableOf(ledger.histories, { by: 'reportingUnit', attributes, knownAt: asOf });
        const byLead = tableOf(ledger.histories, { by: 'leadDepartment', attributes, knownAt: asOf });
        for (const row of [...byUnit.rows, ...byLead.rows, byUnit.total, byLead.total]) {
          expect(row.opening + row.assigned + row.reopened + row.transferredIn).toBe(
            row.resolved + row.terminated + row.transferredOut + row.closing,
          );
        }
        const { transferredIn: _in, transferredOut: _out, ...unitTotal } = byUnit.total;
        expect(byLead.total).toMatchObject(unitTotal);
      }),
    );
  });
});
