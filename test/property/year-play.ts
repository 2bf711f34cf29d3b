import { Refusal } from '../../src/platform/errors/refusal.js';
import type { PlainClocks, PlainSubject } from './plain-clocks.js';
import { dayOf, momentOf, nameOf } from './plain-days.js';
import type { PlainPerson } from './plain-people.js';
import { type PlainYear, wordsOf } from './plain-year.js';
import { actOn } from './year-acts.js';
import { ENTERPRISES, type Start } from './year-start.js';
import { type Deed, moved, pick, type Step } from './year-steps.js';
import type { YearWorld } from './year-world.js';

const DAY = 86_400_000;
/** How long workers stay away. */
const AWAY = [0.1, 0.6, 1, 3, 6, 12, 25];

/** Plays the steps of a year on the product and, where the product accepts them, on the year of the page. */
export class YearPlay {
  readonly tally = { done: 0, refused: 0 };
  at: number;
  private sweepsFrom = Number.NEGATIVE_INFINITY;
  private last: PlainSubject | null = null;
  private sendsFrom = Number.NEGATIVE_INFINITY;
  /** The extension asked for last, by case or problem. */
  readonly extensions = new Map<string, { id: string; dueOn: number }>();

  constructor(
    readonly world: YearWorld,
    readonly year: PlainYear,
    private readonly given: Start,
  ) {
    this.at = momentOf(given.from, 9);
  }

  async take(step: Step): Promise<void> {
    this.moveTo(moved(this.at, step.move));
    await this.look(step.look);
    await this.deeds[step.deed](step);
  }

  /** The workers do what they do, if they are there. */
  async look({ isEndingHolds, isSweeping, isDelivering }: Step['look']): Promise<void> {
    const { world, year, at } = this;
    if (isEndingHolds && at >= this.sweepsFrom) {
      await world.world.holds.run();
      year.endHolds(at);
    }
    if (isSweeping && at >= this.sweepsFrom) {
      await world.sweep();
      year.ladder.sweep(at);
    }
    if (isDelivering && at >= this.sendsFrom) {
      const arrived = await world.deliver();
      year.ladder.deliver(at);
      if (arrived > 0 && !year.calendar.isSending(at))
        throw new Error(`${arrived} messages were sent at ${wordsOf(at)}`);
    }
  }

  /** Everybody is there again, in the middle of a working day. */
  async quietDown(): Promise<void> {
    this.sweepsFrom = this.sendsFrom = Number.NEGATIVE_INFINITY;
    const { calendar } = this.year;
    const on = calendar.step(dayOf(this.at), 1);
    this.moveTo(calendar.given(on) - DAY / 4);
    await this.look({ isEndingHolds: true, isSweeping: true, isDelivering: true });
  }

  get today(): number {
    return dayOf(this.at);
  }

  /** What the product takes, happens in the year of the page. */
  private async attempt(
    what: string,
    work: () => Promise<unknown>,
    said: (clocks: PlainClocks) => void,
  ): Promise<void> {
    if (await this.isTaken(what, work)) this.year.change(this.at, what, said);
  }

