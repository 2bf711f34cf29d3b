import type { PlainClock, PlainComplexity, Run } from './plain-clocks.js';
import { dayOf, momentOf, type PlainCalendar } from './plain-days.js';
import type { PlainChannel, PlainPeople, PlainRole } from './plain-people.js';

export interface PlainRung {
  name: string;
  clock: PlainClock;
  /** From the due day. */
  workingDays: number;
  to: readonly PlainRole[];
  channels: readonly PlainChannel[];
}

/** A ladder is for all deadlines, or for those of assignments of one complexity. */
export type PlainClass = 'default' | PlainComplexity;

export interface PlainPolicy {
  version: number;
  /** None: that class has the default again. */
  rungs: readonly PlainRung[];
}

/** A rung for one clock run and deadline version. */
export interface PlainReminder {
  run: Run;
  /** As it was when it was armed, with the version of its ladder. */
  rung: PlainRung;
  policy: number;
  version: number;
  dueAt: number;
  state: 'armed' | 'cancelled' | 'recorded' | 'superseded';
  recordedAt: number | null;
}

export interface PlainDelivery {
  reminder: PlainReminder;
  recipient: string;
  channel: PlainChannel;
  status: 'waiting' | 'sent' | 'suppressed';
  recordedAt: number;
  sentAt: number | null;
  message: PlainMessage | null;
  /** Held back by the cap until then. */
  heldUntil: number;
}

export interface PlainMessage {
  recipient: string;
  channel: PlainChannel;
  leavesAt: number;
  sentAt: number | null;
}

interface Addressed {
  recipient: string;
  channel: PlainChannel;
}

/**
 * The seven rules of the domain page, the plain and slow way. Of the seven, rule 2 is the test itself: here there are
 * no jobs. Rules 6 and 7 are about gateways and texts, and are tested where those are.
 *
 * What the page leaves open is as the product has it: what is found outside sending time is not recorded, but falls due
 * at the next 09:00; a reminder is superseded late only if nothing of it has been sent.
 */
export class PlainLadder {
  readonly reminders: PlainReminder[] = [];
  readonly deliveries: PlainDelivery[] = [];
  readonly messages: PlainMessage[] = [];
  private readonly policies: Map<PlainClass, PlainPolicy>;

  constructor(
    private readonly calendar: PlainCalendar,
    private readonly people: PlainPeople,
    rungs: readonly PlainRung[],
    private readonly smsADay: number,
  ) {
    this.policies = new Map([['default', { version: 1, rungs }]]);
  }

  /** The ladder in force for a class. */
  policyOf(of: PlainClass): PlainPolicy {
    const own = this.policies.get(of);
    const found = own === undefined || own.rungs.length === 0 ? this.policies.get('default') : own;
    if (found === undefined) throw new Error('there is no ladder');
    return found;
  }

  /** Rule 3: an edit plans anew what is not yet recorded. */
  edit(at: number, of: PlainClass, rungs: readonly PlainRung[], runs: readonly Run[]): void {
    const version = Math.max(...[...this.policies.values()].map((policy) => policy.version)) + 1;
    this.policies.set(of, { version, rungs });
    this.plan(
      at,
      runs.filter(({ isRunning }) => isRunning),
    );
  }

  /** Rule 3: of the clock runs of what was changed, what no longer applies is cancelled and what now does is armed. */
  plan(at: number, runs: readonly Run[]): void {
    for (const reminder of this.reminders) {
      const { run, version, state } = reminder;
      if (!runs.includes(run) || (run.isRunning && run.version === version)) continue;
      if (state === 'armed') reminder.state = 'cancelled';
      this.suppress(this.waiting().filter((one) => one.reminder === reminder));
    }
    for (const run of runs) {
      if (!run.isRunning) continue;
      const policy = this.policyOf((run.clock === 'assign' ? null : run.subject.complexity) ?? 'default');
      const rungs = policy.rungs.filter(({ clock }) => clock === run.clock);
      for (const known of this.reminders) {
        if (known.run !== run || known.version !== run.version || known.state !== 'armed') continue;
        if (!rungs.some(({ name }) => name === known.rung.name)) known.state = 'cancelled';
      }
      for (const rung of rungs) this.arm(at, run, rung, policy.version);
    }
  }

