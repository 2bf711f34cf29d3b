import { dayOf, momentOf, type PlainCalendar } from './plain-days.js';

export type PlainClock = 'assign' | 'sign' | 'handle' | 'co_handle' | 'verify';

/** Whom a clock run concerns. */
export interface Concerned {
  department: string | null;
  official: string | null;
}

/** One start of a clock, with its own deadline versions. */
export interface Run {
  /** `subject/clock/n`: the n-th run of that clock of the subject. */
  id: string;
  subject: PlainSubject;
  clock: PlainClock;
  deadline: number;
  version: number;
  isRunning: boolean;
  concerned: Concerned;
}

export interface PlainSubject {
  name: string;
  enterprise: string;
  /** Of a problem of a case. */
  of: PlainSubject | null;
  state: 'reported' | 'assigned' | 'in_progress' | 'verifying' | 'on_hold' | 'ended';
  /** When its handling clock was stopped. */
  stoppedAt: number;
  isHeldWithCase: boolean;
  lead: Concerned;
}

export interface Given {
  department: string;
  official: string;
  /** Working days, or the day that was named; neither keeps what was due. */
  limit?: number;
  dueOn?: number;
  coHandlers?: ReadonlyArray<Concerned & { dueOn?: number }>;
}

const LIMIT = { assign: 2, sign: 1, co_handle: 3, verify: 3 };

/**
 * The clocks of the domain page, "Lifecycle" and "Clocks", for changes that were accepted:
 * who may do what, and when, is looked at elsewhere.
 */
export class PlainClocks {
  readonly runs: Run[] = [];
  readonly subjects = new Map<string, PlainSubject>();

  constructor(private readonly calendar: PlainCalendar) {}

  subject(name: string): PlainSubject {
    const found = this.subjects.get(name);
    if (found === undefined) throw new Error(`no subject ${name}`);
    return found;
  }

  report(at: number, name: string, enterprise: string, of: string | null): void {
    const subject: PlainSubject = {
      name,
      enterprise,
      of: of === null ? null : this.subject(of),
      state: 'reported',
      stoppedAt: 0,
      isHeldWithCase: false,
      lead: { department: null, official: null },
    };
    this.subjects.set(name, subject);
    this.start(subject, 'assign', this.calendar.after(at, LIMIT.assign));
  }

  assign(at: number, name: string, given: Given): void {
    this.handOver(at, name, given, 'assigned');
    const subject = this.subject(name);
    this.start(subject, 'sign', this.calendar.after(at, LIMIT.sign));
  }

  /** Signing counts as done. */
  claim(at: number, name: string, given: Given): void {
    this.handOver(at, name, given, 'in_progress');
  }

  private handOver(at: number, name: string, given: Given, state: 'assigned' | 'in_progress'): void {
    const subject = this.subject(name);
    const kept = this.of(subject, 'handle').at(-1)?.deadline;
    this.end(subject);
    subject.state = state;
    subject.lead = { department: given.department, official: given.official };
    const due =
      given.dueOn === undefined
        ? given.limit === undefined
          ? kept
          : this.calendar.after(at, given.limit)
        : this.calendar.given(given.dueOn);
    if (due === undefined) throw new Error(`${name} was never due`);
    this.start(subject, 'handle', due);
    for (const { dueOn, ...concerned } of given.coHandlers ?? []) {
      const coDue =
        dueOn === undefined ? this.calendar.after(at, LIMIT.co_handle) : this.calendar.given(dueOn);
      this.start(subject, 'co_handle', coDue, concerned);
    }
  }

  acknowledge(name: string): void {
    this.subject(name).state = 'in_progress';
    this.stop(this.subject(name), 'sign');
  }

  /** A returned case has no handling clock, and waits to be assigned again. */
  giveBack(at: number, name: string): void {
    const subject = this.subject(name);
    this.end(subject);
    subject.state = 'reported';
    this.start(subject, 'assign', this.calendar.after(at, LIMIT.assign));
  }

  extend(name: string, dueOn: number): void {
    const run = this.of(this.subject(name), 'handle').at(-1);
    if (run !== undefined) this.moveTo(run, this.calendar.given(dueOn));
  }

  requestClosure(at: number, name: string): void {
    const subject = this.subject(name);
    this.pause(at, subject, 'verifying');
    this.start(subject, 'verify', this.calendar.after(at, LIMIT.verify));
  }

  sendBack(at: number, name: string): void {
    this.stop(this.subject(name), 'verify');
    this.goOn(at, this.subject(name));
  }

  /** Holding a case holds its problems in progress. */
  hold(at: number, name: string): void {
    const subject = this.subject(name);
    this.pause(at, subject, 'on_hold');
    for (const problem of this.problemsOf(subject)) {
      if (problem.state !== 'in_progress') continue;
      this.pause(at, problem, 'on_hold');
      problem.isHeldWithCase = true;
    }
  }

  /** Resuming a case resumes those that were held with it, and only those. */
  resume(at: number, name: string): void {
    const subject = this.subject(name);
    this.goOn(at, subject);
    for (const problem of this.problemsOf(subject)) {
      if (problem.state === 'on_hold' && problem.isHeldWithCase) this.goOn(at, problem);
    }
  }

  /** Approved, rejected or terminated: of the last two, a case takes its live problems along. */
  finish(name: string): void {
    const subject = this.subject(name);
    for (const each of [subject, ...this.problemsOf(subject)]) {
      this.end(each);
      each.state = 'ended';
    }
  }

  private pause(at: number, subject: PlainSubject, state: 'verifying' | 'on_hold'): void {
    subject.state = state;
    subject.stoppedAt = at;
    subject.isHeldWithCase = false;
    this.stop(subject, 'handle');
  }

  /** What was left is given back, at least a day of it; one that was late when it stopped stays due as it was. */
  private goOn(at: number, subject: PlainSubject): void {
    subject.state = 'in_progress';
    const run = this.of(subject, 'handle').at(-1);
    if (run === undefined) return;
    run.isRunning = true;
    if (subject.stoppedAt > run.deadline) return;
    const left = this.calendar.count(dayOf(subject.stoppedAt), dayOf(run.deadline));
    this.moveTo(run, momentOf(this.calendar.step(dayOf(at), Math.max(1, left)), 18));
  }

  /** Rule 3: a change that leaves the due moment as it was makes no new version. */
  private moveTo(run: Run, deadline: number): void {
    if (run.deadline === deadline) return;
    run.deadline = deadline;
    run.version += 1;
  }

  private start(subject: PlainSubject, clock: PlainClock, deadline: number, concerned?: Concerned): void {
    if (clock === 'assign') {
      subject.lead = { department: null, official: null };
    } else if (clock !== 'co_handle') {
      this.stop(subject, 'assign');
    }
    const n = this.of(subject, clock).length + 1;
    this.runs.push({
      id: `${subject.name}/${clock}/${n}`,
      subject,
      clock,
      deadline,
      version: 1,
      isRunning: true,
      concerned: concerned ?? subject.lead,
    });
  }

  private end(subject: PlainSubject): void {
    for (const run of this.runs) if (run.subject === subject) run.isRunning = false;
  }

  private stop(subject: PlainSubject, clock: PlainClock): void {
    for (const run of this.of(subject, clock)) run.isRunning = false;
  }

  private of(subject: PlainSubject, clock: PlainClock): Run[] {
    return this.runs.filter((run) => run.subject === subject && run.clock === clock);
  }

  private problemsOf(subject: PlainSubject): PlainSubject[] {
    return [...this.subjects.values()].filter((one) => one.of === subject);
  }
}
