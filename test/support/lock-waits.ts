import type { ReminderWorld } from './reminder-world.js';

/** How many sessions of this database wait for a lock. */
export async function lockWaits(world: Pick<ReminderWorld, 'query'>): Promise<number> {
  const [row] = await world.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row?.count ?? 0;
}
