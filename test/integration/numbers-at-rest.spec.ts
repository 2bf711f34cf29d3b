import { createReadStream } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ImportsService } from '../../src/intake/imports.service.js';
import { SmsRecorder } from '../../src/local/sms-recorder.js';
import { MailRecorder } from '../../src/local/mail-recorder.js';
import { Deliver } from '../../src/notifications/deliver.js';
import { Sweep } from '../../src/reminders/sweep.js';
import { SetClock } from '../support/reminder-world.js';
import { tablesHolding } from '../support/stored-text.js';
import { type Client as ApiClient, createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const TOKEN = 'gateway-token';
/** As the directory of the example ledger has them, and as the contacts of its enterprises. */
const ALL_OF_THE_EXAMPLE = '19900[0-9]{6}';

describe('telephone numbers, after a ledger has been taken in and its reminders were sent', () => {
  const clock = new SetClock('2021-11-29T09:30:00+08:00');
  let world: TestApp;
  let office: ApiClient;
  let sms: SmsRecorder;
  let mail: MailRecorder;

  beforeAll(async () => {
    sms = await SmsRecorder.start({ token: TOKEN, limit: 10_000 });
    mail = await MailRecorder.start();
    world = await createTestApp({
      clock,
      environment: { SMS_GATEWAY_URL: sms.url, SMS_GATEWAY_TOKEN: TOKEN, SMTP_URL: mail.url },
    });
    office = await world.as('task_force');
    await takeExample();
    await world.app.get(Sweep).run();
    await world.app.get(Deliver).run();
  });
  afterAll(async () => {
    await world.close();
    await Promise.all([sms.close(), mail.close()]);
  });

  const takeExample = async () => {
    const imports = world.app.get(ImportsService);
    const id = await imports.runNow({
      fileName: 'ledger.xlsx',
      content: createReadStream('examples/ledger-2021-11.xlsx'),
      mode: 'commit',
      onError: 'keep_valid',
      createdBy: null,
    });
    return imports.get(id);
  };

  const stored = async (table: string, column: string): Promise<string[]> => {
    const rows = await world.database.dataSource.query<{ value: string }[]>(
      `SELECT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL`,
    );
    return rows.map(({ value }) => value);
  };

  it('reach the people whose they are', async () => {
    expect(sms.messages.length).toBeGreaterThan(50);
    for (const { to } of sms.messages) expect(to).toMatch(/^19900\d{6}$/);
  });

  it('stand nowhere in the database, in no table and in no column', async () => {
    for (const [table, column] of [
      ['officials', 'mobile_sealed'],
      ['enterprises', 'contact_phone_sealed'],
    ] as const) {
      const values = await stored(table, column);
      expect(values.length).toBeGreaterThan(50);
      expect(values.every((value) => /^aes-256-gcm:test:[\w-]{40,}$/.test(value))).toBe(true);
    }
    expect(await tablesHolding(world.database.dataSource, [ALL_OF_THE_EXAMPLE])).toEqual([]);
    // It is a search that finds: names of enterprises do stand there.
    expect(await tablesHolding(world.database.dataSource, ['有限公司'])).toContain('enterprises');
  });

  it('are compared when the same ledger comes again, which changes nothing', async () => {
    const before = await stored('officials', 'mobile_sealed');
    const again = await takeExample();
    for (const sheet of again.sheets) expect([sheet.name, sheet.accepted]).toEqual([sheet.name, 0]);
    expect(await stored('officials', 'mobile_sealed')).toEqual(before);
  });

  it('are found by the whole number, and shown masked wherever they are shown', async () => {
    const number = sms.messages[0]?.to ?? '';
    const found = await office.get<{ items: Array<{ id: string; mobile: string }> }>(
      `/officials?mobile=${number}`,
    );
    expect(found.body.items.map(({ mobile }) => mobile)).toContain(`199****${number.slice(-4)}`);
    for (const path of [
      '/officials?limit=200',
      '/enterprises?limit=200',
      '/deliveries?limit=200&channel=sms',
    ]) {
      const { status, body } = await office.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(JSON.stringify(body)).toContain('199****');
      expect(JSON.stringify(body)).not.toMatch(/1990\d{7}/);
    }
  });

  it('that are plain are refused by the database itself', async () => {
    const { dataSource } = world.database;
    const plain = [
      `UPDATE officials SET mobile_sealed = '19912340001' WHERE is_mobile`,
      `UPDATE officials SET mobile_search_key = NULL WHERE is_mobile`,
      `UPDATE enterprises SET contact_phone_sealed = '19912340001', contact_phone_search_key = '\\x00'`,
    ];
    // check_violation
    for (const statement of plain)
      await expect(dataSource.query(statement)).rejects.toMatchObject({ code: '23514' });
  });

  it('that do not open hold up nobody else’s message, and theirs shows as failed', async () => {
    const { dataSource } = world.database;
    await dataSource.query(`DELETE FROM deliveries`);
    await dataSource.query(`DELETE FROM messages`);
    const people = await dataSource.query<{ id: string }[]>(
      `SELECT id FROM officials WHERE is_mobile AND is_active ORDER BY id LIMIT 3`,
    );
    const [broken, other] = people.map(({ id }) => id);
    await dataSource.query(
      `UPDATE officials SET mobile_sealed = (SELECT mobile_sealed FROM officials WHERE id = $2) WHERE id = $1`,
      [broken, other],
    );
    await dataSource.query(
      `WITH made AS (
         INSERT INTO messages (id, official_id, channel, status, next_attempt_at, queued_at)
         SELECT uuidv7(), o, 'sms', 'pending', $2, $2 FROM unnest($1::uuid[]) o RETURNING id, official_id)
       INSERT INTO deliveries (id, reminder_id, official_id, channel, message_id, status, queued_at)
       SELECT uuidv7(), (SELECT id FROM reminders WHERE state = 'recorded' AND is_running LIMIT 1), official_id,
              'sms', id, 'pending', $2 FROM made`,
      [people.map(({ id }) => id), clock.now()],
    );
    const before = sms.messages.length;
    // The outcome of the broken one cannot be written at first.
    const owner = new Client(world.database.ownerUrl);
    await owner.connect();
    await owner.query(`ALTER TABLE messages ADD CONSTRAINT away CHECK (status <> 'failed') NOT VALID`);
    const run = world.app.get(Deliver).run();
    await until(async () => sms.messages.length === before + 2);
    await owner.query('ALTER TABLE messages DROP CONSTRAINT away');
    await owner.end();
    await run;
    const outcomes = await dataSource.query<{ outcome: string }[]>(
      `SELECT concat_ws(' ', status, reason) AS outcome FROM deliveries ORDER BY official_id`,
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed ADDRESS_UNREADABLE', 'sent', 'sent']);
    const [delivery] = (
      await office.get<{ items: Array<{ address: string }> }>('/deliveries?channel=sms&status=failed')
    ).body.items;
    expect(delivery).toMatchObject({ address: '****', gatewayCode: 'ADDRESS_UNREADABLE' });
  });
});
