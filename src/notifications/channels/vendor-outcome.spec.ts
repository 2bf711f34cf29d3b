import { describe, expect, it } from '@jest/globals';
import { ALIYUN_MEANINGS, ALIYUN_TAKEN, aliyunAnswer } from './aliyun-outcome.js';
import { TENCENT_MEANINGS, TENCENT_TAKEN, tencentAnswer } from './tencent-outcome.js';
import { vendorOutcome } from './vendor-outcome.js';

const aliyun = (status: number, body: unknown) =>
  vendorOutcome(aliyunAnswer(status, body), ALIYUN_TAKEN, ALIYUN_MEANINGS);
const tencent = (status: number, body: unknown) =>
  vendorOutcome(tencentAnswer(status, body), TENCENT_TAKEN, TENCENT_MEANINGS);
/** `away`: and so is the vendor, whatever the message. */
const meant = (expected: string): object =>
  expected.endsWith(' away') ? { status: expected.replace(' away', ''), isAway: true } : { status: expected };
const ofNumber = (Code: string) => ({
  Response: { SendStatusSet: [{ Code, Message: 'said', SerialNo: '' }] },
});
const ofRequest = (Code: string) => ({ Response: { Error: { Code, Message: 'said' }, RequestId: 'r' } });

describe('an answer of Alibaba Cloud', () => {
  it('is taken as sent with OK, and keeps the BizId', () => {
    expect(aliyun(200, { Code: 'OK', Message: 'OK', BizId: '9006^0', RequestId: 'r' })).toEqual({
      status: 'sent',
      gatewayId: '9006^0',
      gatewayCode: 'OK',
      gatewayText: 'OK',
    });
  });

  it.each([
    [200, 'isv.BUSINESS_LIMIT_CONTROL', 'temporary'],
    [200, 'isv.DAY_LIMIT_CONTROL', 'temporary'],
    [200, 'isv.AMOUNT_NOT_ENOUGH', 'temporary away'],
    [200, 'isv.OUT_OF_SERVICE', 'temporary away'],
    [200, 'isp.RAM_PERMISSION_DENY', 'temporary away'],
    [400, 'Throttling', 'temporary'],
    [400, 'Throttling.User', 'temporary'],
    [503, 'ServiceUnavailable', 'temporary away'],
    [403, 'Forbidden.RAM', 'temporary away'],
    [400, 'SignatureDoesNotMatch', 'temporary away'],
    [404, 'InvalidAccessKeyId.NotFound', 'temporary away'],
    [400, 'InvalidTimeStamp.Expired', 'temporary away'],
    [200, 'isv.MOBILE_NUMBER_ILLEGAL', 'failed'],
    [200, 'isv.SMS_TEMPLATE_ILLEGAL', 'failed'],
    [200, 'isv.SMS_SIGNATURE_ILLEGAL', 'failed'],
    [200, 'isv.TEMPLATE_MISSING_PARAMETERS', 'failed'],
    [200, 'isv.A_CODE_OF_TOMORROW', 'failed'],
    [400, 'MissingPhoneNumbers', 'unknown'],
    [400, 'InvalidAction.NotFound', 'failed'],
    [200, 'isp.SYSTEM_ERROR', 'unknown away'],
    [500, 'InternalError', 'unknown away'],
    [500, 'constructor', 'unknown away'],
  ])('%d %s is %s', (status, Code, expected) => {
    expect(aliyun(status, { Code, Message: 'said' })).toEqual({
      ...meant(expected),
      gatewayCode: Code,
      gatewayText: 'said',
    });
  });
});

describe('an answer of Tencent Cloud', () => {
  it('is taken as sent with Ok, and keeps the SerialNo', () => {
    const body = {
      Response: {
        SendStatusSet: [{ SerialNo: '5000:1045', Code: 'Ok', Message: 'send success', SessionContext: 'x' }],
        RequestId: 'r',
      },
    };
    expect(tencent(200, body)).toEqual({
      status: 'sent',
      gatewayId: '5000:1045',
      gatewayCode: 'Ok',
      gatewayText: 'send success',
    });
  });

  it.each([
    ['LimitExceeded.PhoneNumberDailyLimit', 'temporary'],
    ['LimitExceeded.DeliveryFrequencyLimit', 'temporary'],
    ['RequestLimitExceeded', 'temporary'],
    ['FailedOperation.InsufficientBalanceInSmsPackage', 'temporary away'],
    ['UnauthorizedOperation.ServiceSuspendDueToArrears', 'temporary away'],
    ['AuthFailure.SignatureExpire', 'temporary away'],
    ['InternalError.RequestTimeException', 'temporary away'],
    ['LimitExceeded.PhoneNumberCountLimit', 'failed'],
    ['InvalidParameterValue.IncorrectPhoneNumber', 'failed'],
    ['FailedOperation.SignatureIncorrectOrUnapproved', 'failed'],
    ['FailedOperation.TemplateUnapprovedOrNotExist', 'failed'],
    ['FailedOperation.PhoneNumberInBlacklist', 'failed'],
    ['UnsupportedOperation.UnsupportedRegion', 'failed'],
    ['InternalError.Timeout', 'unknown away'],
    ['InternalError.SendAndRecvFail', 'unknown away'],
    ['InternalError.UnknownError', 'unknown away'],
    ['InternalError', 'unknown away'],
    ['SomethingNew', 'unknown'],
  ])('%s is %s, of a number and of the request', (code, expected) => {
    const outcome = { ...meant(expected), gatewayCode: code, gatewayText: 'said' };
    expect(tencent(200, ofNumber(code))).toEqual(outcome);
    expect(tencent(200, ofRequest(code))).toEqual(outcome);
  });
});

it('an id that cannot be stored is none: the message was taken all the same', () => {
  const taken = { status: 'sent', gatewayId: null };
  expect(aliyun(200, { Code: 'OK', BizId: '9006\u0000' })).toMatchObject(taken);
  const SendStatusSet = [{ Code: 'Ok', SerialNo: 'x'.repeat(201) }];
  expect(tencent(200, { Response: { SendStatusSet } })).toMatchObject(taken);
});

describe.each([
  ['Alibaba', aliyun],
  ['Tencent', tencent],
])('an answer without a code, in place of %s Cloud', (_, outcomeOf) => {
  it.each([
    [200, null, 'unknown', 'ANSWER_UNREADABLE'],
    [200, { Response: {} }, 'unknown', 'ANSWER_UNREADABLE'],
    [403, null, 'temporary', 'HTTP_403'],
    [404, null, 'failed', 'HTTP_404'],
    [429, null, 'temporary', 'HTTP_429'],
    [503, null, 'temporary', 'HTTP_503'],
    [500, null, 'unknown', 'HTTP_500'],
    [502, null, 'unknown', 'HTTP_502'],
    [504, null, 'unknown', 'HTTP_504'],
  ])('%d %j is %s', (status, body, expected, gatewayCode) => {
    expect(outcomeOf(status, body)).toMatchObject({ status: expected, gatewayCode });
  });
});
