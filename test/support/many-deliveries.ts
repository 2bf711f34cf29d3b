import type { AssignedCase, ReminderWorld } from './reminder-world.js';

/** Recorded reminders of a case, each with a delivery to one person that no message carries yet. */
export async function manyDeliveries(
  world: ReminderWorld,
  of: AssignedCase,
  to: { officialId: string; channel?: 'email' | 'sms' },
  count: number,
): Promise<void> {
  await world.query(
    `WITH recorded AS (
       INSERT INTO reminders (id, subject_id, case_id, assignment_id, clock, clock_run_id, rung, offset_working_days,
                              deadline_version, deadline_at, fires_at, state, policy_version, recorded_at)
       SELECT uuidv7(), $1, $1, $2, 'handle', gen_random_uuid(), 'expose', 15, 1,
              $3::timestamptz + (n % 30) * interval '1 day', $4, 'recorded', 1, $4
         FROM generate_series(0, $5::int - 1) n
       RETURNING id
     )
     INSERT INTO deliveries (id, reminder_id, official_id, channel, status, queued_at)
     SELECT uuidv7(), id, $6, $7, 'pending', $4 FROM recorded`,
    [of.caseId, of.assignmentId, of.dueAt, world.clock.now(), count, to.officialId, to.channel ?? 'email'],
  );
}
