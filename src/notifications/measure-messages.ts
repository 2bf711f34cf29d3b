import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { type Channel, CHANNELS } from './channel.js';
import {
  messagesInTrouble,
  messagesMeasuredAt,
  messagesUnsent,
  oldestReadySeconds,
  oldestUnsentSeconds,
} from './notification-metrics.js';

/** Of each channel (`$1`), at `$2`. Every part reads one partial index, and of that no more than so many entries. */
const MEASURE = `
SELECT c.channel,
       (SELECT count(*)::int FROM (SELECT FROM messages m
         WHERE m.channel = c.channel AND m.status IN ('pending', 'sending') LIMIT 100000) n) AS unsent,
       (SELECT min(m.queued_at) FROM messages m
         WHERE m.channel = c.channel AND m.status IN ('pending', 'sending')) AS oldest,
       (SELECT min(m.next_attempt_at) FROM messages m
         WHERE m.channel = c.channel AND m.status = 'pending' AND m.next_attempt_at <= $2) AS ready,
       (SELECT count(*)::int FROM (SELECT FROM messages m
         WHERE m.channel = c.channel AND m.status = 'failed' LIMIT 100000) n) AS failed,
       (SELECT count(*)::int FROM (SELECT FROM messages m
         WHERE m.channel = c.channel AND m.status = 'unknown' LIMIT 100000) n) AS unknown
  FROM unnest($1::text[]) AS c(channel)`;

interface Measured {
  channel: Channel;
  unsent: number;
  oldest: Date | null;
  ready: Date | null;
  failed: number;
  unknown: number;
}

/** Counts what the metrics show of the rows; who asks for the metrics waits for no database. */
@Injectable()
export class MeasureMessages {
  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    const secondsSince = (moment: Date | null): number =>
      moment === null ? 0 : Math.max(0, now.getTime() - moment.getTime()) / 1_000;
    const rows = await this.reader.query<Measured>(MEASURE, [CHANNELS, now]);
    for (const { channel, unsent, oldest, ready, failed, unknown } of rows) {
      messagesUnsent.set({ channel }, unsent);
      oldestUnsentSeconds.set({ channel }, secondsSince(oldest));
      oldestReadySeconds.set({ channel }, secondsSince(ready));
      messagesInTrouble.set({ channel, status: 'failed' }, failed);
      messagesInTrouble.set({ channel, status: 'unknown' }, unknown);
    }
    messagesMeasuredAt.set(now.getTime() / 1_000);
  }
}
