import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import type { Ladder } from './ladder.js';

export interface PolicyVersion extends Ladder {
  recordedAt: Date;
  recordedBy: string | null;
}

/** An edit made in another process is taken up after at most this long by what arms reminders; a sweep reads anew. */
const MAX_AGE_MS = 10_000;

/** The versions of the ladder; the highest is in force. */
@Injectable()
export class Policies implements OnModuleInit {
  private readonly logger = new Logger(Policies.name);
  private versions: readonly PolicyVersion[] = [];
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.refresh();
  }

  /** The ladder in force. */
  async current(): Promise<PolicyVersion> {
    const newest = (await this.all())[0];
    if (newest === undefined)
      throw new Error('there is no reminder policy: the reference data is not seeded');
    return newest;
  }

  /** Every version, newest first. */
  async all(): Promise<readonly PolicyVersion[]> {
    const now = this.clock.now().getTime();
    if (this.versions.length === 0) await this.reload();
    // Never waits for it later: inside a transaction, waiting for a second connection could lock the pool.
    else if (Math.abs(now - this.readAt) > MAX_AGE_MS) this.refresh();
    return this.versions;
  }

  private refresh(): void {
    this.reader
      .apart(() => this.reload())
      .catch((error: unknown) => this.logger.warn({ err: error }, 'the reminder policies could not be read'));
  }

  async reload(): Promise<void> {
    this.readAt = this.clock.now().getTime();
    this.versions = await this.reader.query<PolicyVersion>(
      `SELECT version, rungs, recorded_at AS "recordedAt", recorded_by AS "recordedBy"
         FROM reminder_policies ORDER BY version DESC`,
    );
  }
}
