import { Logger } from '@nestjs/common';
import type { Channel } from '../channel.js';
import { circuitOpen } from '../notification-metrics.js';
import type { Outcome } from '../outcome.js';
import { Circuit } from './circuit.js';
import { Pace } from './pace.js';

/** How many messages one worker may claim for a channel: none while its server is away, and no faster than allowed. */
export class Gate {
  private readonly logger = new Logger(Gate.name);
  private readonly circuit = new Circuit();
  private readonly pace: Pace;

  /** @param perSecond 0: as fast as it goes */
  constructor(
    private readonly channel: Channel,
    perSecond: number,
    private readonly monotonic: () => number = () => performance.now(),
  ) {
    this.pace = new Pace(perSecond);
    circuitOpen.set({ channel }, 0);
  }

  /** `pauseMs`: when there is no room, how long until there may be; `null` while the server is away. */
  room(wanted: number): { count: number; pauseMs: number | null } {
    const at = this.monotonic();
    const allowed = this.circuit.room(wanted, at);
    if (allowed === 0) return { count: 0, pauseMs: null };
    return { count: this.pace.room(allowed, at), pauseMs: this.pace.pause(at) };
  }

  claimed(count: number): void {
    this.pace.spend(count, this.monotonic());
  }

  /** Sends, and learns from it whether the server is there. */
  async through(send: () => Promise<Outcome>): Promise<Outcome> {
    this.circuit.begin();
    let outcome: Outcome | undefined;
    try {
      outcome = await send();
      return outcome;
    } finally {
      this.learn(outcome);
    }
  }

  private learn(outcome: Outcome | undefined): void {
    const isAway = outcome === undefined ? null : outcome.status !== 'sent' && outcome.isAway === true;
    const change = this.circuit.end(isAway, this.monotonic());
    if (change === null) return;
    const { channel } = this;
    circuitOpen.set({ channel }, change === 'opened' ? 1 : 0);
    if (change === 'closed') this.logger.log({ channel }, 'a channel is back: what waits for it goes');
    else
      this.logger.error(
        { channel, gatewayCode: outcome?.gatewayCode },
        'a channel is away: nothing is claimed for it, and now and then one message tries it',
      );
  }
}
