import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SmsRecorder } from '../../src/local/sms-recorder.js';
import { Reader } from '../../src/platform/database/reader.js';
import { FakeClock } from '../support/fake-clock.js';
import { SmsMessages } from '../support/sms-messages.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

const SECRET = 'a-secret-of-the-gateway-and-ours-only';
const TOKEN = 'a-part-of-an-address-that-only-the-vendor-knows';
const NOW = new Date('2021-11-08T01:10:00Z');
const SENT_AT = new Date('2021-11-08T01:00:00Z');

const logged: string[] = [];
const log = new Writable({
  write(chunk: Buffer, _encoding, done) {
    logged.push(chunk.toString());
    done();
  },
});
let product: TestApp;
let recorder: SmsRecorder;
let sms: SmsMessages;
let anonymous: Client;

beforeAll(async () => {
  product = await createTestApp({
    clock: new FakeClock(NOW),
    environment: { SMS_RECEIPT_SECRET: SECRET, SMS_RECEIPT_TOKEN: TOKEN, LOG_LEVEL: 'info' },
    log,
  });
  recorder = await SmsRecorder.start({ token: 'x' });
  sms = new SmsMessages(product.app.get(Reader));
  anonymous = await product.signIn('nobody', 'nothing');
});
afterAll(() => Promise.all([product.close(), recorder.close()]));

const statusOf = async (id: string): Promise<string> => (await sms.stateOf(id)).status;
const pushed = (receipts: unknown, { secret = SECRET, at = NOW } = {}) =>
  recorder.pushReceipts(receipts, { url: `${product.url}/api/v1/sms/receipts/http`, secret, at });
const delivered = (outId: string, id = 'g-1') => ({
  outId,
  id,
  status: 'delivered',
  code: 'DELIVRD',
  at: null,
});

describe('the HTTP gateway', () => {
  it('pushes one receipt, or several, as often as it likes', async () => {
    const [one, two, three] = [
      await sms.make('sent', SENT_AT, 'g-1'),
      await sms.make('sending', SENT_AT),
      await sms.make('sent', SENT_AT, 'g-3'),
    ];
    expect(await pushed(delivered(one))).toEqual({ status: 200, body: { code: 'OK' } });
    const several = [
      delivered(two, 'g-2'),
      { outId: three, id: 'g-3', status: 'failed', code: 'UNDELIV', message: 'to 19912345678: no' },
      { ...delivered(one), status: 'failed' },
      { nonsense: true },
      delivered('0193a1b2-0000-7000-8000-000000000001'),
    ];
    for (const _ of [1, 2]) expect(await pushed(several)).toEqual({ status: 200, body: { code: 'OK' } });
    expect(await Promise.all([one, two, three].map(statusOf))).toEqual(['delivered', 'delivered', 'failed']);
    const metrics = await (await fetch(`${product.url}/metrics`)).text();
    for (const [outcome, count] of Object.entries({
      delivered: 2,
      failed: 1,
      unreadable: 2,
      message_unknown: 2,
      // The failure after the arrival, and all of the second time.
      unchanged: 4,
    }))
      expect(metrics).toContain(`shukun_sms_receipts_total{way="http",outcome="${outcome}"} ${count}`);
  });

  it('is not believed without its signature, by another secret, or ten minutes late', async () => {
    const id = await sms.make('sent', SENT_AT, 'g-4');
    const refused = { status: 401, body: { code: 'RECEIPTS_UNVERIFIED' } };
    expect(await anonymous.post('/sms/receipts/http', delivered(id, 'g-4'))).toMatchObject(refused);
    const forged = await pushed(delivered(id, 'g-4'), { secret: 'a-guess-that-is-long-enough-to-be-one' });
    expect(forged).toMatchObject(refused);
    for (const minutes of [-10, 10]) {
      const at = new Date(NOW.getTime() + minutes * 60_000);
      expect(await pushed(delivered(id, 'g-4'), { at })).toMatchObject(refused);
    }
    // What was signed is the body, to the byte.
    const seconds = String(NOW.getTime() / 1_000);
    const headers = { 'x-shukun-timestamp': seconds, 'x-shukun-signature': 'v1=00' };
    expect(await anonymous.post('/sms/receipts/http', delivered(id, 'g-4'), headers)).toMatchObject(refused);
    // A token of the vendors is none of its own.
    expect(await anonymous.post(`/sms/receipts/http/${TOKEN}`, delivered(id, 'g-4'))).toMatchObject(refused);
    expect(await statusOf(id)).toBe('sent');
  });

  it('is told what is no receipt at all', async () => {
    expect(await pushed('delivered')).toMatchObject({ status: 400, body: { code: 'RECEIPTS_INVALID' } });
    expect(await pushed(null)).toMatchObject({ status: 400 });
    const many = Array.from({ length: 1_001 }, () => ({}));
    expect(await pushed(many)).toMatchObject({ status: 400, body: { code: 'RECEIPTS_INVALID' } });
    expect(await pushed('x'.repeat(1_100_000))).toMatchObject({ status: 413 });
  });
});

