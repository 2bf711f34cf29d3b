import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { CaseChanges, type ClocksChanged } from '../cases/case-changes.js';
import type { RunningClock } from '../cases/deadlines/clocks.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transactions.js';
import type { LaddersInForce } from './ladders-in-force.js';
import { PLAN_REMINDERS } from './plan-statement.js';
import { planRungs, type PlannedRung } from './plan-rungs.js';
import { Policies } from './policies.js';

/** Bounds the parameters of one statement; an import changes tens of thousands of subjects at once. */
const SUBJECTS_A_STATEMENT = 2_000;

/** Arms, re-arms and cancels reminders in the transaction of the change that causes it. */
@Injectable()
export class ReminderPlanner implements OnModuleInit {
  constructor(
    private readonly changes: CaseChanges,
    private readonly policies: Policies,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.changes.listen((tx, changes) => this.plan(tx, changes));
  }

  /** @param changes the clocks as they run now; of a subject that is in it twice, the last one counts. */
  async plan(tx: Transaction, changes: readonly ClocksChanged[]): Promise<void> {
    const latest = [...new Map(changes.map((change) => [change.subjectId, change])).values()];
    for (let from = 0; from < latest.length; from += SUBJECTS_A_STATEMENT)
      await this.planPart(tx, latest.slice(from, from + SUBJECTS_A_STATEMENT));
  }

  private async planPart(tx: Transaction, part: readonly ClocksChanged[]): Promise<void> {
    for (;;) {
      const ladders = await this.policies.inForce();
      const now = this.clock.now();
      const values = [...parameters(part, await this.rungsByClock(ladders, now)), now];
      // A plan made for all looks few subjects up; the thousands of an import want one of their own.
      const [known] = await (part.length === 1
        ? tx.prepared<{ newest: number }>(PLAN_REMINDERS, values)
        : tx.query<{ newest: number }>(PLAN_REMINDERS, values));
      if (known === undefined || known.newest <= ladders.newest) return;
      // Another process has edited a ladder since: nothing is left armed by what is out of force.
      await this.policies.reloadIn(tx);
    }
  }

  /** The cases of a ledger share few deadlines: each is planned once. */
  private async rungsByClock(
    ladders: LaddersInForce,
    now: Date,
  ): Promise<(clock: RunningClock) => RungOfVersion[]> {
    const calendar = await this.calendars.current();
    const known = new Map<string, RungOfVersion[]>();
    return (clock) => {
      const { version, rungs } = ladders.of(clock.complexity);
      const key = `${version} ${clock.kind} ${clock.deadlineAt.getTime()}`;
      const planned =
        known.get(key) ??
        planRungs(clock, rungs, now, calendar, this.office).map((rung) => ({ ...rung, version }));
      known.set(key, planned);
      return planned;
    };
  }
}

/** A rung on a clock, with the version of the ladder it is of. */
type RungOfVersion = PlannedRung & { version: number };
type Planned = [change: ClocksChanged, clock: RunningClock, rung: RungOfVersion];

/** Parameters 1 to 17 of the statement: columns, not rows. */
function parameters(
  changes: readonly ClocksChanged[],
  rungsOf: (clock: RunningClock) => RungOfVersion[],
): unknown[] {
  const clocks = changes.flatMap((change) => change.clocks);
  const planned = changes.flatMap((change) =>
    change.clocks.flatMap((clock) => rungsOf(clock).map((rung): Planned => [change, clock, rung])),
  );
  const column = <Value>(value: (...of: Planned) => Value): Value[] => planned.map((of) => value(...of));
  return [
    changes.map((change) => change.subjectId),
    clocks.map((clock) => clock.kind),
    clocks.map((clock) => clock.runId),
    clocks.map((clock) => clock.deadlineVersion),
    column((change) => change.subjectId),
    column((change) => change.caseId),
    column((change) => change.problemId),
    column((_change, clock) => clock.assignmentId),
    column((_change, clock) => clock.kind),
    column((_change, clock) => clock.runId),
    column((_change, _clock, rung) => rung.code),
    column((_change, _clock, rung) => rung.offsetWorkingDays),
    column((_change, clock) => clock.deadlineVersion),
    column((_change, clock) => clock.deadlineAt),
    column((_change, _clock, rung) => rung.firesAt),
    column((_change, _clock, rung) => rung.isArmable),
    column((_change, _clock, rung) => rung.version),
  ];
}
