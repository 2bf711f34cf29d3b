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
  'isv.AMOUNT_NOT_ENOUGH': 'temporary',
  'isv.OUT_OF_SERVICE': 'temporary',
  'isv.ACCOUNT_ABNORMAL': 'temporary',
  'isv.ACCOUNT_NOT_EXISTS': 'temporary',
  'isv.PRODUCT_UN_SUBSCRIPT': 'temporary',
  'isv.PRODUCT_UNSUBSCRIBE': 'temporary',
  'isv.DENY_IP_RANGE': 'temporary',
  'isp.RAM_PERMISSION_DENY': 'temporary',
  Forbidden: 'temporary',
  NoPermission: 'temporary',
  // The key, the clock, the signature: refused at the door, and mended by configuration or by a new attempt.
  InvalidAccessKeyId: 'temporary',
  SignatureDoesNotMatch: 'temporary',
  IncompleteSignature: 'temporary',
  InvalidTimeStamp: 'temporary',
  SignatureNonceUsed: 'temporary',
  ServiceUnavailable: 'temporary',
  // Requests that no attempt will make right.
  MissingParameter: 'failed',
  InvalidParameter: 'failed',
  InvalidAction: 'failed',
  InvalidVersion: 'failed',
};

/** `{Code, Message, BizId, RequestId}`, whatever the status. */
export function aliyunAnswer(httpStatus: number, body: unknown): VendorAnswer {
  const { Code, Message, BizId }: Record<string, unknown> = Object(body);
  return { httpStatus, code: textOf(Code), text: textOf(Message) ?? '', gatewayId: textOf(BizId) };
}
