import type { ClaimedMessage, MessageWriter } from '../letter.js';
import type { Send, SendingChannel } from './sending-channel.js';
import type { SmsGateway } from './sms-gateway.js';

/** SMS by whichever gateway is configured. */
export class SmsChannel implements SendingChannel {
  readonly channel = 'sms';
  readonly atOnce = 40;

  /** @param gateway `null`: no SMS leaves */
  constructor(private readonly gateway: SmsGateway | null) {}

  get isOff(): boolean {
    return this.gateway === null;
  }

  async prepare(messages: readonly ClaimedMessage[], writer: MessageWriter): Promise<Map<string, Send>> {
    const { gateway } = this;
    if (gateway === null) return new Map();
    const texts = await writer.shortMessages(messages);
    return new Map(
      messages.flatMap(({ id, address }): Array<[string, Send]> => {
        const content = texts.get(id);
        if (content === undefined) return [];
        return [[id, (signal) => gateway.send({ outId: id, to: address, content }, signal)]];
      }),
    );
  }

  close(): void {
    // Its connections are kept by the agent, and do not hold the process.
  }
}
