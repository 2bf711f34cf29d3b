import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import type { SmsReceiptSettings } from '../../platform/config/sms-settings.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { Networks } from '../../platform/http/networks.js';
import { aliyunReceipt } from './aliyun-receipts.js';
import { httpReceipt, isSame, isSigned } from './http-receipts.js';
import type { Receipt } from './receipt.js';
import { smsReceipts } from './receipt-metrics.js';
import { Receipts } from './receipts.repository.js';
import { tencentReceipt } from './tencent-receipts.js';

/** What a gateway pushes, and how it came. */
export interface Push {
  gateway: string;
  /** Last part of the path, where there was one. */
  token: string | undefined;
  address: string;
  timestamp: unknown;
  signature: unknown;
  rawBody: Buffer | undefined;
  body: unknown;
}

/** Vendors push a hundred at a time. */
const MOST_RECEIPTS = 1_000;

/** How each says it, and what it wants to hear, so that it does not come again. */
const GATEWAYS = new Map<string, { read: (entry: unknown) => Receipt | null; answer: object }>([
  ['http', { read: httpReceipt, answer: { code: 'OK' } }],
  ['aliyun', { read: aliyunReceipt, answer: { code: 0, msg: '接收成功' } }],
  ['tencent', { read: tencentReceipt, answer: { result: 0, errmsg: 'OK' } }],
]);

/** Takes receipts that gateways push, once it is sure that they come from there. */
@Injectable()
export class ReceiptPush {
  private readonly settings: SmsReceiptSettings;
  private readonly networks: Networks;

  constructor(
    @Inject(AppConfig) { smsReceipts: settings }: Pick<AppConfig, 'smsReceipts'>,
    private readonly receipts: Receipts,
    private readonly clock: Clock,
  ) {
    this.settings = settings;
    this.networks = new Networks(settings.networks);
  }

  /** @returns what the gateway wants to hear. @throws Refusal 404 NOT_FOUND, 401 RECEIPTS_UNVERIFIED, 400 RECEIPTS_INVALID */
  async take(push: Push): Promise<object> {
    const { gateway } = push;
    const known = GATEWAYS.get(gateway);
    if (known === undefined || !this.isOpenTo(gateway)) throw notFound('gateway', gateway);
    if (!this.isVerified(push)) {
      smsReceipts.inc({ way: gateway, outcome: 'refused' });
      throw new Refusal(401, 'RECEIPTS_UNVERIFIED');
    }
    const entries: unknown[] = Array.isArray(push.body) ? push.body : [push.body];
    if (entries.length > MOST_RECEIPTS || typeof push.body !== 'object' || push.body === null)
      throw new Refusal(400, 'RECEIPTS_INVALID', { most: MOST_RECEIPTS });
    const receipts = entries.map(known.read).filter((receipt) => receipt !== null);
    // One that cannot be read must not have the gateway push the others again for ever.
    smsReceipts.inc({ way: gateway, outcome: 'unreadable' }, entries.length - receipts.length);
    await this.receipts.take(receipts, gateway);
    return known.answer;
  }

  /** Where nothing is configured by which it could be verified there is no such gateway. */
  private isOpenTo(gateway: string): boolean {
    const { secret, token, networks } = this.settings;
    return gateway === 'http' ? secret !== null : token !== null || networks.length > 0;
  }

  /** The vendors sign nothing: they are known by a secret address, or by where they come from, or by both. */
  private isVerified({ gateway, rawBody, timestamp, signature, token = '', address }: Push): boolean {
    const { settings } = this;
    if (gateway === 'http') {
      if (rawBody === undefined || settings.secret === null) return false;
      return isSigned(rawBody, { timestamp, signature }, settings.secret, this.clock.now());
    }
    const isFromThere = settings.networks.length === 0 || this.networks.has(address);
    return isFromThere && (settings.token === null || isSame(token, settings.token));
  }
}
