import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { type StatedDay, WorkingCalendar } from './working-calendar.js';

/** A year is loaded by another process (the migration); this one learns of it within the minute. */
const MAX_AGE_MS = 60_000;

/** The working-day calendar as the table has it. */
@Injectable()
export class CalendarService implements OnModuleInit {
  private readonly logger = new Logger(CalendarService.name);
  private calendar: WorkingCalendar | null = null;
  private readAt = 0;

  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.refresh();
  }

  /** Never waits once it has been read: inside a transaction, waiting for a second connection could lock the pool. */
  async current(): Promise<WorkingCalendar> {
    if (this.calendar === null) return this.reload();
    if (this.clock.now().getTime() - this.readAt > MAX_AGE_MS) this.refresh();
    return this.calendar;
  }

  /** Reads the table anew, for whoever has just changed it. */
  async reload(): Promise<WorkingCalendar> {
    this.readAt = this.clock.now().getTime();
    this.calendar = await this.read(null);
    return this.calendar;
  }

  /** The calendar as it was known at a moment: of each day, the newest row recorded before it. */
  asOf(moment: Date): Promise<WorkingCalendar> {
    return this.read(moment);
  }

  private refresh(): void {
    this.reader
      .apart(() => this.reload())
      .catch((error: unknown) => this.logger.warn({ err: error }, 'the calendar could not be read'));
  }

  private async read(before: Date | null): Promise<WorkingCalendar> {
    const days = await this.reader.query<StatedDay>(
      `SELECT DISTINCT ON (day) day::text AS day, is_working AS "isWorking"
         FROM calendar_days
        WHERE $1::timestamptz IS NULL OR recorded_at < $1
        ORDER BY day, recorded_at DESC`,
      [before],
    );
    return WorkingCalendar.of(days);
  }
}
