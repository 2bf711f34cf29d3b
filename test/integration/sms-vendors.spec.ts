import Dysmsapi from '@alicloud/dysmsapi20170525';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sms as tencentSms } from 'tencentcloud-sdk-nodejs-sms';
import { v7 as uuidv7 } from 'uuid';
import { AliyunSmsGateway } from '../../src/notifications/channels/aliyun-gateway.js';
import type { AskableGateway, OutgoingSms } from '../../src/notifications/channels/sms-gateway.js';
import { TencentSmsGateway } from '../../src/notifications/channels/tencent-gateway.js';
import type { Outcome } from '../../src/notifications/outcome.js';
import { SetClock } from '../support/reminder-world.js';
import { KEY, SmsVendor, type VendorAnswer } from '../support/sms-vendor.js';

const SIGNATURE = '安康市工信局';
const clock = new SetClock('2021-11-08T09:00:00.123+08:00');
const templateIds = new Map([['overdue', 'SMS_154950909']]);
const sms: OutgoingSms = {
  outId: uuidv7(),
  to: '19900000001',
  content: {
    template: 'overdue',
    variables: { ent: '富硒 (茶)*业!', no: 'AK-2021-000123', days: '3' },
    text: '【安康市工信局】…',
  },
};

let aliyun: SmsVendor;
let tencent: SmsVendor;
const aliyunGateway = (endpoint = aliyun.url): AskableGateway => {
  const key = { accessKeyId: KEY.id, accessKeySecret: KEY.secret };
  return new AliyunSmsGateway({ provider: 'aliyun', endpoint, ...key, templateIds }, SIGNATURE, clock);
};
const tencentGateway = (endpoint = tencent.url): AskableGateway => {
  const key = { secretId: KEY.id, secretKey: KEY.secret };
  const settings = { endpoint, region: 'ap-guangzhou', appId: '1400006666', templateIds };
  return new TencentSmsGateway({ provider: 'tencent', ...settings, ...key }, SIGNATURE, clock);
};

beforeAll(async () => {
  [aliyun, tencent] = [await SmsVendor.aliyun(), await SmsVendor.tencent()];
});
afterAll(() => Promise.all([aliyun.close(), tencent.close()]));
afterEach(() => {
  aliyun.calls.length = 0;
  tencent.calls.length = 0;
});

const patiently = (): AbortSignal => AbortSignal.timeout(5_000);
const ofNumber = (Code: string, SerialNo = ''): VendorAnswer => ({
  body: { Response: { SendStatusSet: [{ Code, Message: 'said', SerialNo }] } },
});

