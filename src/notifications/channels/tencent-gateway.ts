import type { Clock } from '../../platform/clock/clock.js';
import type { TencentSmsSettings } from '../../platform/config/sms-settings.js';
import type { Outcome } from '../outcome.js';
import { tencentStatuses } from '../receipts/tencent-receipts.js';
import type { Receipt } from '../receipts/receipt.js';
import { type HttpAnswer, post } from './http-post.js';
import { type AskableGateway, NotAnswered, type OutgoingSms, type SentSms } from './sms-gateway.js';
import { orSilence } from './sms-gateway-outcome.js';
import { TENCENT_MEANINGS, TENCENT_TAKEN, tencentAnswer } from './tencent-outcome.js';
import { tencentAuthorization } from './tencent-signature.js';
import { vendorOutcome } from './vendor-outcome.js';

const VERSION = '2021-01-11';
const SERVICE = 'sms';
const STATUSES_AT_ONCE = 100;
/** Their clock may be a little before ours. */
const CLOCKS_DIFFER_SECONDS = 60;

/** Tencent Cloud, `SendSms` and `PullSmsSendStatusByPhoneNumber`. Its own SDK cannot say whether a message was handed over. */
export class TencentSmsGateway implements AskableGateway {
  constructor(
    private readonly settings: TencentSmsSettings,
    private readonly signature: string,
    private readonly clock: Clock,
  ) {}

  send({ outId, to, content }: OutgoingSms, signal: AbortSignal): Promise<Outcome> {
    return orSilence(async () => {
      const request = {
        PhoneNumberSet: [inChina(to)],
        SmsSdkAppId: this.settings.appId,
        SignName: this.signature,
        TemplateId: this.settings.templateIds.get(content.template) ?? '',
        // Without names, in the order of the text.
        TemplateParamSet: Object.values(content.variables),
        SessionContext: outId,
      };
      const { status, body } = await this.call('SendSms', request, signal);
      return vendorOutcome(tencentAnswer(status, body), TENCENT_TAKEN, TENCENT_MEANINGS);
    });
  }

  async ask({ outId, to, gatewayId, notBefore }: SentSms, signal: AbortSignal): Promise<Receipt | null> {
    const request = {
      BeginTime: Math.floor(notBefore.getTime() / 1_000) - CLOCKS_DIFFER_SECONDS,
      EndTime: Math.floor(this.clock.now().getTime() / 1_000) + CLOCKS_DIFFER_SECONDS,
      Offset: 0,
      Limit: STATUSES_AT_ONCE,
      PhoneNumber: inChina(to),
      SmsSdkAppId: this.settings.appId,
    };
    const { status, body } = await this.call('PullSmsSendStatusByPhoneNumber', request, signal);
    const { Error: fault, PullSmsSendStatusSet }: Record<string, unknown> = Object(Object(body).Response);
    if (fault === undefined && Array.isArray(PullSmsSendStatusSet))
      return tencentStatuses(body, { outId, gatewayId });
    throw new NotAnswered(tencentAnswer(status, body).code ?? `HTTP ${status}`);
  }

  private call(action: string, request: object, signal: AbortSignal): Promise<HttpAnswer> {
    const url = new URL(this.settings.endpoint);
    const body = JSON.stringify(request);
    const timestamp = Math.floor(this.clock.now().getTime() / 1_000);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      host: url.host,
      'x-tc-action': action,
    };
    const key = { id: this.settings.secretId, secret: this.settings.secretKey };
    const authorization = tencentAuthorization(
      { method: 'POST', query: '', headers, body, service: SERVICE, timestamp },
      key,
    );
    const about = {
      'x-tc-version': VERSION,
      'x-tc-region': this.settings.region,
      'x-tc-timestamp': String(timestamp),
      authorization,
    };
    return post(url, { ...headers, ...about }, body, signal);
  }
}

const inChina = (mobile: string): string => `+86${mobile}`;
