import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import * as fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { CalendarService } from '../../src/calendar/calendar.service.js';
import { OfficeTime } from '../../src/calendar/office-time.js';
import { DailyCap } from '../../src/notifications/cap/daily-cap.js';
import { ConfiguredGateways } from '../../src/notifications/channels/configured-gateways.js';
import { Messages, type Settled } from '../../src/notifications/messages.repository.js';
import { phoneColumns } from '../../src/enterprises/enterprise-phone.js';
import { AskForReceipts } from '../../src/notifications/receipts/ask-for-receipts.js';
import type { Receipt } from '../../src/notifications/receipts/receipt.js';
import { type Push, ReceiptPush } from '../../src/notifications/receipts/receipt-push.js';
import { Receipts } from '../../src/notifications/receipts/receipts.repository.js';
import type { SmsReceiptSettings } from '../../src/platform/config/sms-settings.js';
import { Reader } from '../../src/platform/database/reader.js';
import { Refusal } from '../../src/platform/errors/refusal.js';
import { testConfig } from '../support/delivery-world.js';
import { testPersonalData } from '../support/personal-data.js';
import { SetClock } from '../support/reminder-world.js';
import { SmsMessages } from '../support/sms-messages.js';
import { KEY, SmsVendor, type VendorAnswer, type VendorCall } from '../support/sms-vendor.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const SENT_AT = new Date('2021-11-08T01:00:00Z');
const ARRIVED_AT = new Date('2021-11-08T01:00:05Z');
const LATER = '2021-11-08T09:00:10+08:00';
const clock = new SetClock(LATER);

let database: TestDatabase;
let reader: Reader;
let sms: SmsMessages;
let messages: Messages;
let receipts: Receipts;
Logger.overrideLogger(false);

beforeAll(async () => {
  database = await createTestDatabase();
  reader = new Reader(database.dataSource);
  sms = new SmsMessages(reader);
  const cap = new DailyCap(
    testConfig({}),
    new CalendarService(reader, clock),
    new OfficeTime('Asia/Shanghai'),
    clock,
    reader,
  );
  messages = new Messages(reader, clock, testPersonalData(), cap);
  receipts = new Receipts(reader, clock);
});
afterAll(() => database.drop());

const receipt = (
  outId: string | null,
  status: Receipt['status'],
  gatewayId: string | null = 'g-1',
): Receipt => ({
  outId,
  gatewayId,
  status,
  code: status === 'delivered' ? 'DELIVRD' : 'UNDELIV',
  text: 'said',
  at: ARRIVED_AT,
});
const take = (...taken: Receipt[]): Promise<void> => receipts.take(taken, 'test');
const outcome = (id: string, status: Settled['status'], gatewayId: string | null = null): Settled => ({
  id,
  fence: 1,
  status,
  nextAttemptAt: status === 'pending' ? clock.now() : null,
  gatewayId,
  gatewayCode: 'OK',
  gatewayText: '',
});

