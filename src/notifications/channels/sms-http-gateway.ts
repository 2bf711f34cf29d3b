import type { Outcome } from '../outcome.js';
import { postJson } from './http-post.js';
import type { OutgoingSms, SmsGateway } from './sms-gateway.js';
import { gatewayAnswer, orSilence } from './sms-gateway-outcome.js';

/**
 * A generic HTTP gateway: `POST {outId, to, text, template, variables}` with a bearer token, answered
 * `{code: "OK", id, message}`.
 */
export class HttpSmsGateway implements SmsGateway {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  send({ outId, to, content }: OutgoingSms, signal: AbortSignal): Promise<Outcome> {
    return orSilence(async () => {
      const answer = await postJson(new URL(this.url), this.token, { outId, to, ...content }, signal);
      return gatewayAnswer(answer.status, answer.body);
    });
  }
}
