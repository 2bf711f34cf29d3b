import { randomUUID } from 'node:crypto';
import { OfficeTime } from '../../calendar/office-time.js';
import type { Clock } from '../../platform/clock/clock.js';
import type { AliyunSmsSettings } from '../../platform/config/sms-settings.js';
import type { Outcome } from '../outcome.js';
import { aliyunDetails } from '../receipts/aliyun-receipts.js';
import type { Receipt } from '../receipts/receipt.js';
import { ALIYUN_MEANINGS, ALIYUN_TAKEN, aliyunAnswer } from './aliyun-outcome.js';
import { aliyunAuthorization, aliyunQuery, sha256 } from './aliyun-signature.js';
import { type HttpAnswer, post } from './http-post.js';
import { type AskableGateway, NotAnswered, type OutgoingSms, type SentSms } from './sms-gateway.js';
import { orSilence } from './sms-gateway-outcome.js';
import { vendorOutcome } from './vendor-outcome.js';

const VERSION = '2017-05-25';
/** Theirs, wherever the office is. */
const THEIR_TIME = new OfficeTime('Asia/Shanghai');
const DETAILS_A_PAGE = 50;

/** Alibaba Cloud, `SendSms` and `QuerySendDetails` of Dysmsapi. Its own SDK cannot say whether a message was handed over. */
export class AliyunSmsGateway implements AskableGateway {
  constructor(
    private readonly settings: AliyunSmsSettings,
    private readonly signature: string,
    private readonly clock: Clock,
  ) {}

  send({ outId, to, content }: OutgoingSms, signal: AbortSignal): Promise<Outcome> {
    return orSilence(async () => {
      const query = {
        PhoneNumbers: to,
        SignName: this.signature,
        TemplateCode: this.settings.templateIds.get(content.template) ?? '',
        TemplateParam: JSON.stringify(content.variables),
        OutId: outId,
      };
      const { status, body } = await this.call('SendSms', query, signal);
      return vendorOutcome(aliyunAnswer(status, body), ALIYUN_TAKEN, ALIYUN_MEANINGS);
    });
  }

  async ask({ outId, to, gatewayId, notBefore }: SentSms, signal: AbortSignal): Promise<Receipt | null> {
    const query = {
      PhoneNumber: to,
      ...(gatewayId === null ? {} : { BizId: gatewayId }),
      SendDate: THEIR_TIME.dateOf(notBefore).replaceAll('-', ''),
      PageSize: String(DETAILS_A_PAGE),
      CurrentPage: '1',
    };
    const { status, body } = await this.call('QuerySendDetails', query, signal);
    const { code } = aliyunAnswer(status, body);
    if (code === ALIYUN_TAKEN) return aliyunDetails(body, { outId, gatewayId });
    throw new NotAnswered(code ?? `HTTP ${status}`);
  }

  private call(action: string, query: Record<string, string>, signal: AbortSignal): Promise<HttpAnswer> {
    const url = new URL(this.settings.endpoint);
    const headers = {
      host: url.host,
      'x-acs-action': action,
      'x-acs-content-sha256': sha256(''),
      // Without fractions of a second.
      'x-acs-date': this.clock.now().toISOString().replace(/\.\d+/, ''),
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-version': VERSION,
    };
    const key = { id: this.settings.accessKeyId, secret: this.settings.accessKeySecret };
    const authorization = aliyunAuthorization({ method: 'POST', path: url.pathname, query, headers }, key);
    url.search = aliyunQuery(query);
    return post(url, { ...headers, accept: 'application/json', authorization }, '', signal);
  }
}
