import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { caseScope, problemScope } from '../access/scope.js';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { CLOCKS, type RunningClock } from '../cases/deadlines/clocks.js';
import { bearersOf } from '../cases/live-subjects.js';
import { type ClockBearer, subjectClocks } from '../cases/subject-clocks.js';
import { SUBJECT_TABLES, type SubjectRef } from '../cases/subject.js';
import { sendingTime } from '../notifications/sending-time.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { notFound } from '../platform/errors/refusal.js';
import { explainRungs, type Moment, type StopReason, whyNotRunning } from './explain-clock.js';
import type {
  ExplainedClockView,
  ExplainedDeliveryView,
  ReminderExplanationView,
} from './explanation.dto.js';
import {
  type DeliveryRow,
  knownDeliveries,
  knownReminders,
  type ReminderRow,
  runKey,
} from './known-reminders.js';
import { planRungs } from './plan-rungs.js';
import { Policies } from './policies.js';
import { type AskedRung, RecipientFinder } from './recipients.js';

/** Deadlines of clocks, those that run first: of a long story the newest part. */
const MOST_DEADLINES = 20;
const TO_COME: ReadonlySet<string> = new Set(['to_come', 'goes_now', 'waits_for_opening']);

/** A deadline of a clock: it runs by it, or has. */
interface Deadline {
  clock: Pick<RunningClock, 'kind' | 'runId' | 'deadlineAt' | 'deadlineVersion'>;
  running: RunningClock | null;
  reminders: ReminderRow[];
}

/** Says of a case or problem which rung comes when, to whom and why, or why not. */
@Injectable()
export class ExplainReminders {
  constructor(
    private readonly reader: Reader,
    private readonly policies: Policies,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
    private readonly recipients: RecipientFinder,
  ) {}

  /** Of a case or problem by its number. @throws Refusal 404 NOT_FOUND */
  async byNumber(actor: Actor, number: string): Promise<ReminderExplanationView> {
    const [found] = await this.reader.query<SubjectRef>(
      `SELECT 'case' AS kind, id FROM cases WHERE number = $1
        UNION ALL SELECT 'problem', id FROM problems WHERE number = $1`,
      [number],
    );
    if (found === undefined) throw notFound('case', number);
    return this.run(actor, found);
  }

  /** @throws Refusal 404 NOT_FOUND where it is absent or out of the actor's scope */
  async run(actor: Actor, ref: SubjectRef): Promise<ReminderExplanationView> {
    const bearer = await this.bearer(actor, ref);
    await this.policies.reload();
    const now = this.clock.now();
    const opensAt = sendingTime(now, await this.calendars.current(), this.office);
    const deadlines = await this.deadlinesOf(bearer);
    const clocks = await this.explain(bearer, deadlines, { now, opensAt });
    const never = CLOCKS.filter((kind) => !deadlines.some(({ clock }) => clock.kind === kind));
    return {
      number: bearer.row.number,
      status: bearer.row.status,
      at: now,
      opensAt,
      clocks: [
        ...clocks,
        ...never.map((kind) => ({
          clock: kind,
          isRunning: false,
          reason: whyNotRunning(kind, bearer.row, false),
          clockRunId: null,
          deadlineAt: null,
          deadlineVersion: null,
          policyVersion: null,
          rungs: [],
        })),
      ],
    };
  }

  private async bearer(actor: Actor, ref: SubjectRef): Promise<ClockBearer> {
    const scope = (ref.kind === 'case' ? caseScope : problemScope)(actor, 's', 2);
    const seen = await this.reader.query(
      `SELECT 1 FROM ${SUBJECT_TABLES[ref.kind]} s WHERE s.id = $1 AND ${scope.sql}`,
      [ref.id, ...scope.parameters],
    );
    const [bearer] = seen.length === 0 ? [] : await bearersOf(this.reader, [ref], 'unlocked');
    if (bearer === undefined) throw notFound(ref.kind, ref.id);
    return bearer;
  }

