import { dayOf, momentOf, type PlainCalendar } from './plain-days.js';

export type PlainClock = 'assign' | 'sign' | 'handle' | 'co_handle' | 'verify';

/** Whom a clock run concerns. */
export interface Concerned {
  department: string | null;
  official: string | null;
}

/** One start of a clock, with its own deadline versions. */
export interface Run {
  /** Such as `case2 handle 1`: of the first assignment of that case. */
  id: string;
  subject: PlainSubject;
  clock: PlainClock;
  deadline: number;
  version: number;
  isRunning: boolean;
  concerned: Concerned;
}

export type PlainState =
  'reported' | 'assigned' | 'in_progress' | 'verifying' | 'on_hold' | 'resolved' | 'gone';

export interface PlainSubject {
  name: string;
  enterprise: string;
  /** Of a problem of a case. */
  of: PlainSubject | null;
  state: PlainState;
  lead: Concerned;
  complexity: PlainComplexity | null;
  /** Of its last event: the next is never before it. */
  lastAt: number;
  stoppedAt: number;
  reviewOn: number | null;
  isHeldWithCase: boolean;
}

export interface Given {
  department: string;
  official: string;
  /** Neither of the two: what was due stays. */
  complexity?: PlainComplexity;
  dueOn?: number;
  coHandlers?: ReadonlyArray<Concerned & { dueOn?: number }>;
}

const HANDLING = { simple: 5, general: 15, complex: 30 };
export type PlainComplexity = keyof typeof HANDLING;
const LIMIT = { assign: 2, sign: 1, co_handle: 3, verify: 3 };

/**
 * The clocks of the domain page, "Lifecycle" and "Clocks", for changes that were accepted: who may do what, and when,
 * is looked at elsewhere. What the page leaves open is as the product has it: a co-handler's clock stands still with
 * the handling clock, and co-handlers come along when somebody else is made answerable.
 */
export class PlainClocks {
  readonly runs: Run[] = [];
  readonly subjects = new Map<string, PlainSubject>();
  private touched = new Set<PlainSubject>();

  constructor(private readonly calendar: PlainCalendar) {}

  subject(name: string): PlainSubject {
    const found = this.subjects.get(name);
    if (found === undefined) throw new Error(`no subject ${name}`);
    return found;
  }

  /** Runs of what was changed since this was asked last. */
  takeChanged(): Run[] {
    const changed = this.touched;
    this.touched = new Set();
    return this.runs.filter(({ subject }) => changed.has(subject));
  }

  report(at: number, name: string, enterprise: string, of: string | null): void {
    const owner = of === null ? null : this.subject(of);
    const subject: PlainSubject = {
      name,
      enterprise,
      of: owner,
      state: 'reported',
      lead: { department: null, official: null },
      complexity: null,
      lastAt: owner?.lastAt ?? at,
      stoppedAt: 0,
      reviewOn: null,
      isHeldWithCase: false,
    };
    this.subjects.set(name, subject);
    const moment = this.happens(subject, at);
    this.start(subject, 'assign', 1, this.calendar.after(moment, LIMIT.assign));
  }

  /** Also reassigning and reopening: somebody else becomes answerable, by another assignment. */
  assign(at: number, name: string, given: Given): void {
    const subject = this.subject(name);
    const moment = this.answerable(subject, at, given, 'assigned');
    this.start(subject, 'sign', this.nth(subject, 'handle'), this.calendar.after(moment, LIMIT.sign));
  }

  /** Signing counts as done; the limit is that of the case's complexity. */
  claim(at: number, name: string, department: string, official: string): void {
    const complexity = this.subject(name).complexity ?? 'general';
    this.answerable(this.subject(name), at, { department, official, complexity }, 'in_progress');
  }

  private answerable(subject: PlainSubject, at: number, given: Given, state: PlainState): number {
    const moment = this.happens(subject, at);
    const kept = this.last(subject, 'handle');
    const helped = this.runs.filter((run) => run.subject === subject && run.clock === 'co_handle');
    const isTakenOver = subject.state === 'assigned' || subject.state === 'in_progress';
    const n = this.nth(subject, 'handle') + 1;
    this.end(subject, state);
    subject.lead = { department: given.department, official: given.official };
    subject.complexity = given.complexity ?? subject.complexity;
    const due =
      given.dueOn !== undefined
        ? this.calendar.given(given.dueOn)
        : given.complexity !== undefined
          ? this.calendar.after(moment, HANDLING[given.complexity])
          : kept?.deadline;
    if (due === undefined) throw new Error(`${subject.name} was never due`);
    this.start(subject, 'handle', n, due);
    for (const { dueOn, ...concerned } of given.coHandlers ?? []) {
      const limit = this.calendar.after(moment, LIMIT.co_handle);
      this.help(subject, concerned, dueOn === undefined ? limit : this.calendar.given(dueOn), true);
    }
    if (isTakenOver) {
      const ofLast = helped.filter(({ id }) => this.assignmentOf.get(id) === n - 1);
      for (const { id, concerned, deadline } of ofLast)
        if (concerned.department !== given.department)
          this.help(subject, { ...concerned }, deadline, !this.opinions.has(id));
    }
    return moment;
  }