describe("the vendor's own client is signed as we sign", () => {
  it('of Alibaba Cloud', async () => {
    const { default: Client, SendSmsRequest, QuerySendDetailsRequest } = Dysmsapi;
    aliyun.answer = () => ({ body: { Code: 'OK', Message: 'OK', BizId: '9006^0' } });
    const client = new Client(
      new $OpenApiUtil.Config({
        accessKeyId: KEY.id,
        accessKeySecret: KEY.secret,
        endpoint: `127.0.0.1:${aliyun.port}`,
        protocol: 'http',
      }),
    );
    const parameters = {
      phoneNumbers: sms.to,
      signName: SIGNATURE,
      templateCode: 'SMS_154950909',
      templateParam: JSON.stringify(sms.content.variables),
      outId: sms.outId,
    };
    await client.sendSms(new SendSmsRequest(parameters));
    const asked = {
      phoneNumber: sms.to,
      bizId: '9006^0',
      sendDate: '20211108',
      pageSize: 50,
      currentPage: 1,
    };
    await client.querySendDetails(new QuerySendDetailsRequest(asked));
    expect(aliyun.calls.map(({ action, isSigned }) => [action, isSigned])).toEqual([
      ['SendSms', true],
      ['QuerySendDetails', true],
    ]);
    // And we ask the same of the vendor as it does.
    const [theirs, theirQuestion] = aliyun.calls.splice(0);
    await aliyunGateway().send(sms, patiently());
    await aliyunGateway().ask({ ...sms, gatewayId: '9006^0', notBefore: clock.now() }, patiently());
    const [ours, ourQuestion] = aliyun.calls;
    expect(ours?.parameters).toEqual(theirs?.parameters);
    expect(ours?.headers['x-acs-version']).toBe(theirs?.headers['x-acs-version']);
    expect(ourQuestion?.parameters).toEqual(theirQuestion?.parameters);
  });

  it('of Tencent Cloud', async () => {
    tencent.answer = () => ofNumber('Ok');
    const client = new tencentSms.v20210111.Client({
      credential: { secretId: KEY.id, secretKey: KEY.secret },
      region: 'ap-guangzhou',
      profile: { httpProfile: { protocol: 'http://', endpoint: `127.0.0.1:${tencent.port}` } },
    });
    const parameters = {
      PhoneNumberSet: [`+86${sms.to}`],
      SmsSdkAppId: '1400006666',
      SignName: SIGNATURE,
      TemplateId: 'SMS_154950909',
      TemplateParamSet: Object.values(sms.content.variables),
      SessionContext: sms.outId,
    };
    await client.SendSms(parameters);
    const seconds = Math.floor(clock.now().getTime() / 1_000);
    await client.PullSmsSendStatusByPhoneNumber({
      BeginTime: seconds - 60,
      EndTime: seconds + 60,
      Offset: 0,
      Limit: 100,
      PhoneNumber: `+86${sms.to}`,
      SmsSdkAppId: '1400006666',
    });
    expect(tencent.calls.map(({ action, isSigned }) => [action, isSigned])).toEqual([
      ['SendSms', true],
      ['PullSmsSendStatusByPhoneNumber', true],
    ]);
    const [theirs, theirQuestion] = tencent.calls.splice(0);
    await tencentGateway().send(sms, patiently());
    tencent.answer = () => ({ body: { Response: { PullSmsSendStatusSet: [] } } });
    await tencentGateway().ask({ ...sms, gatewayId: null, notBefore: clock.now() }, patiently());
    const [ours, ourQuestion] = tencent.calls;
    expect(ourQuestion?.parameters).toEqual(theirQuestion?.parameters);
    expect(ours?.parameters).toEqual(theirs?.parameters);
    for (const name of ['x-tc-action', 'x-tc-version', 'x-tc-region'])
      expect(ours?.headers[name]).toBe(theirs?.headers[name]);
  });

  it('and nothing else is', async () => {
    aliyun.answer = () => ({ body: {} });
    await fetch(`${aliyun.url}/?PhoneNumbers=1`, { method: 'POST', headers: { 'x-acs-action': 'SendSms' } });
    await fetch(tencent.url, { method: 'POST', body: '{}' });
    expect([aliyun.calls[0]?.isSigned, tencent.calls[0]?.isSigned]).toEqual([false, false]);
  });
});

describe('Alibaba Cloud', () => {
  it('is asked to send, signed, with our id and the variables by name', async () => {
    aliyun.answer = () => ({ body: { Code: 'OK', Message: 'OK', BizId: '9006^0' } });
    expect(await aliyunGateway().send(sms, patiently())).toEqual({
      status: 'sent',
      gatewayId: '9006^0',
      gatewayCode: 'OK',
      gatewayText: 'OK',
    });
    expect(aliyun.calls).toHaveLength(1);
    expect(aliyun.calls[0]).toMatchObject({
      action: 'SendSms',
      isSigned: true,
      headers: { 'x-acs-date': '2021-11-08T01:00:00Z', 'x-acs-version': '2017-05-25' },
      parameters: {
        PhoneNumbers: '19900000001',
        SignName: SIGNATURE,
        TemplateCode: 'SMS_154950909',
        TemplateParam: '{"ent":"富硒 (茶)*业!","no":"AK-2021-000123","days":"3"}',
        OutId: sms.outId,
      },
    });
  });

  it('is asked what became of an SMS, by its id there and without it', async () => {
    const SmsSendDetailDTO = [{ OutId: sms.outId, SendStatus: 3, ErrCode: 'DELIVERED' }];
    aliyun.answer = () => ({ body: { Code: 'OK', SmsSendDetailDTOs: { SmsSendDetailDTO } } });
    const notBefore = new Date('2021-11-08T16:30:00Z');
    const asked = { outId: sms.outId, to: sms.to, notBefore };
    const receipt = await aliyunGateway().ask({ ...asked, gatewayId: '9006^0' }, patiently());
    expect(receipt).toMatchObject({ outId: sms.outId, gatewayId: '9006^0', status: 'delivered' });
    expect(await aliyunGateway().ask({ ...asked, gatewayId: null }, patiently())).not.toBeNull();
    expect(aliyun.calls.map(({ isSigned }) => isSigned)).toEqual([true, true]);
    // Their day, which is the next one by now.
    expect(aliyun.calls[0]?.parameters).toMatchObject({ BizId: '9006^0', SendDate: '20211109' });
    expect(aliyun.calls[1]?.parameters).not.toHaveProperty('BizId');
  });
});

