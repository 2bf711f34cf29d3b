import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import { tallyLagSeconds, tallyLines } from './tally-metrics.js';

const MEASURE = `
SELECT known_before AS "knownBefore",
       (SELECT greatest(reltuples, 0)::float8 FROM pg_class WHERE oid = 'tally_lines'::regclass) AS lines
  FROM tally_progress`;

/** Measures what the metrics show of the tally. */
@Injectable()
export class MeasureTally {
  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const [found] = await this.reader.query<{ knownBefore: Date | null; lines: number }>(MEASURE);
    if (found === undefined) return;
    const knownBefore = found.knownBefore?.getTime() ?? 0;
    tallyLagSeconds.set(Math.max(0, this.clock.now().getTime() - knownBefore) / 1_000);
    tallyLines.set(found.lines);
  }
}
