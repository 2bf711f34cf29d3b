import type { SendingChannel } from './sending-channel.js';

/** Every way by which messages leave. */
export class Channels {
  constructor(readonly all: readonly SendingChannel[]) {}

  onModuleDestroy(): void {
    for (const channel of this.all) channel.close();
  }
}
