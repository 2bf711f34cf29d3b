import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { oldestUnsentSeconds, webhooksFailed, webhooksPending } from './webhook-metrics.js';

const DAY_MS = 86_400_000;

const MEASURE = `
SELECT (SELECT count(*)::int FROM webhook_deliveries WHERE status = 'pending') AS pending,
       (SELECT min(queued_at) FROM webhook_deliveries WHERE status = 'pending') AS oldest,
       (SELECT count(*)::int FROM webhook_deliveries WHERE status = 'failed' AND queued_at > $1) AS failed`;

/** Counts what the metrics show of the rows. */
@Injectable()
export class MeasureDeliveries {
  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now().getTime();
    const [found] = await this.reader.query<{ pending: number; failed: number; oldest: Date | null }>(
      MEASURE,
      [new Date(now - DAY_MS)],
    );
    if (found === undefined) return;
    webhooksPending.set(found.pending);
    webhooksFailed.set(found.failed);
    oldestUnsentSeconds.set(found.oldest === null ? 0 : Math.max(0, now - found.oldest.getTime()) / 1_000);
  }
}
