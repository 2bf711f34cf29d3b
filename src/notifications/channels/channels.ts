import type { Channel } from '../channel.js';
import { Gate } from '../gates/gate.js';
import type { SendingChannel } from './sending-channel.js';

/** Every way by which messages leave, each with the gate through which this worker claims for it. */
export class Channels {
  private readonly gates: ReadonlyMap<Channel, Gate>;

  /** @param perSecond messages that one worker sends at most; 0 or not named: as many as there are */
  constructor(
    readonly all: readonly SendingChannel[],
    perSecond: Partial<Record<Channel, number>> = {},
    monotonic?: () => number,
  ) {
    this.gates = new Map(all.map(({ channel }) => [channel, new Gate(channel, perSecond[channel] ?? 0, monotonic)]));
  }

  gateOf({ channel }: SendingChannel): Gate {
    const gate = this.gates.get(channel);
    if (gate === undefined) throw new Error(`nothing is sent by ${channel}`);
    return gate;
  }

  onModuleDestroy(): void {
    for (const channel of this.all) channel.close();
  }
}