  private arm(at: number, run: Run, rung: PlainRung, policy: number): void {
    const { version } = run;
    const ofVersion = this.reminders.filter((one) => one.run === run && one.version === version);
    // Rule 1: one for each clock run, rung and deadline version.
    const known = ofVersion.find((one) => one.rung.name === rung.name);
    // Rule 3: a cancelled one is re-armed in place, a recorded one never repeats.
    if (known?.state === 'recorded' || known?.state === 'superseded') return;
    const dueAt = momentOf(this.calendar.step(dayOf(run.deadline), rung.workingDays), 9);
    // Rule 4: of those that are due only the highest goes, also where an edit puts a lower one there afterwards.
    const isOutdone = ofVersion.some(
      (one) => one.state === 'recorded' && one.rung.workingDays > rung.workingDays,
    );
    if (dueAt <= at && isOutdone) {
      if (known !== undefined) known.state = 'cancelled';
      return;
    }
    // What warns of a deadline is not armed when already past.
    if (rung.workingDays < 0 && dueAt <= at) {
      if (known !== undefined && known.rung.workingDays !== rung.workingDays) known.state = 'cancelled';
      return;
    }
    if (known === undefined)
      this.reminders.push({ run, rung, policy, version, dueAt, state: 'armed', recordedAt: null });
    else if (known.state === 'cancelled' || known.policy !== policy)
      Object.assign(known, { rung, policy, dueAt, state: 'armed' });
  }

  /** Rule 4: what has fallen due is recorded, the highest of each clock run to be sent for all of them. */
  sweep(at: number): void {
    const due = this.reminders.filter(({ state, dueAt }) => state === 'armed' && dueAt <= at);
    if (!this.calendar.isSending(at)) {
      for (const reminder of due) reminder.dueAt = this.calendar.leaves(at);
      return;
    }
    for (const run of new Set(due.map((one) => one.run))) {
      this.record(
        at,
        due.filter((one) => one.run === run),
      );
    }
    this.compose(at);
  }

  /** Of one clock run. */
  private record(at: number, due: readonly PlainReminder[]): void {
    const highest = due.toSorted((one, other) => other.rung.workingDays - one.rung.workingDays)[0];
    if (highest === undefined) return;
    // Recorded earlier, and on nobody's way yet.
    const overtaken = this.waiting().filter(
      ({ reminder: { run, rung } }) => run === highest.run && rung.workingDays < highest.rung.workingDays,
    );
    this.suppress(overtaken);
    for (const { reminder } of overtaken) {
      const isSent = this.deliveries.some((one) => one.reminder === reminder && one.status === 'sent');
      if (!isSent) reminder.state = 'superseded';
    }
    for (const reminder of due) {
      const addressed = this.addressed(reminder, at);
      Object.assign(reminder, { recordedAt: at, state: reminder === highest ? 'recorded' : 'superseded' });
      for (const one of addressed) this.write(at, highest, one, 'waiting');
      if (reminder !== highest) for (const one of addressed) this.write(at, reminder, one, 'suppressed');
    }
    for (const one of overtaken) this.write(at, highest, one, 'waiting');
  }

  /** Rule 5: people, looked up when it is recorded; each rung has its own channels. */
  private addressed({ rung, run }: PlainReminder, at: number): Addressed[] {
    const recipients = rung.to.flatMap((role) => this.people.recipients(role, run, dayOf(at)));
    return rung.channels.flatMap((channel) => recipients.map((recipient) => ({ recipient, channel })));
  }