describe('the vendors', () => {
  const aliyun = (outId: string, success = true) => ({
    phone_number: '19912345678',
    send_time: '2021-11-08 09:00:00',
    report_time: '2021-11-08 09:00:05',
    success,
    err_code: success ? 'DELIVERED' : 'MOBILE_NOT_ON_SERVICE',
    err_msg: 'to 19912345678',
    sms_size: '1',
    biz_id: '9006^0',
    out_id: outId,
  });
  const tencent = (sid: string) => ({
    user_receive_time: '2021-11-08 09:00:05',
    nationcode: '86',
    mobile: '19912345678',
    report_status: 'SUCCESS',
    errmsg: 'DELIVRD',
    description: '用户短信送达成功',
    sid,
  });

  it('push to an address that only they know, and hear what they want to hear', async () => {
    const [one, two] = [await sms.make('sent', SENT_AT, '9006^0'), await sms.make('sent', SENT_AT, '5000:1')];
    expect(await anonymous.post(`/sms/receipts/aliyun/${TOKEN}`, [aliyun(one)])).toMatchObject({
      status: 200,
      body: { code: 0, msg: '接收成功' },
    });
    expect(await anonymous.post(`/sms/receipts/tencent/${TOKEN}`, [tencent('5000:1')])).toMatchObject({
      status: 200,
      body: { result: 0, errmsg: 'OK' },
    });
    expect(await Promise.all([one, two].map(statusOf))).toEqual(['delivered', 'delivered']);
    expect(await sms.stateOf(one)).toMatchObject({
      deliveredAt: new Date('2021-11-08T01:00:05Z'),
      gatewayText: 'to 199****5678',
    });
  });

  it('are not believed anywhere else', async () => {
    const id = await sms.make('sent', SENT_AT, '9006^1');
    const receipts = [{ ...aliyun(id, false), biz_id: '9006^1' }];
    for (const path of [
      'aliyun',
      'aliyun/',
      `aliyun/${TOKEN}x`,
      `aliyun/${TOKEN.toUpperCase()}`,
      'tencent/x',
    ])
      expect(await anonymous.post(`/sms/receipts/${path}`, receipts)).toMatchObject({
        status: path.endsWith('/') ? expect.any(Number) : 401,
        body: { code: expect.stringMatching(/RECEIPTS_UNVERIFIED|ROUTE_UNKNOWN/) },
      });
    expect(await anonymous.post(`/sms/receipts/twilio/${TOKEN}`, receipts)).toMatchObject({ status: 404 });
    expect(await statusOf(id)).toBe('sent');
  });
});

it('no number and no secret address is in the log', () => {
  const lines = logged.join('');
  expect(lines).toContain('/api/v1/sms/receipts/:gateway/:token');
  expect(lines).toContain('/api/v1/sms/receipts/http');
  expect(lines).not.toContain('19912345678');
  expect(lines).not.toContain(TOKEN);
});
