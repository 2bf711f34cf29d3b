import { gatewayIdOf } from '../receipts/receipt.js';
import type { Meaning, VendorAnswer } from './vendor-outcome.js';
import { textOf } from './vendor-outcome.js';

export const ALIYUN_TAKEN = 'OK';

/**
 * What the codes of `SendSms` mean. `isv.` is the caller's fault, found before anything is taken; `isp.` is theirs, at
 * a moment that nobody knows.
 */
export const ALIYUN_MEANINGS: Readonly<Record<string, Meaning>> = {
  isv: 'failed',
  isp: 'unknown',
  // Too much at the moment, for this number, this day or this month.
  'isv.BUSINESS_LIMIT_CONTROL': 'temporary',
  'isv.DAY_LIMIT_CONTROL': 'temporary',
  'isv.MONTH_LIMIT_CONTROL': 'temporary',
  Throttling: 'temporary',
  // The account: somebody will pay, subscribe or allow.
  'isv.AMOUNT_NOT_ENOUGH': 'away',
  'isv.OUT_OF_SERVICE': 'away',
  'isv.ACCOUNT_ABNORMAL': 'away',
  'isv.ACCOUNT_NOT_EXISTS': 'away',
  'isv.PRODUCT_UN_SUBSCRIPT': 'away',
  'isv.PRODUCT_UNSUBSCRIBE': 'away',
  'isv.DENY_IP_RANGE': 'away',
  'isp.RAM_PERMISSION_DENY': 'away',
  Forbidden: 'away',
  NoPermission: 'away',
  // The key, the clock, the signature: refused at the door, and mended by configuration or by a new attempt.
  InvalidAccessKeyId: 'away',
  SignatureDoesNotMatch: 'away',
  IncompleteSignature: 'away',
  InvalidTimeStamp: 'away',
  SignatureNonceUsed: 'temporary',
  ServiceUnavailable: 'away',
  // Requests that no attempt will make right.
  MissingParameter: 'failed',
  InvalidParameter: 'failed',
  InvalidAction: 'failed',
  InvalidVersion: 'failed',
};

/** `{Code, Message, BizId, RequestId}`, whatever the status. */
export function aliyunAnswer(httpStatus: number, body: unknown): VendorAnswer {
  const { Code, Message, BizId }: Record<string, unknown> = Object(body);
  return { httpStatus, code: textOf(Code), text: textOf(Message) ?? '', gatewayId: gatewayIdOf(BizId) };
}