describe('a receipt', () => {
  it('that it arrived makes it delivered, with the moment', async () => {
    const id = await sms.make('sent', SENT_AT, 'g-1');
    await take(receipt(id, 'delivered'));
    expect(await sms.stateOf(id)).toMatchObject({
      status: 'delivered',
      gatewayCode: 'DELIVRD',
      sentAt: SENT_AT,
      deliveredAt: ARRIVED_AT,
      delivery: { status: 'delivered', reason: null, deliveredAt: expect.stringContaining('01:00:05') },
    });
  });

  it('that it did not arrive makes it failed, with the words of the gateway', async () => {
    const id = await sms.make('sent', SENT_AT, 'g-1');
    await take(receipt(id, 'failed'));
    expect(await sms.stateOf(id)).toMatchObject({
      status: 'failed',
      gatewayCode: 'UNDELIV',
      gatewayText: 'said',
      deliveredAt: null,
      delivery: { status: 'failed', reason: 'UNDELIV', deliveredAt: null },
    });
  });

  it.each(['delivered', 'failed'] as const)('settles what was unknown: %s', async (status) => {
    const id = await sms.make('unknown', SENT_AT);
    await take(receipt(id, status));
    expect(await sms.stateOf(id)).toMatchObject({ status, gatewayId: 'g-1', delivery: { status } });
  });

  it('of what was given up, or is to be tried again, keeps it from being sent twice', async () => {
    for (const status of ['failed', 'pending'] as const) {
      const id = await sms.make(status, SENT_AT);
      await take(receipt(id, 'delivered'));
      expect(await sms.stateOf(id)).toMatchObject({ status: 'delivered', delivery: { status: 'delivered' } });
    }
    expect((await messages.claim({ channel: 'sms', count: 10, isOff: false })).seen).toBe(0);
  });

  it('does not move what was suppressed, and a failure not what is to be tried again', async () => {
    const suppressed = await sms.make('suppressed', SENT_AT);
    await take(receipt(suppressed, 'delivered'));
    expect((await sms.stateOf(suppressed)).status).toBe('suppressed');
    const pending = await sms.make('pending', new Date('2021-11-09T00:00:00Z'));
    await take(receipt(pending, 'failed'));
    expect((await sms.stateOf(pending)).status).toBe('pending');
  });

  it('overturns what a person has said only by having arrived', async () => {
    for (const [status, said] of [
      ['failed', 'sent'],
      ['delivered', 'delivered'],
    ] as const) {
      const id = await sms.make('sent', SENT_AT, 'g-1');
      await reader.query(
        'UPDATE messages SET resolved_at = $2, resolved_by = $1, resolution_note = $3 WHERE id = $1',
        [id, SENT_AT, 'asked'],
      );
      await take(receipt(id, status));
      expect(await sms.stateOf(id)).toMatchObject({ status: said, delivery: { status: said } });
    }
  });

  it('of another attempt than the last says nothing of the last', async () => {
    const sent = await sms.make('sent', SENT_AT, 'g-2');
    await take(receipt(sent, 'failed', 'g-1'));
    expect((await sms.stateOf(sent)).status).toBe('sent');
    const sending = await sms.make('sending', SENT_AT, 'g-1');
    await take(receipt(sending, 'failed', 'g-1'));
    expect((await sms.stateOf(sending)).status).toBe('sending');
    await take(receipt(sending, 'failed', 'g-2'));
    expect((await sms.stateOf(sending)).status).toBe('failed');
  });

  it('does not arrive before it was sent, or in the future', async () => {
    const id = await sms.make('sent', SENT_AT, 'g-1');
    await take({ ...receipt(id, 'delivered'), at: new Date('2021-11-01T00:00:00Z') });
    expect((await sms.stateOf(id)).deliveredAt).toEqual(SENT_AT);
    const other = await sms.make('sent', SENT_AT, 'g-9');
    await take({ ...receipt(other, 'delivered', 'g-9'), at: new Date('2022-01-01T00:00:00Z') });
    expect((await sms.stateOf(other)).deliveredAt).toEqual(clock.now());
  });

  it('of nothing that is known changes nothing, and never a mail', async () => {
    await take(receipt(uuidv7(), 'delivered'), receipt(null, 'failed', 'nonesuch'));
    const mail = await sms.make('sent', SENT_AT, 'mail-1');
    await reader.query(`UPDATE messages SET channel = 'email' WHERE id = $1`, [mail]);
    await take(receipt(mail, 'failed', 'mail-1'), receipt(null, 'failed', 'mail-1'));
    expect((await sms.stateOf(mail)).status).toBe('sent');
  });
});

