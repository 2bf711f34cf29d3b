import { Injectable } from '@nestjs/common';
import { dayNumberOf, plusDays } from '../calendar/calendar-date.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { Refusal } from '../platform/errors/refusal.js';
import type { DeliveryFilter } from './delivery-filter.dto.js';
import { DELIVERY_ROWS, deliveryConditions } from './delivery-rows.js';
import type { DeliveryCountsView } from './deliveries.dto.js';

const DEFAULT_DAYS = 30;
/** What is counted is read: the window bounds it, whatever the years have brought. */
export const MOST_DAYS = 366;

/** How many deliveries came to what, by channel, within a window of days. */
@Injectable()
export class CountDeliveries {
  constructor(
    private readonly reader: Reader,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal 400 WINDOW_TOO_LONG, WINDOW_REVERSED */
  async run(filter: DeliveryFilter): Promise<DeliveryCountsView> {
    const today = this.office.dateOf(this.clock.now());
    const queuedTo = filter.queuedTo ?? today;
    const queuedFrom = filter.queuedFrom ?? plusDays(queuedTo, 1 - DEFAULT_DAYS);
    const days = dayNumberOf(queuedTo) - dayNumberOf(queuedFrom) + 1;
    if (days < 1) throw new Refusal(400, 'WINDOW_REVERSED');
    if (days > MOST_DAYS) throw new Refusal(400, 'WINDOW_TOO_LONG', { days: MOST_DAYS });
    const where = deliveryConditions({ ...filter, queuedFrom, queuedTo }, this.office);
    const counts = await this.reader.query<DeliveryCountsView['counts'][number]>(
      `SELECT d.status, d.channel, count(*)::int AS count FROM ${DELIVERY_ROWS}
        WHERE ${where.sql} GROUP BY d.status, d.channel ORDER BY d.status, d.channel`,
      where.parameters,
    );
    return { queuedFrom, queuedTo, total: counts.reduce((sum, { count }) => sum + count, 0), counts };
  }
}
