import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { oldestDueSeconds, remindersArmed, remindersDue, remindersMeasuredAt } from './reminder-metrics.js';

/** Millions are armed: of these the size of their index is read, as the database last estimated it. `$1` now. */
const MEASURE = `
SELECT (SELECT greatest(reltuples, 0)::float8 FROM pg_class WHERE oid = 'reminders_armed_idx'::regclass) AS armed,
       (SELECT count(*)::int FROM (SELECT FROM reminders
         WHERE state = 'armed' AND fires_at <= $1 LIMIT 100000) n) AS due,
       (SELECT min(fires_at) FROM reminders WHERE state = 'armed' AND fires_at <= $1) AS oldest`;

/** Counts what the metrics show of the rows; who asks for the metrics waits for no database. */
@Injectable()
export class MeasureReminders {
  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    const [found] = await this.reader.query<{ armed: number; due: number; oldest: Date | null }>(MEASURE, [
      now,
    ]);
    if (found === undefined) return;
    remindersArmed.set(found.armed);
    remindersDue.set(found.due);
    oldestDueSeconds.set(
      found.oldest === null ? 0 : Math.max(0, now.getTime() - found.oldest.getTime()) / 1_000,
    );
    remindersMeasuredAt.set(now.getTime() / 1_000);
  }
}
