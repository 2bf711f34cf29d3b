import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aliyunDetails, aliyunReceipt } from './aliyun-receipts.js';
import { ASKED_AFTER_SECONDS, nextAsk } from './asking-schedule.js';
import { httpReceipt, isSigned } from './http-receipts.js';
import { tencentReceipt, tencentStatuses } from './tencent-receipts.js';

const OUT_ID = '0193a1b2-0000-7000-8000-00000000000a';
const AT = new Date('2021-11-08T01:00:05Z');

describe('a receipt of the HTTP gateway', () => {
  it('says what became of an SMS', () => {
    expect(
      httpReceipt({ outId: OUT_ID, id: 'g-1', status: 'delivered', code: 'DELIVRD', at: AT.toISOString() }),
    ).toEqual({ outId: OUT_ID, gatewayId: 'g-1', status: 'delivered', code: 'DELIVRD', text: '', at: AT });
    expect(
      httpReceipt({
        id: 'g-1',
        status: 'failed',
        message: 'to 19912345678,\r\n+8619912345678',
        at: 'yesterday',
      }),
    ).toEqual({
      outId: null,
      gatewayId: 'g-1',
      status: 'failed',
      code: 'FAILED',
      text: 'to 199****5678, +86199****5678',
      at: null,
    });
  });

  it.each([
    null,
    'delivered',
    {},
    { outId: OUT_ID, status: 'sent' },
    { outId: 'x', status: 'failed' },
    { outId: [OUT_ID], status: 'failed' },
    { id: 'x'.repeat(201), status: 'failed' },
    { id: 'g\u0000', status: 'failed' },
  ])('%j is none', (entry) => expect(httpReceipt(entry)).toBeNull());
});

describe('a signature', () => {
  const [secret, now, body] = ['s'.repeat(32), new Date('2021-11-08T01:00:00Z'), Buffer.from('{"a":1}')];
  const seconds = now.getTime() / 1_000;
  const signed = (timestamp: string, by = secret, over: string | Buffer = body): string =>
    `v1=${createHmac('sha256', by).update(`${timestamp}.`).update(over).digest('hex')}`;
  const isTaken = (timestamp: unknown, signature: unknown): boolean =>
    isSigned(body, { timestamp, signature }, secret, now);

  it.each([0, -300, 300])('holds %d seconds from now', (apart) => {
    const timestamp = String(seconds + apart);
    expect(isTaken(timestamp, signed(timestamp))).toBe(true);
  });

  it.each([-301, 301, 86_400])('does not hold %d seconds from now', (apart) => {
    const timestamp = String(seconds + apart);
    expect(isTaken(timestamp, signed(timestamp))).toBe(false);
  });

  it('does not hold over anything else, by another secret, or at all', () => {
    const timestamp = String(seconds);
    const right = signed(timestamp);
    expect(isTaken(String(seconds + 1), right)).toBe(false);
    expect(isTaken(timestamp, signed(timestamp, 'other'))).toBe(false);
    expect(isTaken(timestamp, signed(timestamp, secret, '{"a":2}'))).toBe(false);
    expect(isTaken(timestamp, right.slice(0, -1))).toBe(false);
    expect(isTaken(timestamp, `${right}0`)).toBe(false);
    expect(isTaken(timestamp, undefined)).toBe(false);
    expect(isTaken(undefined, right)).toBe(false);
    expect(isTaken([timestamp], right)).toBe(false);
    expect(isTaken('1e9', signed('1e9'))).toBe(false);
    expect(isTaken('', signed(''))).toBe(false);
  });
});

