import type { AssignedCase, ReminderWorld } from './reminder-world.js';

/** How many deliveries of these cases' recorded reminders have each value of a column. */
export async function deliveryStatuses(
  world: ReminderWorld,
  cases: readonly AssignedCase[],
  column = 'd.status',
): Promise<Record<string, number>> {
  const rows = await world.query<{ value: string; count: number }>(
    `SELECT ${column} AS value, count(*)::int AS count
       FROM deliveries d JOIN reminders r ON r.id = d.reminder_id JOIN messages m ON m.id = d.message_id
      WHERE r.subject_id = ANY($1) AND r.state = 'recorded' GROUP BY 1`,
    [cases.map(({ caseId }) => caseId)],
  );
  return Object.fromEntries(rows.map(({ value, count }) => [value, count]));
}
