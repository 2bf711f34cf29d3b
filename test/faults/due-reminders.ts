import { type AssignedCase, handling, type ReminderWorld } from '../support/reminder-world.js';
import type { Seeded } from './seeded.js';

type Role = 'official' | 'liaison' | 'head' | 'paired_leader' | 'task_force';

/** The ladder of the domain page, for the rungs that can be due here; written again, not read from the product. */
const RECIPIENTS: Record<string, readonly Role[]> = {
  due_soon: ['official'],
  due_today: ['official', 'liaison'],
  overdue: ['official', 'liaison', 'paired_leader'],
  supervise: ['head', 'task_force'],
};
const CHANNELS = ['email', 'sms'] as const;

/** A time of the year in which reminders are due at once. */
export interface Season {
  /** Where the round begins, whatever the hour outside. */
  startsAt: Date;
  /** Before the first of all rungs: what is armed later than its day is not armed. */
  armedAt: string;
  /** Deadlines, and the rungs due for each when the round begins, lowest first. */
  deadlines: ReadonlyArray<readonly [dueAt: string, rungs: readonly string[]]>;
}

/** A working day's morning in a week without holidays. */
export const NOVEMBER: Season = {
  startsAt: new Date('2021-11-08T10:00:00+08:00'),
  armedAt: '2021-10-25T10:00:00+08:00',
  deadlines: [
    ['2021-11-11T18:00:00+08:00', ['due_soon']],
    ['2021-11-08T18:00:00+08:00', ['due_soon', 'due_today']],
    ['2021-11-05T18:00:00+08:00', ['due_soon', 'due_today', 'overdue']],
    ['2021-11-01T18:00:00+08:00', ['due_soon', 'due_today', 'overdue', 'supervise']],
  ],
};

/** The last working evening of a year, before three days off; nothing more falls due on the first working day. */
export const YEAR_END: Season = {
  startsAt: new Date('2021-12-31T20:59:30+08:00'),
  armedAt: '2021-12-10T10:00:00+08:00',
  deadlines: [
    ['2022-01-06T18:00:00+08:00', ['due_soon']],
    ['2021-12-30T18:00:00+08:00', ['due_soon', 'due_today', 'overdue']],
    ['2021-12-24T18:00:00+08:00', ['due_soon', 'due_today', 'overdue', 'supervise']],
  ],
};
const CASES_A_LEADER = 8;
const NUMBERS_KEPT = 10_000;

export interface DueCase extends AssignedCase {
  number: string;
  rungs: readonly string[];
  people: Record<Role, readonly string[]>;
}

/** What happened to a case that was closed while reminders of it went out. */
export interface Closing {
  number: string;
  caseId: string;
  /** Deliveries that nobody had claimed when it was closed. */
  unclaimed: string[];
  /** All of them. */
  isWhollyUnclaimed: boolean;
}

/** Cases whose reminders are due at once, and what must come of each. */
export class DueReminders {
  readonly cases: DueCase[] = [];
  readonly closings: Closing[] = [];
  private taskForce: string[] = [];
  private readonly others: string[] = [];

  constructor(
    private readonly world: ReminderWorld,
    private readonly season: Season,
  ) {}

  async open(): Promise<void> {
    await this.world.open();
    // These cases are numbered by hand; those that come by the API must not meet them.
    await this.world.query(`SELECT nextval('case_numbers') FROM generate_series(1, $1)`, [NUMBERS_KEPT]);
    const { taskForceId } = this.world;
    for (const name of ['专班一', '专班二'])
      this.taskForce.push(await this.world.official(taskForceId, name));
  }

  /** Makes so many cases, each with an official of its own, in one department. */
  async add(count: number, random: Seeded): Promise<void> {
    this.world.clock.set(this.season.armedAt);
    const department = await this.world.department(`市第${this.cases.length}局`);
    const person = (name: string, duty?: 'liaison' | 'head' | 'leader') =>
      this.world.official(department, name, duty === undefined ? {} : { duty });
    const [liaison, head] = [await person('联络', 'liaison'), await person('局长', 'head')];
    let leader = '';
    for (let made = 0; made < count; made += 1) {
      if (made % CASES_A_LEADER === 0) leader = await person(`领导${made}`, 'leader');
      const [dueAt, rungs] = random.pick(this.season.deadlines);
      const official = await person(`承办${made}`);
      const of = await this.world.assignedCase(department, official, dueAt);
      await this.world.pair(of.enterpriseId, leader);
      await this.world.announce([of, [handling(of)]]);
      const [row] = await this.world.query<{ number: string }>('SELECT number FROM cases WHERE id = $1', [
        of.caseId,
      ]);
      const people = {
        official: [official],
        liaison: [liaison],
        head: [head],
        paired_leader: [leader],
        task_force: this.taskForce,
      };
      this.cases.push({ ...of, number: row?.number ?? '', rungs, people });
    }
  }

  /** Every delivery that there must be, one line each: the highest rung reminds for all, the lower ones are written off. */
  expected(): string[] {
    return this.cases
      .flatMap((one) => {
        const highest = one.rungs.at(-1) ?? '';
        const lines = one.rungs.flatMap((rung) =>
          recipientsOf(one, rung).flatMap((person) =>
            CHANNELS.flatMap((channel) => [
              `${one.caseId} ${rung} 1 ${person} ${channel}`,
              `${one.caseId} ${highest} 1 ${person} ${channel}`,
            ]),
          ),
        );
        return [...new Set(lines)];
      })
      .concat(this.others);
  }

  /** Deliveries of cases that are not among these, said in the same way. */
  expectAlso(lines: readonly string[]): void {
    for (const line of lines) this.others.push(line);
  }

  /** Closes a case while its reminders are on their way, and keeps what nobody had claimed by then. */
  async closeCase(of: DueCase, now: Date): Promise<void> {
    this.world.clock.set(now);
    await this.world.transactions.run(async (tx) => {
      const closed = { caseId: of.caseId, subjectId: of.caseId, problemId: null, clocks: [] };
      await this.world.changes.announce(tx, [closed]);
      await tx.query(`UPDATE cases SET status = 'terminated' WHERE id = $1`, [of.caseId]);
      const deliveries = await tx.query<{ id: string; isUnclaimed: boolean }>(
        `SELECT d.id, d.status IN ('pending', 'suppressed') AS "isUnclaimed"
           FROM deliveries d JOIN reminders r ON r.id = d.reminder_id WHERE r.subject_id = $1`,
        [of.caseId],
      );
      const unclaimed = deliveries.filter(({ isUnclaimed }) => isUnclaimed).map(({ id }) => id);
      const isWhollyUnclaimed = unclaimed.length === deliveries.length;
      this.closings.push({ number: of.number, caseId: of.caseId, unclaimed, isWhollyUnclaimed });
    });
  }
}

const recipientsOf = (one: DueCase, rung: string): string[] =>
  (RECIPIENTS[rung] ?? []).flatMap((role) => one.people[role]);
