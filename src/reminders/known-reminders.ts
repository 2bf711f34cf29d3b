import type { RunningClock } from '../cases/deadlines/clocks.js';
import type { Reader } from '../platform/database/reader.js';
import type { KnownReminder } from './due-rungs.js';

const KNOWN = `
SELECT clock AS kind, clock_run_id AS "runId", deadline_version AS "deadlineVersion", rung, state,
       offset_working_days AS "offsetWorkingDays", policy_version AS "policyVersion", fires_at AS "firesAt"
  FROM reminders WHERE subject_id = ANY ($1::uuid[])`;

type Run = Pick<RunningClock, 'kind' | 'runId' | 'deadlineVersion'>;

/** Names one deadline version of one clock run. */
export const runKey = ({ kind, runId, deadlineVersion }: Run): string =>
  `${kind} ${runId} ${deadlineVersion}`;

/** The reminders that there are of cases and problems, by {@link runKey}. */
export async function knownReminders(
  reader: Reader,
  subjectIds: readonly string[],
): Promise<Map<string, KnownReminder[]>> {
  const known = new Map<string, KnownReminder[]>();
  for (const row of await reader.query<KnownReminder & Run>(KNOWN, [subjectIds])) {
    const key = runKey(row);
    const ofRun = known.get(key);
    if (ofRun === undefined) known.set(key, [row]);
    else ofRun.push(row);
  }
  return known;
}
