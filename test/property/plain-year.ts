import { PlainClocks } from './plain-clocks.js';
import { dayOf, nameOf, type PlainCalendar } from './plain-days.js';
import { type PlainClass, PlainLadder, type PlainRung } from './plain-ladder.js';
import { PlainPeople } from './plain-people.js';

/** A year as the domain page has it, told one change after the other. */
export class PlainYear {
  readonly people = new PlainPeople();
  readonly clocks: PlainClocks;
  readonly ladder: PlainLadder;
  /** What happened, for whoever has to find out why something else came of it. */
  readonly story: string[] = [];

  constructor(
    readonly calendar: PlainCalendar,
    rungs: readonly PlainRung[],
    smsADay: number,
  ) {
    this.clocks = new PlainClocks(calendar);
    this.ladder = new PlainLadder(calendar, this.people, rungs, smsADay);
  }

  /** Rule 3: a change and what it does to reminders are one. */
  change(at: number, what: string, work: (clocks: PlainClocks) => void): void {
    this.tell(at, what);
    work(this.clocks);
    this.ladder.plan(at, this.clocks.takeChanged());
  }

  endHolds(at: number): void {
    for (const name of this.clocks.heldUntil(dayOf(at))) {
      // It may have gone on with its case.
      if (this.clocks.subject(name).state !== 'on_hold') continue;
      this.change(at, `the hold of ${name} is over`, (clocks) => clocks.resume(at, name));
    }
  }

  handOver(at: number, from: string, to: string): void {
    const today = dayOf(at);
    this.change(at, `${from} hands over to ${to}`, (clocks) => clocks.handOver(at, from, to));
    for (const pairing of this.people.paired(from)) {
      const isTwice = this.people.paired(to).some(({ enterprise }) => enterprise === pairing.enterprise);
      if (pairing.from >= today && !isTwice) pairing.leader = to;
      else {
        pairing.until = today - 1;
        if (!isTwice) this.people.pairings.push({ ...pairing, leader: to, from: today, until: null });
      }
    }
    this.ladder.handOver(from, to);
  }

  edit(at: number, of: PlainClass, rungs: readonly PlainRung[]): void {
    this.tell(
      at,
      `another ladder, ${of}: ${rungs.map(({ name, workingDays }) => `${name} ${workingDays}`).join()}`,
    );
    this.ladder.edit(at, of, rungs, this.clocks.runs);
  }

  tell(at: number, what: string): void {
    this.story.push(`${wordsOf(at)} ${what}`);
  }
}

/** A moment as the office reads it. */
export const wordsOf = (at: number): string => {
  const minutes = Math.floor(at / 60_000) + 8 * 60 - dayOf(at) * 24 * 60;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${nameOf(dayOf(at))} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};
