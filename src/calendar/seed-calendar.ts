import type { Transaction } from '../platform/database/transactions.js';
import { announcedDays } from './state-council-calendar.js';

/** First loading: known before any week that is ever computed, so that old weeks have the calendar too. */
const SINCE_ALWAYS = new Date('2000-01-01T00:00:00Z');

/**
 * Adds the announced days of which the table says nothing yet; running it again changes nothing, and what the
 * office has corrected stays. Days of a year that is loaded later are known from `recordedAt` on, so that an old
 * week does not change.
 * @returns how many days were added.
 */
export async function seedCalendar(
  tx: Transaction,
  recordedAt: Date,
  days = announcedDays(),
): Promise<number> {
  const known = await tx.query('SELECT 1 FROM calendar_days LIMIT 1');
  const added = await tx.query(
    `INSERT INTO calendar_days (day, recorded_at, is_working, name)
     SELECT new.day, $1, new.is_working, new.name
       FROM unnest($2::date[], $3::boolean[], $4::text[]) AS new(day, is_working, name)
      WHERE NOT EXISTS (SELECT 1 FROM calendar_days old WHERE old.day = new.day)
     ON CONFLICT DO NOTHING
     RETURNING day`,
    [
      known.length === 0 ? SINCE_ALWAYS : recordedAt,
      days.map((day) => day.day),
      days.map((day) => day.isWorking),
      days.map((day) => day.name),
    ],
  );
  return added.length;
}
