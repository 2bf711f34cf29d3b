import type { ClaimedMessage, MessageWriter, ShortMessage } from '../letter.js';
import type { Outcome } from '../outcome.js';
import { NoAnswer, postJson } from './http-post.js';
import type { Send, SendingChannel } from './sending-channel.js';
import { gatewayAnswer, gatewaySilence } from './sms-gateway-outcome.js';

/**
 * SMS by a generic HTTP gateway: `POST {outId, to, text, template, variables}` with a bearer token, answered
 * `{code: "OK", id, message}`. The out-id is the message's own id, so that a gateway can tell a repeat.
 */
export class SmsGatewayChannel implements SendingChannel {
  readonly channel = 'sms';
  readonly atOnce = 40;

  /** @param url `null`: no SMS leaves */
  constructor(
    private readonly url: string | null,
    private readonly token: string,
  ) {}

  get isOff(): boolean {
    return this.url === null;
  }

  async prepare(messages: readonly ClaimedMessage[], writer: MessageWriter): Promise<Map<string, Send>> {
    const { url } = this;
    if (url === null) return new Map();
    const texts = await writer.shortMessages(messages);
    return new Map(
      messages.flatMap((message): Array<[string, Send]> => {
        const text = texts.get(message.id);
        return text === undefined ? [] : [[message.id, (signal) => this.send(url, message, text, signal)]];
      }),
    );
  }

  close(): void {
    // Its connections are kept by the agent, and do not hold the process.
  }

  private async send(
    url: string,
    message: ClaimedMessage,
    sms: ShortMessage,
    signal: AbortSignal,
  ): Promise<Outcome> {
    try {
      const content = { outId: message.id, to: message.address, ...sms };
      const answer = await postJson(new URL(url), this.token, content, signal);
      return gatewayAnswer(answer.status, answer.body);
    } catch (error) {
      if (error instanceof NoAnswer) return gatewaySilence(error);
      throw error;
    }
  }
}