  /** Rule 1: one for each reminder, recipient and channel. Who has no address is not written to, visibly. */
  private write(
    at: number,
    reminder: PlainReminder,
    { recipient, channel }: Addressed,
    status: 'waiting' | 'suppressed',
  ): void {
    if (this.isKnown(reminder, recipient, channel)) return;
    const isReached = this.people.named(recipient).reachedBy.includes(channel);
    this.deliveries.push({
      reminder,
      recipient,
      channel,
      status: isReached ? status : 'suppressed',
      recordedAt: at,
      sentAt: null,
      message: null,
      heldUntil: Number.NEGATIVE_INFINITY,
    });
  }

  private isKnown(reminder: PlainReminder, recipient: string, channel: PlainChannel): boolean {
    return this.deliveries.some(
      (one) => one.reminder === reminder && one.recipient === recipient && one.channel === channel,
    );
  }

  /** Rule 5: what one person is to get over one channel is one message. */
  private compose(at: number): void {
    const composed: PlainMessage[] = [];
    for (const delivery of this.waiting()) {
      if (delivery.message !== null || delivery.heldUntil > at) continue;
      const { recipient, channel } = delivery;
      let message = composed.find((one) => one.recipient === recipient && one.channel === channel);
      if (message === undefined) {
        message = { recipient, channel, leavesAt: at, sentAt: null };
        composed.push(message);
      }
      delivery.message = message;
    }
    this.messages.push(...composed);
  }

  /** Rule 4: never in quiet hours. Rule 5: who is inactive at sending is left out. */
  deliver(at: number): void {
    const isSending = this.calendar.isSending(at);
    for (const message of this.messages) {
      const carried = this.waiting().filter((one) => one.message === message);
      if (carried.length === 0 || message.leavesAt > at) continue;
      if (!isSending) message.leavesAt = this.calendar.leaves(at);
      else if (!this.isReached(message)) this.suppress(carried);
      else if (this.isFull(message, at)) this.holdBack(carried, at);
      else {
        message.sentAt = at;
        for (const delivery of carried) Object.assign(delivery, { status: 'sent', sentAt: at });
      }
    }
  }

  /** Rule 5: so many SMS a number and day; everybody has a number of his own here. */
  private isFull({ recipient, channel }: PlainMessage, at: number): boolean {
    const today = this.messages.filter(
      (one) => one.recipient === recipient && one.channel === 'sms' && isOn(one.sentAt, dayOf(at)),
    );
    return channel === 'sms' && today.length >= this.smsADay;
  }

  /** Into the digest of a run of the next working day. */
  private holdBack(deliveries: readonly PlainDelivery[], at: number): void {
    const heldUntil = momentOf(this.calendar.step(dayOf(at), 1), 9);
    for (const delivery of deliveries) Object.assign(delivery, { message: null, heldUntil });
  }

  /** Who takes over may have no address. */
  private isReached({ recipient, channel }: PlainMessage): boolean {
    const { isActive, reachedBy } = this.people.named(recipient);
    return isActive && reachedBy.includes(channel);
  }

  /** What waits for somebody goes to who takes over, in a message of the next run; who has it already gets it once. */
  handOver(from: string, to: string): void {
    for (const delivery of this.waiting()) {
      if (delivery.recipient !== from) continue;
      if (this.isKnown(delivery.reminder, to, delivery.channel)) this.suppress([delivery]);
      else Object.assign(delivery, { recipient: to, message: null, heldUntil: Number.NEGATIVE_INFINITY });
    }
  }

  isWaitingFor(name: string): boolean {
    return this.waiting().some(({ recipient }) => recipient === name);
  }

  private waiting(): PlainDelivery[] {
    return this.deliveries.filter(({ status }) => status === 'waiting');
  }

  private suppress(deliveries: readonly PlainDelivery[]): void {
    for (const delivery of deliveries) delivery.status = 'suppressed';
  }
}

const isOn = (at: number | null, day: number): boolean => at !== null && dayOf(at) === day;
