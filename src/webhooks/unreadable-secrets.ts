import { Injectable, Logger } from '@nestjs/common';
import { Reader } from '../platform/database/reader.js';
import { SecretSeal } from './secret-seal.js';

/** Tells once in a process of each webhook whose secret cannot be opened: nothing is sent there until it is rotated. */
@Injectable()
export class UnreadableSecrets {
  private readonly logger = new Logger(UnreadableSecrets.name);
  private readonly told = new Set<string>();
  private isChecked = false;

  constructor(
    private readonly reader: Reader,
    private readonly seal: SecretSeal,
  ) {}

  /** Of all that are active, when the first are about to be sent: TOKEN_SECRET may be another one since the last start. */
  async check(): Promise<void> {
    if (this.isChecked) return;
    this.isChecked = true;
    const webhooks = await this.reader.query<{ id: string; secret: Buffer }>(
      'SELECT id, secret FROM webhooks WHERE is_active',
    );
    for (const { id, secret } of webhooks) if (!this.seal.canOpen(secret, id)) this.tell(id);
  }

  tell(webhookId: string): void {
    if (this.told.has(webhookId)) return;
    this.told.add(webhookId);
    this.logger.warn(
      { webhookId },
      'the secret of a webhook cannot be opened with this TOKEN_SECRET: its deliveries wait until it is rotated',
    );
  }
}
