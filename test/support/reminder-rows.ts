import type { AssignedCase, ReminderWorld } from './reminder-world.js';

interface ReminderRow {
  rung: string;
  state: string;
  version: number;
}

/** What the tables say of a case's reminders and deliveries, in lines that a test can compare. */
export function reminderRows(world: () => ReminderWorld) {
  const remindersOf = (of: AssignedCase): Promise<ReminderRow[]> =>
    world().query<ReminderRow>(
      `SELECT rung, state, deadline_version AS version FROM reminders WHERE subject_id = $1
        ORDER BY deadline_version, offset_working_days`,
      [of.caseId],
    );
  const statesOf = async (of: AssignedCase): Promise<string> =>
    (await remindersOf(of)).map(({ rung, state }) => `${rung} ${state}`).join(', ');
  const deliveriesOf = async (of: AssignedCase): Promise<string[]> =>
    (
      await world().query<{ line: string }>(
        `SELECT r.rung || ' ' || o.name || ' ' || d.channel || ' ' || d.status || coalesce(' ' || d.reason, '') AS line
           FROM deliveries d JOIN reminders r ON r.id = d.reminder_id JOIN officials o ON o.id = d.official_id
          WHERE r.subject_id = $1 ORDER BY r.offset_working_days, o.name, d.channel`,
        [of.caseId],
      )
    ).map(({ line }) => line);
  return { remindersOf, statesOf, deliveriesOf };
}