  private readonly assignmentOf = new Map<string, number>();
  private readonly opinions = new Set<string>();

  private help(subject: PlainSubject, concerned: Concerned, deadline: number, isAwaited: boolean): void {
    const run = this.start(subject, 'co_handle', this.nth(subject, 'co_handle') + 1, deadline, concerned);
    this.assignmentOf.set(run.id, this.nth(subject, 'handle'));
    if (isAwaited) return;
    this.opinions.add(run.id);
    run.isRunning = false;
  }

  /** A co-handler's opinion ends its clock. */
  opinion(at: number, id: string): void {
    const run = this.runs.find((one) => one.id === id);
    if (run === undefined) throw new Error(`no run ${id}`);
    this.happens(run.subject, at);
    this.opinions.add(id);
    run.isRunning = false;
  }

  acknowledge(at: number, name: string): void {
    const subject = this.subject(name);
    this.happens(subject, at);
    subject.state = 'in_progress';
    this.stop(subject, 'sign');
  }

  /** A returned case has no handling clock, and waits to be assigned again. */
  giveBack(at: number, name: string): void {
    const subject = this.subject(name);
    const moment = this.happens(subject, at);
    this.end(subject, 'reported');
    const n = this.nth(subject, 'assign') + 1;
    this.start(subject, 'assign', n, this.calendar.after(moment, LIMIT.assign));
  }

  /** Something that moves no clock. */
  note(at: number, name: string): void {
    this.happens(this.subject(name), at);
  }

  extend(at: number, name: string, dueOn: number): void {
    const subject = this.subject(name);
    this.happens(subject, at);
    const run = this.last(subject, 'handle');
    if (run !== undefined) this.moveTo(run, this.calendar.given(dueOn));
  }

  requestClosure(at: number, name: string): void {
    const subject = this.subject(name);
    const moment = this.pause(at, subject, 'verifying');
    const n = this.nth(subject, 'verify') + 1;
    this.start(subject, 'verify', n, this.calendar.after(moment, LIMIT.verify));
  }

  sendBack(at: number, name: string): void {
    const subject = this.subject(name);
    const moment = this.happens(subject, at);
    this.stop(subject, 'verify');
    this.goOn(subject, moment);
  }

  /** Holding a case holds its problems in progress. */
  hold(at: number, name: string, reviewOn: number): void {
    const subject = this.subject(name);
    const moment = this.pause(at, subject, 'on_hold');
    subject.reviewOn = reviewOn;
    for (const problem of this.problemsOf(subject)) {
      if (problem.state !== 'in_progress') continue;
      this.pause(moment, problem, 'on_hold');
      Object.assign(problem, { reviewOn, isHeldWithCase: true });
    }
  }

  /** A hold is over at 00:00 of its review date, whenever that is noticed. Only what was held with its case goes on with it. */
  resume(at: number, name: string): void {
    const subject = this.subject(name);
    const withIt = this.problemsOf(subject).filter(
      ({ state, isHeldWithCase }) => state === 'on_hold' && isHeldWithCase,
    );
    let moment = at;
    for (const each of [subject, ...withIt]) {
      const review = each.reviewOn === null ? at : momentOf(each.reviewOn, 0);
      moment = this.happens(each, Math.min(moment, review));
      this.goOn(each, Math.min(moment, review));
    }
  }

  /** The moments at which holds end by themselves, of cases first. */
  heldUntil(today: number): string[] {
    return [...this.subjects.values()]
      .filter(({ state, reviewOn }) => state === 'on_hold' && reviewOn !== null && reviewOn <= today)
      .toSorted((one, other) => Number(one.of !== null) - Number(other.of !== null))
      .map(({ name }) => name);
  }

  approve(at: number, name: string): void {
    this.happens(this.subject(name), at);
    this.end(this.subject(name), 'resolved');
  }