describe('a receipt of Alibaba Cloud', () => {
  /** As its documentation has it. */
  const pushed = {
    phone_number: '13811110000',
    send_time: '2021-11-08 09:00:00',
    report_time: '2021-11-08 09:00:05',
    success: true,
    err_code: 'DELIVERED',
    err_msg: '用户接收成功',
    sms_size: '1',
    biz_id: '12345',
    out_id: OUT_ID,
  };

  it('is one of its push', () => {
    const receipt = { outId: OUT_ID, gatewayId: '12345', status: 'delivered', code: 'DELIVERED', at: AT };
    expect(aliyunReceipt(pushed)).toEqual({ ...receipt, text: '用户接收成功' });
    expect(aliyunReceipt({ ...pushed, success: false, err_code: 'MOBILE_NOT_ON_SERVICE' })).toMatchObject({
      status: 'failed',
      code: 'MOBILE_NOT_ON_SERVICE',
    });
    expect(aliyunReceipt({ ...pushed, success: 'true' })).toBeNull();
    expect(aliyunReceipt({ ...pushed, out_id: 'batch', biz_id: '' })).toBeNull();
  });

  const detail = (SendStatus: number, values: object = {}) => ({
    OutId: OUT_ID,
    SendStatus,
    ErrCode: `code ${SendStatus}`,
    ReceiveDate: '2021-11-08 09:00:05',
    PhoneNum: '13811110000',
    ...values,
  });
  const asked = { outId: OUT_ID, gatewayId: '12345' };
  const details = (...list: object[]) =>
    aliyunDetails({ SmsSendDetailDTOs: { SmsSendDetailDTO: list } }, asked);

  it('is found among the details of a number', () => {
    expect(details(detail(3))).toEqual({ ...asked, status: 'delivered', code: 'code 3', text: '', at: AT });
    expect(details(detail(2))).toMatchObject({ status: 'failed', code: 'code 2' });
    expect(details(detail(2), detail(3))).toMatchObject({ status: 'delivered' });
    expect(details(detail(2), detail(1))).toBeNull();
    expect(details(detail(1))).toBeNull();
    expect(details(detail(3, { OutId: 'another' }))).toBeNull();
    expect(details()).toBeNull();
    expect(aliyunDetails(null, asked)).toBeNull();
  });
});

describe('a receipt of Tencent Cloud', () => {
  /** As its documentation has it. */
  const pushed = {
    user_receive_time: '2021-11-08 09:00:05',
    nationcode: '86',
    mobile: '13811110000',
    report_status: 'SUCCESS',
    errmsg: 'DELIVRD',
    description: '用户短信送达成功',
    sid: '5000:1045',
  };

  it('is one of its callback', () => {
    expect(tencentReceipt(pushed)).toEqual({
      outId: null,
      gatewayId: '5000:1045',
      status: 'delivered',
      code: 'DELIVRD',
      text: '用户短信送达成功',
      at: AT,
    });
    expect(tencentReceipt({ ...pushed, ext: OUT_ID, report_status: 'FAIL' })).toMatchObject({
      outId: OUT_ID,
      status: 'failed',
    });
    expect(tencentReceipt({ ...pushed, report_status: 'UNKNOWN' })).toBeNull();
    expect(tencentReceipt({ ...pushed, sid: 7 })).toBeNull();
  });

  const status = (ReportStatus: string, values: object = {}) => ({
    SerialNo: '5000:1045',
    ReportStatus,
    Description: 'said',
    UserReceiveTime: AT.getTime() / 1_000,
    SessionContext: '',
    ...values,
  });
  const statuses = (gatewayId: string | null, ...list: object[]) =>
    tencentStatuses({ Response: { PullSmsSendStatusSet: list } }, { outId: OUT_ID, gatewayId });

  it('is found among the statuses of a number, by either id', () => {
    expect(statuses('5000:1045', status('SUCCESS'))).toEqual({
      outId: OUT_ID,
      gatewayId: '5000:1045',
      status: 'delivered',
      code: 'SUCCESS',
      text: 'said',
      at: AT,
    });
    expect(statuses(null, status('FAIL', { SessionContext: OUT_ID }))).toMatchObject({ status: 'failed' });
    expect(statuses('5000:1045', status('FAIL'), status('SUCCESS'))).toMatchObject({ status: 'delivered' });
    expect(statuses(null, status('SUCCESS'))).toBeNull();
    expect(statuses('another', status('SUCCESS'))).toBeNull();
    expect(statuses('5000:1045', status('WAITING'))).toBeNull();
    expect(tencentStatuses('nonsense', { outId: OUT_ID, gatewayId: null })).toBeNull();
  });
});

it('a gateway is asked after 5 and 30 minutes, 3 hours and a day', () => {
  const minutes = ASKED_AFTER_SECONDS.map((seconds) => seconds / 60);
  expect(minutes).toEqual([5, 30, 180, 1_440]);
  expect([0, 1, 3, 4].map((asks) => nextAsk(AT, asks)?.toISOString() ?? null)).toEqual([
    '2021-11-08T01:05:05.000Z',
    '2021-11-08T01:30:05.000Z',
    '2021-11-09T01:00:05.000Z',
    null,
  ]);
});
