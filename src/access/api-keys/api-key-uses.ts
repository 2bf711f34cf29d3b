import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Transactions } from '../../platform/database/transactions.js';

/** Milliseconds; often enough to see that a key is in use, and a row that is not written at every request. */
const GRAIN = 60_000;

/** When a key was last used. It is written beside the request, which neither waits for it nor fails with it. */
@Injectable()
export class ApiKeyUses implements OnModuleDestroy {
  private readonly logger = new Logger(ApiKeyUses.name);
  private readonly writing = new Map<string, Promise<void>>();

  constructor(private readonly transactions: Transactions) {}

  note(keyId: string, lastUsedAt: Date | null, now: Date): void {
    const isRecent = lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < GRAIN;
    if (isRecent || this.writing.has(keyId)) return;
    const written = this.write(keyId, now).finally(() => this.writing.delete(keyId));
    this.writing.set(keyId, written);
  }

  /** What is being written still has its database. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.writing.values());
  }

  /** Another process may have written the same minute. */
  private async write(keyId: string, now: Date): Promise<void> {
    try {
      await this.transactions.run((tx) =>
        tx.query(
          'UPDATE api_keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)',
          [keyId, now, new Date(now.getTime() - GRAIN)],
        ),
      );
    } catch (error) {
      this.logger.warn({ err: error }, 'the use of an API key was not written down');
    }
  }
}
