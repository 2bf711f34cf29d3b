import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { bearersOf, nextLive } from '../cases/live-subjects.js';
import { subjectClocks } from '../cases/subject-clocks.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { requireSound } from './change-policy.js';
import { dueRungs, nextSending } from './due-rungs.js';
import type { DeadlineClass, Ladder, Rung } from './ladder.js';
import { LaddersInForce } from './ladders-in-force.js';
import { planRungs } from './plan-rungs.js';
import { Policies } from './policies.js';
import { PolicyPreview, type PreviewedRun } from './policy-preview.js';
import type { PolicyPreviewView } from './preview.dto.js';
import { knownReminders, runKey } from './known-reminders.js';
import {
  type AskedRung,
  HAS_ADDRESS,
  type Recipients,
  RecipientFinder,
  type Reminded,
} from './recipients.js';

const SUBJECTS_A_BATCH = 500;
/** Who waits for an answer gets what was found by then, and is told that it is not all. */
const WITHIN_MS = 5_000;

/** What lower rungs have recorded and nobody has claimed: the sweep gives it to the rung that goes (`taken_over`). */
const LEFT_BY_LOWER = `
SELECT DISTINCT k.id, o.id AS "officialId", o.name, p.channel, ${HAS_ADDRESS} AS "hasAddress"
  FROM unnest($1::int[], $2::text[], $3::uuid[], $4::int[]) AS k(id, clock, clock_run_id, offset_working_days)
  JOIN reminders lower ON lower.clock_run_id = k.clock_run_id AND lower.clock = k.clock AND lower.state = 'recorded'
                      AND lower.offset_working_days < k.offset_working_days AND lower.is_running
  JOIN deliveries p ON p.reminder_id = lower.id AND p.status = 'pending'
  JOIN officials o ON o.id = p.official_id`;

/** Says whom another ladder would remind in the next sweep, were it saved now. It reads, and neither writes nor locks. */
@Injectable()
export class PreviewPolicy {
  constructor(
    private readonly reader: Reader,
    private readonly policies: Policies,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
    private readonly recipients: RecipientFinder,
  ) {}

  /** @throws Refusal 400 LADDER_INVALID */
  async run(
    appliesTo: DeadlineClass,
    rungs: readonly Rung[],
    withinMs = WITHIN_MS,
  ): Promise<PolicyPreviewView> {
    requireSound(appliesTo, rungs);
    const startedAt = performance.now();
    await this.policies.reload();
    const versions = await this.policies.all();
    const inForce = new LaddersInForce<Ladder>(versions);
    const proposed = [...versions, { version: inForce.newest + 1, appliesTo, rungs }];
    const wanted: Wanted = { inForce, ladders: new LaddersInForce<Ladder>(proposed), versions: proposed };
    const sending = nextSending(this.clock.now(), await this.calendars.current(), this.office);
    const preview = new PolicyPreview(appliesTo, sending);
    let position: string | null = null;
    do {
      const next = await nextLive(this.reader, position, SUBJECTS_A_BATCH);
      preview.add(await this.runsOf(next, wanted, sending), next.length);
      position = next.length < SUBJECTS_A_BATCH ? null : (next.at(-1)?.id ?? null);
    } while (position !== null && performance.now() - startedAt < withinMs);
    return preview.view(position === null);
  }

  /** The clock runs of these subjects of which something would go. */
  private async runsOf(
    refs: Parameters<typeof bearersOf>[1],
    { inForce, ladders, versions }: Wanted,
    { on, at }: ReturnType<typeof nextSending>,
  ): Promise<PreviewedRun[]> {
    const [calendar, now] = [await this.calendars.current(), this.clock.now()];
    const bearers = await bearersOf(this.reader, refs, 'unlocked');
    const known = await knownReminders(
      this.reader,
      bearers.map(({ row }) => row.id),
    );
    const runs = bearers.flatMap((bearer) => {
      const { caseId, problemId, clocks } = subjectClocks(bearer);
      return clocks.flatMap((clock) => {
        const { version, rungs } = ladders.of(clock.complexity);
        // Whose ladder stays as it is, is not what is asked about.
        if (version === inForce.of(clock.complexity).version) return [];
        const planned = planRungs(clock, rungs, now, calendar, this.office);
        const due = dueRungs(planned, version, known.get(runKey(clock)) ?? [], { now, at });
        return due.length === 0 ? [] : [{ number: bearer.row.number, caseId, problemId, clock, due }];
      });
    });
    const asked = runs.flatMap(({ caseId, problemId, clock, due }, run) =>
      due.map(({ code, policyVersion }): AskedRung => ({
        id: run,
        highestId: run,
        rung: code,
        policyVersion,
        clockRunId: clock.runId,
        caseId,
        problemId,
        assignmentId: clock.assignmentId,
      })),
    );
    const recipients = await this.recipients.find(asked, versions, on);
    await this.addLeft(runs, recipients);
    return runs.map((run, id) => ({ ...run, ...(recipients.get(id) ?? NOBODY) }));
  }

  private async addLeft(
    runs: ReadonlyArray<Pick<PreviewedRun, 'clock' | 'due'>>,
    recipients: Map<number, Recipients>,
  ): Promise<void> {
    if (runs.length === 0) return;
    const left = await this.reader.query<Reminded & { id: number }>(LEFT_BY_LOWER, [
      runs.map((_run, id) => id),
      runs.map(({ clock }) => clock.kind),
      runs.map(({ clock }) => clock.runId),
      runs.map(({ due }) => due.at(-1)?.offsetWorkingDays),
    ]);
    for (const { id, ...person } of left) {
      const known = recipients.get(id) ?? { ...NOBODY, people: [] };
      recipients.set(id, known);
      const isKnown = known.people.some(
        ({ officialId, channel }) => officialId === person.officialId && channel === person.channel,
      );
      if (!isKnown) known.people.push(person);
    }
  }
}

const NOBODY: Recipients = { people: [], emptyDuties: [] };

interface Wanted {
  inForce: LaddersInForce;
  ladders: LaddersInForce;
  versions: readonly Ladder[];
}
