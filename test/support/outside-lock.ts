import { Client } from 'pg';
import type { LifecycleWorld } from './lifecycle-world.js';
import { until } from './until.js';

/** Holds what a statement locks, in a session of its own, while the work goes on; then lets go. */
export async function whileLocked(
  world: LifecycleWorld,
  sql: string,
  parameters: unknown[],
  work: () => Promise<void>,
): Promise<void> {
  const outsider = new Client({ connectionString: world.app.database.url });
  await outsider.connect();
  try {
    await outsider.query('BEGIN');
    await outsider.query(sql, parameters);
    await work();
    await outsider.query('COMMIT');
  } finally {
    await outsider.end();
  }
}

/** Until so many sessions wait for a lock. */
export const untilWaiting = (world: LifecycleWorld, sessions: number): Promise<void> =>
  until(async () => {
    const waiting = await world.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return waiting.length >= sessions;
  });
