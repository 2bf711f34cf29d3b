import { Injectable, Logger } from '@nestjs/common';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { maskEmail, maskPhone } from '../organization/contact-mask.js';
import { Clock } from '../platform/clock/clock.js';
import type { Channel } from './channel.js';
import type { ClaimedMessage } from './letter.js';
import { Messages, type Settled } from './messages.repository.js';
import { messageOutcomes } from './notification-metrics.js';
import { MOST_ATTEMPTS, type Outcome, pauseAfter } from './outcome.js';
import { persistently } from '../platform/database/persistently.js';
import { sendingTime } from './sending-time.js';

/** Writes down what became of messages. Those that end while a write is under way go into the next one together. */
@Injectable()
export class Settlements {
  private readonly logger = new Logger(Settlements.name);
  private waiting: Settled[] = [];
  private writing: Promise<void> | null = null;

  constructor(
    private readonly messages: Messages,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  async settle(channel: Channel, message: ClaimedMessage, outcome: Outcome): Promise<void> {
    const settled = await this.judge(message, outcome);
    messageOutcomes.inc({ channel, outcome: settled.status });
    this.waiting.push(settled);
    this.writing ??= this.writeAll();
    await this.writing;
  }

  private async judge(message: ClaimedMessage, outcome: Outcome): Promise<Settled> {
    const { id, fence, attempts } = message;
    const { status, gatewayCode } = outcome;
    const gatewayText = withoutAddress(outcome.gatewayText, message.address);
    const settled = { id, fence, nextAttemptAt: null, gatewayId: null, gatewayCode, gatewayText };
    if (status === 'sent') return { ...settled, status, gatewayId: outcome.gatewayId };
    if (status !== 'temporary') return { ...settled, status };
    if (attempts >= MOST_ATTEMPTS) return { ...settled, status: 'failed' };
    const again = new Date(this.clock.now().getTime() + pauseAfter(attempts, Math.random()));
    const nextAttemptAt = sendingTime(again, await this.calendars.current(), this.office);
    return { ...settled, status: 'pending', nextAttemptAt };
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const settled = this.waiting.splice(0);
      await persistently(
        () => this.messages.record(settled),
        (error) =>
          this.logger.error({ err: error, messages: settled.length }, 'outcomes could not be written'),
      );
    }
    // At once, not in a later turn: who comes in between must find either a write that will see it, or none.
    this.writing = null;
  }
}

/** Servers repeat the address in what they say; it is shown in lists, which mask it. */
function withoutAddress(text: string, address: string): string {
  const masked = (address.includes('@') ? maskEmail(address) : maskPhone(address)) ?? '';
  const literal = address.replace(/[^\w@-]/g, '\\$&');
  return text.replace(new RegExp(literal, 'gi'), () => masked);
}