  /** Rejected or terminated: a case takes its live problems along. */
  finish(at: number, name: string): void {
    const subject = this.subject(name);
    const moment = this.happens(subject, at);
    this.end(subject, 'gone');
    for (const problem of this.problemsOf(subject)) {
      if (problem.state === 'resolved' || problem.state === 'gone') continue;
      this.happens(problem, moment);
      this.end(problem, 'gone');
    }
  }

  /** Somebody takes over what another answers for; clocks and versions stay. */
  handOver(at: number, from: string, to: string): void {
    for (const subject of this.subjects.values()) {
      const isLead = subject.lead.official === from && !['resolved', 'gone'].includes(subject.state);
      const helping = this.runs.filter(
        (run) => run.clock === 'co_handle' && run.subject === subject && run.concerned.official === from,
      );
      const awaited = helping.filter(
        ({ id }) => !this.opinions.has(id) && this.assignmentOf.get(id) === this.liveAssignment(subject),
      );
      if (!isLead && awaited.length === 0) continue;
      this.happens(subject, at);
      if (isLead) subject.lead.official = to;
      for (const { concerned } of awaited) concerned.official = to;
    }
  }

  private liveAssignment(subject: PlainSubject): number | null {
    const isLive = ['assigned', 'in_progress', 'verifying', 'on_hold'].includes(subject.state);
    return isLive ? this.nth(subject, 'handle') : null;
  }

  /** Never before the event before it. @returns the moment that counts */
  private happens(subject: PlainSubject, at: number): number {
    this.touched.add(subject);
    subject.lastAt = Math.max(subject.lastAt, at);
    return subject.lastAt;
  }

  private pause(at: number, subject: PlainSubject, state: 'verifying' | 'on_hold'): number {
    subject.stoppedAt = this.happens(subject, at);
    subject.state = state;
    this.stop(subject, 'handle');
    this.stop(subject, 'co_handle');
    return subject.stoppedAt;
  }

  /** What was left is given back, at least a day of it; what was late when it stopped stays due as it was. */
  private goOn(subject: PlainSubject, leftAt: number): void {
    Object.assign(subject, { state: 'in_progress', reviewOn: null, isHeldWithCase: false });
    for (const run of this.stoppedOf(subject)) {
      run.isRunning = true;
      if (subject.stoppedAt > run.deadline) continue;
      const left = this.calendar.count(dayOf(subject.stoppedAt), dayOf(run.deadline));
      this.moveTo(run, momentOf(this.calendar.step(dayOf(leftAt), Math.max(1, left)), 18));
    }
  }

  private stoppedOf(subject: PlainSubject): Run[] {
    const n = this.nth(subject, 'handle');
    return this.runs.filter(
      (run) =>
        run.subject === subject &&
        (run === this.last(subject, 'handle') ||
          (run.clock === 'co_handle' && this.assignmentOf.get(run.id) === n && !this.opinions.has(run.id))),
    );
  }

  /** Rule 3: a change that leaves the due moment as it was makes no new version. */
  private moveTo(run: Run, deadline: number): void {
    if (run.deadline === deadline) return;
    run.deadline = deadline;
    run.version += 1;
  }

  private start(
    subject: PlainSubject,
    clock: PlainClock,
    n: number,
    deadline: number,
    concerned = subject.lead,
  ): Run {
    const id = `${subject.name} ${clock} ${n}`;
    const run: Run = { id, subject, clock, deadline, version: 1, isRunning: true, concerned };
    this.runs.push(run);
    return run;
  }

  private end(subject: PlainSubject, state: PlainState): void {
    for (const run of this.runs) if (run.subject === subject) run.isRunning = false;
    Object.assign(subject, { state, reviewOn: null, isHeldWithCase: false });
    subject.lead = { department: null, official: null };
  }

  private stop(subject: PlainSubject, clock: PlainClock): void {
    for (const run of this.of(subject, clock)) run.isRunning = false;
  }

  private last(subject: PlainSubject, clock: PlainClock): Run | undefined {
    return this.of(subject, clock).at(-1);
  }

  private nth(subject: PlainSubject, clock: PlainClock): number {
    return this.of(subject, clock).length;
  }

  private of(subject: PlainSubject, clock: PlainClock): Run[] {
    return this.runs.filter((run) => run.subject === subject && run.clock === clock);
  }

  private problemsOf(subject: PlainSubject): PlainSubject[] {
    return [...this.subjects.values()].filter((one) => one.of === subject);
  }
}
