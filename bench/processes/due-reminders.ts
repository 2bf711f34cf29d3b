import type { Client } from 'pg';
import { Clock } from '../../src/platform/clock/clock.js';
import { SWEPT_AT } from '../data/size.js';

const DUE_AT = new Date(Date.parse(SWEPT_AT) - 15 * 60_000);

/** The morning of the sweep, which lasts. */
export class Morning extends Clock {
  now(): Date {
    return new Date(SWEPT_AT);
  }
}

/** Of so many clock runs the lowest rung that is armed. */
export async function chooseDue(owner: Client, due: number): Promise<void> {
  await owner.query('DROP TABLE IF EXISTS bench_due');
  await owner.query(
    `CREATE TABLE bench_due AS
     SELECT DISTINCT ON (clock_run_id, clock) id, fires_at FROM reminders WHERE state = 'armed'
      ORDER BY clock_run_id, clock, offset_working_days LIMIT ${due}`,
  );
}

/** Makes the chosen ones fall due a little before the sweep. */
export async function makeDue(owner: Client): Promise<void> {
  await owner.query('UPDATE reminders r SET fires_at = $1 FROM bench_due d WHERE r.id = d.id', [DUE_AT]);
}
