import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import type { Transaction } from '../platform/database/transactions.js';
import type { Ladder } from './ladder.js';
import { LaddersInForce } from './ladders-in-force.js';

export interface PolicyVersion extends Ladder {
  recordedAt: Date;
  recordedBy: string | null;
  /** `null` until what is armed has followed it. */
  replannedAt: Date | null;
}

export const POLICY_COLUMNS = `version, applies_to AS "appliesTo", rungs, recorded_at AS "recordedAt",
  recorded_by AS "recordedBy", replanned_at AS "replannedAt"`;

const EVERY_VERSION = `SELECT ${POLICY_COLUMNS} FROM reminder_policies ORDER BY version DESC`;

/** An edit made in another process is taken up after at most this long; whoever arms or sweeps learns of it at once. */
const MAX_AGE_MS = 10_000;

/** The versions of the ladders. */
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

  /** Of each deadline class the ladder by which its clocks are armed. */
  async inForce(): Promise<LaddersInForce<PolicyVersion>> {
    return new LaddersInForce(await this.all());
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
    this.take(await this.reader.query<PolicyVersion>(EVERY_VERSION));
  }

  /** The same as it is in a transaction, which may know more than others may see. */
  async inForceIn(tx: Transaction): Promise<LaddersInForce<PolicyVersion>> {
    return new LaddersInForce(await tx.query<PolicyVersion>(EVERY_VERSION));
  }

  /** Over the connection of a transaction that waits for nobody. */
  async reloadIn(tx: Transaction): Promise<void> {
    this.take(await tx.query<PolicyVersion>(EVERY_VERSION));
  }

  private take(versions: readonly PolicyVersion[]): void {
    this.readAt = this.clock.now().getTime();
    this.versions = versions;
  }
}
