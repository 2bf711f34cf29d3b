import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from '../platform/clock/clock.js';
import type { Send, SendingChannel } from './channels/sending-channel.js';
import { Channels } from './channels/channels.js';
import { sideBySide } from './gates/side-by-side.js';
import { type ClaimedMessage, Writers } from './letter.js';
import { Messages, type Settled } from './messages.repository.js';
import { sendSeconds } from './notification-metrics.js';
import { persistently } from '../platform/database/persistently.js';
import { sendingTime } from './sending-time.js';
import { Settlements } from './settlements.js';

/** Together they end well before the lease (12 s), so that nothing is still being sent when it runs out. */
const START_WITHIN_MS = 2_000;
const SEND_WITHIN_MS = 7_000;

/** Sends what is ready: claims messages a few at a time, as many as are on their way at once, until none is left. */
@Injectable()
export class Deliver implements OnModuleDestroy {
  private readonly logger = new Logger(Deliver.name);
  private isStopping = false;

  constructor(
    private readonly messages: Messages,
    private readonly settlements: Settlements,
    private readonly channels: Channels,
    private readonly writers: Writers,
    private readonly calendars: CalendarService,
    private readonly office: OfficeTime,
    private readonly clock: Clock,
  ) {}

  /** Claims nothing more; what is on its way is finished. */
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** @param messageId that message alone; else whatever is ready. */
  async run(messageId: string | null = null): Promise<void> {
    await this.messages.expireLeases();
    // A channel in trouble neither ends the run for the others nor keeps them waiting.
    await sideBySide(this.channels.all, (channel) => this.drain(channel, messageId ?? undefined));
  }

  private async drain(channel: SendingChannel, messageId: string | undefined): Promise<void> {
    const gate = this.channels.gateOf(channel);
    const underWay = new Set<Promise<void>>();
    const track = (work: Promise<void>): void => {
      const tracked = work.finally(() => underWay.delete(tracked));
      underWay.add(tracked);
    };
    try {
      while (!this.isStopping && (await this.isSendingTime())) {
        const { count, pauseMs } = gate.room(channel.atOnce - underWay.size);
        if (count === 0) {
          if (pauseMs !== null) await setTimeout(pauseMs);
          // Away: what is on its way may find that it is back; else the next run looks.
          else if (underWay.size > 0) await Promise.race(underWay);
          else break;
          continue;
        }
        const claimedAt = performance.now();
        const { claimed, seen, unreadable } = await this.messages.claim({
          channel: channel.channel,
          count,
          isOff: channel.isOff,
          ...(messageId === undefined ? {} : { messageId }),
        });
        gate.claimed(claimed.length);
        // Beside the others, whose leases would not wait for a database that is away.
        if (unreadable.length > 0) track(this.giveUp(unreadable));
        for (const sending of await this.sendAll(channel, claimed, claimedAt)) track(sending);
        // Fewer than asked for need not be all: a claim of large digests ends before.
        if (seen === 0 || messageId !== undefined) break;
        // Room for half of them, so that one slow message does not hold up the others.
        while (underWay.size > channel.atOnce / 2) await Promise.race(underWay);
      }
    } finally {
      await Promise.all(underWay);
    }
  }

  private giveUp(unreadable: readonly Settled[]): Promise<void> {
    return persistently(
      () => this.messages.record(unreadable),
      (error) =>
        this.logger.error({ err: error, messages: unreadable.length }, 'outcomes could not be written'),
    );
  }

  /** Nothing leaves in quiet hours: what is ready waits for the next 09:00. */
  private async isSendingTime(): Promise<boolean> {
    const now = this.clock.now();
    const opensAt = sendingTime(now, await this.calendars.current(), this.office);
    if (opensAt <= now) return true;
    await this.messages.defer(opensAt);
    return false;
  }

  private async sendAll(
    channel: SendingChannel,
    claimed: ClaimedMessage[],
    claimedAt: number,
  ): Promise<Promise<void>[]> {
    if (claimed.length === 0) return [];
    const sends = await this.prepare(channel, claimed);
    const held = sends === null ? new Set<string>() : await this.held(claimed, claimedAt);
    const lost = claimed.filter(({ id }) => !held.has(id));
    if (lost.length > 0)
      await persistently(
        () => this.messages.release(lost),
        (error) =>
          this.logger.error({ err: error, messages: lost.length }, 'messages could not be given back'),
      );
    return claimed
      .filter(({ id }) => held.has(id))
      .map((message) => this.send(channel, message, sends?.get(message.id)));
  }

  /** Which of them can be sent before their lease runs out; it is renewed when claiming and writing took long. */
  private async held(claimed: ClaimedMessage[], claimedAt: number): Promise<Set<string>> {
    if (performance.now() - claimedAt <= START_WITHIN_MS) return new Set(claimed.map(({ id }) => id));
    try {
      const renewedAt = performance.now();
      const held = await this.messages.renew(claimed);
      return performance.now() - renewedAt > START_WITHIN_MS ? new Set() : held;
    } catch (error) {
      this.logger.error({ err: error, messages: claimed.length }, 'leases could not be renewed');
      return new Set();
    }
  }

  /** `null`: they could not be written now (the database is away); they are tried again by the timer. */
  private async prepare(
    channel: SendingChannel,
    claimed: ClaimedMessage[],
  ): Promise<Map<string, Send> | null> {
    try {
      return await channel.prepare(claimed, this.writers.get());
    } catch (error) {
      this.logger.error({ err: error, messages: claimed.length }, 'messages could not be written');
      return null;
    }
  }

  private async send(
    channel: SendingChannel,
    message: ClaimedMessage,
    send: Send | undefined,
  ): Promise<void> {
    const end = sendSeconds.startTimer({ channel: channel.channel });
    try {
      const outcome =
        send === undefined
          ? ({ status: 'failed', gatewayCode: 'NOTHING_TO_SAY', gatewayText: '' } as const)
          : await this.channels.gateOf(channel).through(() => send(AbortSignal.timeout(SEND_WITHIN_MS)));
      end();
      await this.settlements.settle(channel.channel, message, outcome);
    } catch (error) {
      // A bug: the lease will run out and show the message as unknown.
      this.logger.error({ err: error, messageId: message.id }, 'a message could not be sent');
    }
  }
}
