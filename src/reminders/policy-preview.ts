import type { RunningClock } from '../cases/deadlines/clocks.js';
import type { DueRung } from './due-rungs.js';
import type { DeadlineClass } from './ladder.js';
import type { PolicyPreviewView, PreviewedReminderView, RungCountView } from './preview.dto.js';
import type { Recipients } from './recipients.js';

/** A clock run of which a rung would go, with whom it would remind. */
export interface PreviewedRun extends Recipients {
  number: string;
  caseId: string | null;
  problemId: string | null;
  clock: RunningClock;
  /** Lowest first: the last goes. */
  due: readonly DueRung[];
}

/** What is listed one by one; the rest is counted. */
const MOST_LISTED = 100;

/** Counts what a ladder would do, and keeps the first of it. */
export class PolicyPreview {
  private subjects = 0;
  private superseded = 0;
  private readonly people = new Set<string>();
  private readonly byRung = new Map<string, RungCountView>();
  private readonly items: PreviewedReminderView[] = [];

  constructor(
    private readonly appliesTo: DeadlineClass,
    private readonly sending: { on: string; isToday: boolean; at: Date },
  ) {}

  add(runs: readonly PreviewedRun[], subjects: number): void {
    this.subjects += subjects;
    for (const run of runs) this.addRun(run);
  }

  view(isComplete: boolean): PolicyPreviewView {
    const { on, isToday, at } = this.sending;
    const byRung = [...this.byRung.values()].toSorted((one, other) => (one.rung < other.rung ? -1 : 1));
    const sum = (of: (rung: RungCountView) => number): number =>
      byRung.reduce((total, rung) => total + of(rung), 0);
    return {
      appliesTo: this.appliesTo,
      sendsOn: on,
      sendsAt: at,
      isSendingToday: isToday,
      isComplete,
      subjects: this.subjects,
      reminders: sum(({ reminders }) => reminders),
      superseded: this.superseded,
      deliveries: sum(({ channels }) => channels.reduce((total, { deliveries }) => total + deliveries, 0)),
      people: this.people.size,
      byRung,
      items: this.items,
    };
  }

  private addRun({ number, caseId, problemId, clock, due, people, emptyDuties }: PreviewedRun): void {
    const [highest, ...lower] = due.toReversed();
    if (highest === undefined) return;
    const rung = highest.code;
    this.superseded += lower.length;
    const count = this.byRung.get(rung) ?? { rung, reminders: 0, channels: [] };
    this.byRung.set(rung, count);
    count.reminders += 1;
    for (const { officialId, channel, hasAddress } of people) {
      this.people.add(officialId);
      let ofChannel = count.channels.find((known) => known.channel === channel);
      if (ofChannel === undefined) {
        ofChannel = { channel, deliveries: 0, withoutAddress: 0 };
        count.channels.push(ofChannel);
      }
      ofChannel.deliveries += 1;
      if (!hasAddress) ofChannel.withoutAddress += 1;
    }
    if (this.items.length === MOST_LISTED) return;
    this.items.push({
      number,
      caseId,
      problemId,
      clock: clock.kind,
      deadlineAt: clock.deadlineAt,
      rung,
      supersedes: lower.map(({ code }) => code),
      recipients: byPerson(people),
      emptyDuties,
    });
  }
}

function byPerson(people: Recipients['people']): PreviewedReminderView['recipients'] {
  const persons = new Map<string, PreviewedReminderView['recipients'][number]>();
  for (const { officialId, name, channel } of people) {
    const person = persons.get(officialId) ?? { officialId, name, channels: [] };
    person.channels.push(channel);
    persons.set(officialId, person);
  }
  return [...persons.values()];
}