describe('receipts and the record of the attempt', () => {
  it('end in the same state in whichever order they come, however often', async () => {
    const settled = fc.constantFrom('sent' as const, 'unknown' as const);
    const received = fc.array(fc.constantFrom('delivered' as const, 'failed' as const), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(settled, received, fc.nat(4), async (recorded, statuses, place) => {
        const id = await sms.make('sending', SENT_AT);
        const steps = statuses.map((status) => () => take(receipt(id, status)));
        steps.splice(place, 0, async () => {
          clock.set(SENT_AT);
          await messages.record([outcome(id, recorded, 'g-1')]);
          clock.set(LATER);
        });
        for (const step of steps) await step();
        const expected =
          (['delivered', 'failed'] as const).find((status) => statuses.includes(status)) ?? recorded;
        const state = await sms.stateOf(id);
        expect([state.status, state.delivery.status]).toEqual([expected, expected]);
        expect(state.deliveredAt).toEqual(expected === 'delivered' ? ARRIVED_AT : null);
      }),
      { numRuns: 60 },
    );
  });

  it('wait for each other at the same moment', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => sms.make('sending', SENT_AT)));
    await Promise.all(
      ids.flatMap((id, index) => [
        messages.record([outcome(id, 'sent', `at-once-${index}`)]),
        take(receipt(id, 'delivered', `at-once-${index}`)),
        take(receipt(id, 'failed', `at-once-${index}`)),
      ]),
    );
    const states = await Promise.all(ids.map((id) => sms.stateOf(id)));
    expect(new Set(states.map(({ status, delivery }) => `${status} ${delivery.status}`))).toEqual(
      new Set(['delivered delivered']),
    );
  });

  it('without our id, before it is known what they are about, wait until it is', async () => {
    const early = await sms.make('sending', SENT_AT);
    await take(receipt(null, 'failed', 'serial-1'), receipt(null, 'delivered', 'serial-1'));
    await take(receipt(null, 'delivered', 'serial-1'), receipt(null, 'delivered', 'serial-2'));
    await receipts.matchEarly();
    expect((await sms.stateOf(early)).status).toBe('sending');
    await messages.record([outcome(early, 'sent', 'serial-1')]);
    await receipts.matchEarly();
    expect((await sms.stateOf(early)).status).toBe('delivered');
    const kept = () => reader.query(`SELECT gateway_id FROM early_receipts WHERE gateway_id LIKE 'serial%'`);
    expect(await kept()).toEqual([{ gateway_id: 'serial-2' }]);
    // An attempt is recorded within minutes: later nobody will ever know.
    clock.set('2021-11-08T10:00:10+08:00');
    await receipts.matchEarly();
    expect(await kept()).toHaveLength(1);
    clock.set('2021-11-08T10:00:11+08:00');
    await receipts.matchEarly();
    clock.set(LATER);
    expect(await kept()).toEqual([]);
  });
});

describe('what vendors push', () => {
  const push = { gateway: 'tencent', address: '203.0.113.7', token: undefined, body: [] as unknown[] };
  const unsigned = { timestamp: undefined, signature: undefined, rawBody: Buffer.from('[]') };
  const answerTo = async (settings: Partial<SmsReceiptSettings>, values: Partial<Push> = {}) => {
    const config = { smsReceipts: { secret: null, token: null, networks: [], ...settings } };
    try {
      return await new ReceiptPush(config, receipts, clock).take({ ...push, ...unsigned, ...values });
    } catch (error) {
      if (error instanceof Refusal) return error.status;
      throw error;
    }
  };
  const taken = { result: 0, errmsg: 'OK' };
  const networks = ['203.0.113.0/24'];
  const token = 'only-they-know';

  it('is taken from listed networks, or at an address that only they know, or by both', async () => {
    expect(await answerTo({ networks })).toEqual(taken);
    expect(await answerTo({ networks }, { address: '198.51.100.1' })).toBe(401);
    expect(await answerTo({ token }, { token })).toEqual(taken);
    expect(await answerTo({ token })).toBe(401);
    expect(await answerTo({ token }, { token: '' })).toBe(401);
    expect(await answerTo({ token, networks }, { token })).toEqual(taken);
    expect(await answerTo({ token, networks })).toBe(401);
    expect(await answerTo({ token, networks }, { token, address: '198.51.100.1' })).toBe(401);
  });

  it('is taken by nobody where neither is configured, as that of the HTTP gateway without its secret', async () => {
    expect(await answerTo({})).toBe(404);
    expect(await answerTo({ secret: 's'.repeat(32) })).toBe(404);
    expect(await answerTo({ token, networks }, { gateway: 'http', token })).toBe(404);
    expect(await answerTo({ token, networks }, { gateway: 'constructor', token })).toBe(404);
  });
});