  /** @returns whether the product took it; if not, it refused */
  private async isTaken(what: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.tally.done += 1;
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw new Error(`at ${wordsOf(this.at)}: ${what}`, { cause: error });
      this.tally.refused += 1;
      return false;
    }
  }

  private readonly deeds: Record<Deed, (step: Step) => Promise<unknown>> = {
    nothing: async () => undefined,
    act: async (step) => {
      // What was done is often taken back soon after: a hold, a request to close.
      const isLast = step.target % 4 === 0 && this.last !== null && this.last.state !== 'gone';
      const subject = (isLast ? this.last : pick(this.living(), step.target)) ?? null;
      this.last = subject;
      const act = subject === null ? null : actOn(this, subject, step);
      if (act !== null) await this.attempt(act.what, act.work, act.said);
    },
    report: (step) => this.report(step),
    co_handle: (step) => this.giveOpinion(step),
    people: (step) => this.changePeople(step),
    deputise: (step) => this.deputise(step),
    pair: (step) => this.pair(step),
    hand_over: (step) => this.handOver(step),
    edit_ladder: (step) => this.editLadder(step),
    no_sweeper: async ({ choice }) => {
      this.sweepsFrom = this.at + (pick(AWAY, choice) ?? 0) * DAY;
      this.year.tell(this.at, `no sweeps until ${wordsOf(this.sweepsFrom)}`);
    },
    no_sender: async ({ choice }) => {
      this.sendsFrom = this.at + (pick(AWAY, choice) ?? 0) * DAY;
      this.year.tell(this.at, `nothing is sent until ${wordsOf(this.sendsFrom)}`);
    },
  };

  private moveTo(at: number): void {
    this.at = at;
    this.world.clock.set(new Date(at));
  }

  private living(): PlainSubject[] {
    return [...this.year.clocks.subjects.values()].filter(({ state }) => state !== 'gone');
  }

  private async report({ target, choice }: Step): Promise<void> {
    const { world, year, at } = this;
    const enterprise = `factory${(target % ENTERPRISES) + 1}`;
    const owner = this.living().find(
      (one) =>
        one.enterprise === enterprise &&
        one.of === null &&
        one.name.startsWith('case') &&
        one.state !== 'resolved',
    );
    const isCase = choice % 3 > 0;
    const name = `${isCase ? 'case' : 'problem'}${year.clocks.subjects.size + 1}`;
    await this.attempt(
      `report ${name} of ${enterprise}`,
      async () => {
        const enterpriseId = world.id(enterprise);
        const id = isCase
          ? await world.reportCase.run(world.taskForce, { enterpriseId, distressType: 'stalled' })
          : await world.reportProblem.ofEnterprise(world.taskForce, enterpriseId, {
              title: '用地手续未办',
              category: 'land',
              cause: 'government',
            });
        world.called(name, id);
      },
      (clocks) => clocks.report(at, name, enterprise, isCase ? null : (owner?.name ?? null)),
    );
  }

  private async giveOpinion({ target }: Step): Promise<void> {
    const { world, year, at } = this;
    const run = pick(
      year.clocks.runs.filter(({ clock, isRunning }) => clock === 'co_handle' && isRunning),
      target,
    );
    if (run === undefined) return;
    const rows = await world.world.query<{ id: string }>(
      `SELECT h.id FROM co_handlers h JOIN assignments a ON a.id = h.assignment_id
        WHERE $1 IN (a.case_id, a.problem_id) ORDER BY h.id`,
      [world.id(run.subject.name)],
    );
    const id = rows[Number(run.id.split(' ').at(-1)) - 1]?.id ?? '';
    const { actor } = world.desk(run.concerned.department);
    await this.attempt(
      `opinion of ${run.concerned.department} on ${run.id}`,
      () => world.giveOpinion.run(actor, id, '同意'),
      (clocks) => clocks.opinion(at, run.id),
    );
  }

  private async changePeople({ target, choice }: Step): Promise<void> {
    const person = this.somebody(target);
    const isOfAnotherDuty = choice % 3 === 0 && person.duty !== 'leader';
    const duty = pick(['head', 'liaison', 'handler'] as const, choice / 3) ?? 'handler';
    await this.world.change(person, isOfAnotherDuty ? { duty } : { isActive: !person.isActive });
    this.year.tell(this.at, `${person.name} is ${person.isActive ? 'active' : 'inactive'}, ${person.duty}`);
  }

  private async deputise({ target, choice, days }: Step): Promise<void> {
    const { world, year, today } = this;
    const [of, by] = [this.anybody(target).name, this.anybody(choice).name];
    const [from, until] = [today + (choice % 3), today + (choice % 3) + days];
    const what = `${by} stands in for ${of} from ${nameOf(from)} to ${nameOf(until)}`;
    const isDone = await this.isTaken(what, () =>
      world.deputies.add(world.id(of), {
        deputyId: world.id(by),
        fromOn: nameOf(from),
        toOn: nameOf(until),
      }),
    );
    if (!isDone) return;
    year.people.standIns.push({ of, by, from, until });
    year.tell(this.at, what);
  }

  private async pair({ target, choice }: Step): Promise<void> {
    const { world, year, today } = this;
    const enterprise = `factory${(target % ENTERPRISES) + 1}`;
    const paired = year.people.pairings.filter((one) => one.enterprise === enterprise && one.until === null);
    const leader = pick(this.in('leaders'), choice)?.name ?? '';
    const ended = pick(
      paired.filter(({ from }) => from <= today),
      choice,
    );
    if (ended !== undefined && choice % 2 === 0) {
      await world.unpair(ended, today);
      year.tell(this.at, `${ended.leader} is not paired with ${enterprise} from tomorrow on`);
    } else if (!paired.some((one) => one.leader === leader)) {
      await world.pair(year, enterprise, leader, today);
      year.tell(this.at, `${leader} is paired with ${enterprise}`);
    }
  }

  private async handOver({ target, choice }: Step): Promise<void> {
    const { world, year } = this;
    const from = this.somebody(target);
    const to = pick(
      this.in(from.department).filter((one) => one !== from),
      choice,
    );
    if (to === undefined) return;
    const what = `${from.name} hands over to ${to.name}`;
    const request = { to: [{ officialId: world.id(to.name) }] };
    const isDone = await this.isTaken(what, () =>
      world.handover.run(world.taskForce, world.id(from.name), request),
    );
    if (isDone) year.handOver(this.at, from.name, to.name);
  }

  /** Of all deadlines, or of those of one complexity, which may lose its own again. */
  private async editLadder({ target, choice }: Step): Promise<void> {
    const { world, year, given } = this;
    const of = pick(['default', 'default', 'simple', 'general', 'complex'] as const, target) ?? 'default';
    const rungs = of !== 'default' && choice % 4 === 0 ? [] : (pick(given.edits, choice) ?? []);
    const { version } = year.ladder.policyOf(of);
    if (await this.isTaken(`another ladder, ${of}`, () => world.editLadder(of, rungs, version)))
      year.edit(this.at, of, rungs);
  }

  in(department: string): PlainPerson[] {
    return [...this.year.people.people.values()].filter((one) => one.department === department);
  }

  /** In every other case one for whom a message waits, if there is any. */
  private somebody(target: number): PlainPerson {
    const waiting = [...this.year.people.people.values()].filter(({ name }) =>
      this.year.ladder.isWaitingFor(name),
    );
    return (target % 2 === 0 ? pick(waiting, target / 2) : undefined) ?? this.anybody(target);
  }

  private anybody(target: number): PlainPerson {
    const found = pick([...this.year.people.people.values()], target);
    if (found === undefined) throw new Error('a year without people');
    return found;
  }
}