  /** Those by which clocks run, then those that have reminders, the newest first. */
  private async deadlinesOf(bearer: ClockBearer): Promise<Deadline[]> {
    const known = await knownReminders(this.reader, [bearer.row.id]);
    const running = subjectClocks(bearer).clocks.map((clock): Deadline => ({
      clock,
      running: clock,
      reminders: known.get(runKey(clock)) ?? [],
    }));
    const names = new Set(running.map(({ clock }) => runKey(clock)));
    const past = [...known]
      .filter(([name]) => !names.has(name))
      .flatMap(([, reminders]): Deadline[] => {
        const [first] = reminders;
        return first === undefined ? [] : [{ clock: first, running: null, reminders }];
      });
    return [...running, ...past].slice(0, MOST_DEADLINES);
  }

  private async explain(
    bearer: ClockBearer,
    deadlines: readonly Deadline[],
    moment: Moment,
  ): Promise<ExplainedClockView[]> {
    const [calendar, ladders] = [await this.calendars.current(), await this.policies.inForce()];
    const explained = deadlines.map(({ clock, running, reminders }) => {
      const ladder = running === null ? null : ladders.of(running.complexity);
      const planned =
        ladder === null ? [] : planRungs(clock, ladder.rungs, moment.now, calendar, this.office);
      const rungs = explainRungs(planned, reminders, running !== null, moment);
      return { clock, running, reminders, ladder, rungs };
    });
    // Whom a rung reminds is said by the ladder that it is armed by.
    const asked = explained.flatMap(({ reminders, rungs }) =>
      rungs
        .filter(({ fate }) => TO_COME.has(fate))
        .flatMap(({ code }) => reminders.filter(({ rung }) => rung === code)),
    );
    const people = await this.recipients.find(
      asked.map(askedRung),
      await this.policies.all(),
      this.office.dateOf(moment.now),
    );
    const deliveries = await knownDeliveries(
      this.reader,
      explained.flatMap(({ reminders }) => reminders.map(({ id }) => id)),
    );
    return explained.map(({ clock, running, reminders, ladder, rungs }) => ({
      clock: clock.kind,
      isRunning: running !== null,
      reason: running === null ? whyStopped({ clock, running, reminders }, deadlines, bearer) : null,
      clockRunId: clock.runId,
      deadlineAt: clock.deadlineAt,
      deadlineVersion: clock.deadlineVersion,
      policyVersion: ladder?.version ?? null,
      rungs: rungs.map(({ code, ...rung }) => {
        const reminder = reminders.find((known) => known.rung === code);
        const found = reminder === undefined ? undefined : people.get(asked.indexOf(reminder));
        return {
          ...rung,
          rung: code,
          recipients: found?.people ?? [],
          emptyDuties: found?.emptyDuties ?? reminder?.emptyDuties ?? [],
          deliveries: (deliveries.get(reminder?.id ?? '') ?? []).map(deliveryView),
        };
      }),
    }));
  }
}

const deliveryView = ({
  officialId,
  name,
  channel,
  status,
  reason,
  sentAt,
}: DeliveryRow): ExplainedDeliveryView => ({ officialId, name, channel, status, reason, sentAt });

const askedRung = (reminder: ReminderRow, id: number): AskedRung => ({
  id,
  highestId: id,
  rung: reminder.rung,
  policyVersion: reminder.policyVersion,
  clockRunId: reminder.runId,
  caseId: reminder.caseId,
  problemId: reminder.problemId,
  assignmentId: reminder.assignmentId,
});

/** A later deadline of the same run, or another assignment, comes before what the state of the case says. */
function whyStopped(
  { clock, reminders }: Deadline,
  deadlines: readonly Deadline[],
  { row }: ClockBearer,
): StopReason {
  const isNewer = ({ clock: other }: Deadline): boolean =>
    other.kind === clock.kind && other.runId === clock.runId && other.deadlineVersion > clock.deadlineVersion;
  if (deadlines.some(isNewer)) return 'deadline_changed';
  const assignmentId = reminders[0]?.assignmentId ?? null;
  if (assignmentId !== null && assignmentId !== row.assignmentId) return 'replaced';
  return whyNotRunning(clock.kind, row, true);
}