describe('Tencent Cloud', () => {
  it('is asked to send, signed, with our id and the variables in the order of the text', async () => {
    tencent.answer = () => ofNumber('Ok', '5000:1045');
    expect(await tencentGateway().send(sms, patiently())).toMatchObject({
      status: 'sent',
      gatewayId: '5000:1045',
    });
    expect(tencent.calls).toHaveLength(1);
    expect(tencent.calls[0]).toMatchObject({
      action: 'SendSms',
      isSigned: true,
      headers: {
        'x-tc-timestamp': '1636333200',
        'x-tc-version': '2021-01-11',
        'x-tc-region': 'ap-guangzhou',
      },
      parameters: {
        PhoneNumberSet: ['+8619900000001'],
        SmsSdkAppId: '1400006666',
        SignName: SIGNATURE,
        TemplateId: 'SMS_154950909',
        TemplateParamSet: ['富硒 (茶)*业!', 'AK-2021-000123', '3'],
        SessionContext: sms.outId,
      },
    });
  });

  it('is asked what became of an SMS', async () => {
    const PullSmsSendStatusSet = [{ SerialNo: '5000:1045', ReportStatus: 'SUCCESS' }];
    tencent.answer = () => ({ body: { Response: { PullSmsSendStatusSet } } });
    const asked = { outId: sms.outId, to: sms.to, notBefore: clock.now(), gatewayId: '5000:1045' };
    expect(await tencentGateway().ask(asked, patiently())).toMatchObject({ status: 'delivered' });
    expect(tencent.calls[0]).toMatchObject({
      action: 'PullSmsSendStatusByPhoneNumber',
      isSigned: true,
      parameters: { PhoneNumber: '+8619900000001', BeginTime: 1_636_333_140, Offset: 0, Limit: 100 },
    });
  });
});

describe.each([
  [
    'Alibaba Cloud',
    () => aliyun,
    aliyunGateway,
    (Code: string): VendorAnswer => ({ body: { Code } }),
    ['isv.BUSINESS_LIMIT_CONTROL', 'isv.MOBILE_NUMBER_ILLEGAL'],
  ],
  [
    'Tencent Cloud',
    () => tencent,
    tencentGateway,
    (code: string): VendorAnswer => ofNumber(code),
    ['LimitExceeded.PhoneNumberThirtySecondLimit', 'InvalidParameterValue.IncorrectPhoneNumber'],
  ],
])('%s in trouble', (_, vendor, gateway, refusing, [throttled = '', refused = '']) => {
  const outcomeOf = async (answer: VendorAnswer, withinMs = 5_000): Promise<Outcome> => {
    vendor().answer = () => answer;
    return gateway().send(sms, AbortSignal.timeout(withinMs));
  };

  it('that has too much to do is asked again later, and one that refuses is not', async () => {
    expect(await outcomeOf(refusing(throttled))).toMatchObject({
      status: 'temporary',
      gatewayCode: throttled,
    });
    expect(await outcomeOf(refusing(refused))).toMatchObject({ status: 'failed', gatewayCode: refused });
    expect(await outcomeOf({ status: 429, body: null })).toMatchObject({ status: 'temporary' });
    expect(vendor().calls).toHaveLength(3);
  });

  it('that hangs, cuts the connection or fails may have taken it', async () => {
    expect(await outcomeOf('hang', 300)).toMatchObject({ status: 'unknown', gatewayCode: 'NO_ANSWER' });
    expect(await outcomeOf('cut')).toMatchObject({ status: 'unknown', gatewayCode: 'NO_ANSWER' });
    expect(await outcomeOf({ status: 502, body: null })).toMatchObject({ status: 'unknown' });
    expect(vendor().calls).toHaveLength(3);
  });

  it('that is not there has taken nothing', async () => {
    const gone = await SmsVendor.aliyun();
    const { url } = gone;
    await gone.close();
    expect(await gateway(url).send(sms, patiently())).toMatchObject({
      status: 'temporary',
      gatewayCode: 'ECONNREFUSED',
    });
  });

  it('that does not say what became of an SMS is asked again', async () => {
    const asked = { outId: sms.outId, to: sms.to, notBefore: clock.now(), gatewayId: null };
    vendor().answer = () => refusing(throttled);
    await expect(gateway().ask(asked, patiently())).rejects.toThrow(throttled);
    vendor().answer = () => 'cut';
    await expect(gateway().ask(asked, patiently())).rejects.toThrow();
  });
});