describe('a gateway that is asked', () => {
  let vendor: SmsVendor;
  let asking: AskForReceipts;
  const calls = (): Array<[to: unknown, bizId: unknown]> =>
    vendor.calls.splice(0).map(({ parameters }) => [parameters['PhoneNumber'], parameters['BizId']]);
  const details = (...list: object[]): VendorAnswer => ({
    body: { Code: 'OK', SmsSendDetailDTOs: { SmsSendDetailDTO: list } },
  });

  beforeAll(async () => {
    vendor = await SmsVendor.aliyun();
    const key = { accessKeyId: KEY.id, accessKeySecret: KEY.secret };
    const smsVendor = { provider: 'aliyun' as const, endpoint: vendor.url, ...key, templateIds: new Map() };
    const gateways = ConfiguredGateways.of(testConfig({ smsVendor }), clock);
    asking = new AskForReceipts(gateways, receipts, reader, testPersonalData(), clock);
  });
  afterAll(() => vendor.close());
  afterEach(async () => {
    vendor.calls.length = 0;
    await reader.query(`UPDATE messages SET status = 'suppressed' WHERE status IN ('sent', 'unknown')`);
  });

  const after = (minutes: number): void => clock.set(new Date(SENT_AT.getTime() + minutes * 60_000));

  it('says what became of what was sent and of what is unknown', async () => {
    await reader.query(`UPDATE messages SET status = 'suppressed'`);
    const arrived = await sms.make('sent', SENT_AT, '9006^0');
    const lost = await sms.make('unknown', SENT_AT);
    vendor.answer = ({ parameters }: VendorCall) =>
      parameters['BizId'] === '9006^0'
        ? details({ OutId: arrived, SendStatus: 3, ErrCode: 'DELIVERED', ReceiveDate: '2021-11-08 09:00:05' })
        : details({ OutId: lost, SendStatus: 2, ErrCode: 'MOBILE_NOT_ON_SERVICE' });
    after(4);
    await asking.run();
    expect(vendor.calls).toEqual([]);
    after(5);
    await asking.run();
    expect(vendor.calls.every(({ isSigned }) => isSigned)).toBe(true);
    expect(calls()).toHaveLength(2);
    expect(await sms.stateOf(arrived)).toMatchObject({ status: 'delivered', deliveredAt: ARRIVED_AT });
    expect(await sms.stateOf(lost)).toMatchObject({ status: 'failed', gatewayCode: 'MOBILE_NOT_ON_SERVICE' });
    await asking.run();
    expect(calls()).toEqual([]);
  });

  it('is asked about the contact of an enterprise by the number of that contact', async () => {
    await reader.query(`UPDATE messages SET status = 'suppressed'`);
    const [id, enterpriseId] = [await sms.make('sent', SENT_AT, '9007^0'), uuidv7()];
    const phone = phoneColumns(testPersonalData(), enterpriseId, '19955550007');
    await reader.query(
      `INSERT INTO enterprises (id, name, credit_code, reporting_unit_id, contact_phone_sealed,
                                contact_phone_search_key, contact_is_mobile)
       SELECT $1, '安康示例茶业有限公司', '91610900MA70000007', id, $2, $3, $4 FROM reporting_units WHERE code = '610902'`,
      [enterpriseId, phone.contactPhoneSealed, phone.contactPhoneSearchKey, phone.contactIsMobile],
    );
    await reader.query('UPDATE messages SET official_id = NULL, enterprise_id = $2 WHERE id = $1', [
      id,
      enterpriseId,
    ]);
    vendor.answer = () => details({ OutId: id, SendStatus: 3, ReceiveDate: '2021-11-08 09:00:05' });
    after(5);
    await asking.run();
    expect(calls()).toEqual([['19955550007', '9007^0']]);
    expect(await sms.stateOf(id)).toMatchObject({ status: 'delivered' });
  });

  it('and does not know is asked after 5 and 30 minutes, 3 hours and a day, and never again', async () => {
    const id = await sms.make('sent', SENT_AT, '9006^1');
    vendor.answer = ({ parameters }: VendorCall) =>
      // Throttled once: that is an answer as well, and the others must not wait for it.
      parameters['BizId'] === '9006^1' && vendor.calls.length === 1
        ? { body: { Code: 'isv.BUSINESS_LIMIT_CONTROL' } }
        : details({ OutId: id, SendStatus: 1 });
    const asked: number[] = [];
    for (const minutes of [4, 5, 6, 29, 30, 31, 179, 180, 200, 1_439, 1_440, 2_879, 2_881]) {
      after(minutes);
      await asking.run();
      if (vendor.calls.length > asked.length) asked.push(minutes);
    }
    expect(asked).toEqual([5, 30, 180, 1_440]);
    expect((await sms.stateOf(id)).status).toBe('sent');
  });

  it('and is not there is asked again when the claim has run out, by whichever worker', async () => {
    const id = await sms.make('sent', SENT_AT, '9006^2');
    vendor.answer = () => 'cut';
    after(5);
    await asking.run();
    await asking.run();
    expect(calls()).toHaveLength(1);
    expect((await sms.stateOf(id)).receiptAsks).toBe(0);
    vendor.answer = () => details({ OutId: id, SendStatus: 3 });
    after(7);
    await Promise.all([asking.run(), asking.run()]);
    expect(calls()).toHaveLength(1);
    expect(await sms.stateOf(id)).toMatchObject({ status: 'delivered', receiptAsks: 1 });
  });

  it('is not asked about what is two days old', async () => {
    await sms.make('sent', SENT_AT, '9006^3');
    after(2_881);
    await asking.run();
    expect(vendor.calls).toEqual([]);
  });

  it('is asked of the day on which it left, not on which it was due, and anew of what is sent again', async () => {
    const id = await sms.make('pending', SENT_AT);
    await reader.query(`UPDATE messages SET receipt_asks = 4, receipt_ask_at = $2 WHERE id = $1`, [
      id,
      SENT_AT,
    ]);
    after(3_000);
    const { claimed } = await messages.claim({ channel: 'sms', count: 10, isOff: false });
    expect(claimed.map((message) => message.id)).toContain(id);
    await messages.record([{ ...outcome(id, 'sent', '9006^5'), fence: 2 }]);
    vendor.answer = () => details({ OutId: id, SendStatus: 3 });
    after(3_004);
    await asking.run();
    expect(vendor.calls).toEqual([]);
    after(3_005);
    await asking.run();
    expect(vendor.calls.map(({ parameters }) => parameters['SendDate'])).toEqual(['20211110']);
    expect((await sms.stateOf(id)).status).toBe('delivered');
  });

  it('is none where the HTTP gateway is the way', async () => {
    await sms.make('sent', SENT_AT, '9006^4');
    after(5);
    const gateways = ConfiguredGateways.of(testConfig({ smsVendor: null, smsGatewayUrl: vendor.url }), clock);
    await new AskForReceipts(gateways, receipts, reader, testPersonalData(), clock).run();
    expect(vendor.calls).toEqual([]);
  });
});
