import type { PlainClock, Run } from './plain-clocks.js';
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

/** A rung for one clock run and deadline version. */
export interface PlainReminder {
  run: Run;
  rung: PlainRung;
  version: number;
  dueAt: number;
  status: 'armed' | 'cancelled' | 'due' | 'superseded';
  recordedAt: number | null;
}

export interface PlainDelivery {
  reminder: PlainReminder;
  recipient: string;
  channel: PlainChannel;
  status: 'waiting' | 'sent' | 'suppressed';
  message: PlainMessage | null;
}

export interface PlainMessage {
  recipient: string;
  channel: PlainChannel;
  leavesAt: number;
  sentAt: number | null;
}

/** The seven rules of the domain page, the plain and slow way: everything is looked at at every change. */
export class PlainLadder {
  readonly reminders: PlainReminder[] = [];
  readonly deliveries: PlainDelivery[] = [];
  readonly messages: PlainMessage[] = [];

  constructor(
    private readonly calendar: PlainCalendar,
    private readonly people: PlainPeople,
    private ladder: readonly PlainRung[],
  ) {}

  /** Rule 3: what no longer applies is cancelled, what now does is armed; what was recorded stays recorded. */
  plan(at: number, runs: readonly Run[], ladder = this.ladder): void {
    this.ladder = ladder;
    for (const reminder of this.reminders) {
      if (this.applies(reminder)) continue;
      if (reminder.status === 'armed') reminder.status = 'cancelled';
      this.suppress(this.waiting().filter((one) => one.reminder === reminder));
    }
    for (const run of runs) {
      if (!run.isRunning) continue;
      for (const rung of ladder) if (rung.clock === run.clock) this.arm(at, run, rung);
    }
  }

  private arm(at: number, run: Run, rung: PlainRung): void {
    const dueAt = momentOf(this.calendar.step(dayOf(run.deadline), rung.workingDays), 9);
    // Rule 1: one for each clock run, rung and deadline version.
    const known = this.reminders.find(
      (one) => one.run === run && one.rung.name === rung.name && one.version === run.version,
    );
    if (known !== undefined && known.status !== 'armed' && known.status !== 'cancelled') return;
    if (known?.status === 'armed' && known.dueAt === dueAt) {
      known.rung = rung;
      return;
    }
    // What warns ahead of the deadline is of no use once its own moment has passed.
    if (rung.workingDays < 0 && dueAt <= at) {
      if (known !== undefined) known.status = 'cancelled';
    } else if (known === undefined) {
      const { version } = run;
      this.reminders.push({ run, rung, version, dueAt, status: 'armed', recordedAt: null });
    } else Object.assign(known, { rung, dueAt, status: 'armed' });
  }

  private applies({ run, version, status, rung }: PlainReminder): boolean {
    if (!run.isRunning || run.version !== version) return false;
    return status !== 'armed' || this.ladder.some(({ name }) => name === rung.name);
  }

  /** Rules 4 and 5: what has fallen due is recorded; of each clock run the highest goes, for all of them. */
  sweep(at: number): void {
    const due = this.reminders.filter(({ status, dueAt }) => status === 'armed' && dueAt <= at);
    const fresh: PlainDelivery[] = [];
    for (const run of new Set(due.map((one) => one.run))) {
      const ofRun = due.filter((one) => one.run === run);
      const highest = ofRun.reduce((one, other) =>
        other.rung.workingDays >= one.rung.workingDays ? other : one,
      );
      // Recorded by an earlier sweep and on nobody's way yet: the higher one takes its place as well.
      const overtaken = this.waiting().filter((one) => one.reminder.run === run);
      for (const { reminder } of overtaken) reminder.status = 'superseded';
      this.suppress(overtaken);
      for (const lower of ofRun) {
        lower.recordedAt = at;
        lower.status = lower === highest ? 'due' : 'superseded';
        if (lower === highest) continue;
        for (const one of this.addressed(lower, at)) this.record(lower, one, 'suppressed');
      }
      const addressed = ofRun.flatMap((one) => this.addressed(one, at));
      for (const one of [...addressed, ...overtaken]) {
        const made = this.record(highest, one, 'waiting');
        if (made !== null) fresh.push(made);
      }
    }
    this.compose(at, fresh);
  }

  private addressed({ rung, run }: PlainReminder, at: number): Addressed[] {
    const recipients = rung.to.flatMap((role) => this.people.recipients(role, run, dayOf(at)));
    return rung.channels.flatMap((channel) => recipients.map((recipient) => ({ recipient, channel })));
  }

  /** Rule 1: one delivery for each reminder, recipient and channel. */
  private record(
    reminder: PlainReminder,
    { recipient, channel }: Addressed,
    status: 'waiting' | 'suppressed',
  ): PlainDelivery | null {
    const isKnown = this.deliveries.some(
      (one) => one.reminder === reminder && one.recipient === recipient && one.channel === channel,
    );
    if (isKnown) return null;
    const made: PlainDelivery = { reminder, recipient, channel, status, message: null };
    this.deliveries.push(made);
    return made;
  }

  /** Rule 5: those of one run for one person and channel are one message. */
  private compose(at: number, fresh: readonly PlainDelivery[]): void {
    const leavesAt = this.calendar.leaves(at);
    const composed: PlainMessage[] = [];
    for (const delivery of fresh) {
      const { recipient, channel } = delivery;
      let message = composed.find((one) => one.recipient === recipient && one.channel === channel);
      if (message === undefined) {
        message = { recipient, channel, leavesAt, sentAt: null };
        composed.push(message);
      }
      delivery.message = message;
    }
    this.messages.push(...composed);
  }

  /** Rules 4 and 5: what may leave now leaves, but not to people who have left. */
  deliver(at: number): void {
    for (const message of this.messages) {
      const carried = this.waiting().filter((one) => one.message === message);
      if (carried.length === 0 || message.leavesAt > at) continue;
      if (!this.calendar.isSending(at)) {
        message.leavesAt = this.calendar.leaves(at);
      } else if (this.people.isActive(message.recipient)) {
        message.sentAt = at;
        for (const delivery of carried) delivery.status = 'sent';
      } else this.suppress(carried);
    }
  }

  private waiting(): PlainDelivery[] {
    return this.deliveries.filter(({ status }) => status === 'waiting');
  }

  private suppress(deliveries: readonly PlainDelivery[]): void {
    for (const delivery of deliveries) delivery.status = 'suppressed';
  }
}

interface Addressed {
  recipient: string;
  channel: PlainChannel;
}
