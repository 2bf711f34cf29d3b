import type { RunningClock } from '../cases/deadlines/clocks.js';
import type { Reader } from '../platform/database/reader.js';
import type { ExplainedDeliveryView } from './explanation.dto.js';
import type { RememberedReminder } from './explain-clock.js';
import type { RecipientRole } from './ladder.js';

/** The reminders of cases and problems, newest first. */
const KNOWN = `
SELECT id, clock AS kind, clock_run_id AS "runId", deadline_version AS "deadlineVersion", deadline_at AS "deadlineAt",
       rung, state, offset_working_days AS "offsetWorkingDays", policy_version AS "policyVersion",
       fires_at AS "firesAt", recorded_at AS "recordedAt", empty_duties AS "emptyDuties",
       case_id AS "caseId", problem_id AS "problemId", assignment_id AS "assignmentId"
  FROM reminders WHERE subject_id = ANY ($1::uuid[]) ORDER BY id DESC`;

const DELIVERIES = `
SELECT d.reminder_id AS "reminderId", d.official_id AS "officialId", o.name, d.channel, d.status, d.reason,
       d.sent_at AS "sentAt"
  FROM deliveries d JOIN officials o ON o.id = d.official_id
 WHERE d.reminder_id = ANY ($1::uuid[]) ORDER BY o.name, d.channel`;

type Run = Pick<RunningClock, 'kind' | 'runId' | 'deadlineVersion'>;

/** A reminder as it stands in its row. */
export interface ReminderRow extends RememberedReminder, Run {
  id: string;
  deadlineAt: Date;
  emptyDuties: RecipientRole[];
  caseId: string | null;
  problemId: string | null;
  assignmentId: string | null;
}

/** A delivery as it stands in its row. */
export interface DeliveryRow extends ExplainedDeliveryView {
  reminderId: string;
}

/** Names one deadline version of one clock run. */
export const runKey = ({ kind, runId, deadlineVersion }: Run): string =>
  `${kind} ${runId} ${deadlineVersion}`;

/** The reminders that there are of cases and problems, by {@link runKey}; what was planned last comes first. */
export async function knownReminders(
  reader: Reader,
  subjectIds: readonly string[],
): Promise<Map<string, ReminderRow[]>> {
  return grouped(await reader.query<ReminderRow>(KNOWN, [subjectIds]), runKey);
}

/** What became of reminders that fell due, by their ids. */
export async function knownDeliveries(
  reader: Reader,
  reminderIds: readonly string[],
): Promise<Map<string, DeliveryRow[]>> {
  const rows = await reader.query<DeliveryRow>(DELIVERIES, [reminderIds]);
  return grouped(rows, ({ reminderId }) => reminderId);
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
