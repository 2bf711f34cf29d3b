import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { SubjectRef } from '../../src/cases/subject.js';
import { phoneColumns } from '../../src/enterprises/enterprise-phone.js';
import { FiguresDue } from '../../src/reminders/notices/figures-due.js';
import { DeliveryWorld } from '../support/delivery-world.js';
import { both, MORNING, NoticeWorld } from '../support/notice-world.js';
import { testPersonalData } from '../support/personal-data.js';

/** The round for October is open from Friday the 5th; its last working day is Thursday the 11th. */
const OPENS = '2021-11-05 09:30';
const LAST_DAY = '2021-11-11 09:30';

interface Asked extends SubjectRef {
  enterpriseId: string;
}

let world: NoticeWorld;
let count = 0;

beforeAll(async () => {
  world = await NoticeWorld.open();
});
afterAll(() => world.close());
beforeEach(() => world.at(MORNING));
afterEach(async () => {
  await world.clear();
  await world.cases.query(`UPDATE enterprises SET contact_email = NULL, contact_phone_sealed = NULL,
    contact_phone_search_key = NULL, contact_is_mobile = NULL`);
});

async function numbered(enterpriseId: string, phone: string | null): Promise<void> {
  const { contactPhoneSealed, contactPhoneSearchKey, contactIsMobile } = phoneColumns(
    testPersonalData(),
    enterpriseId,
    phone,
  );
  await world.cases.query(
    `UPDATE enterprises SET contact_phone_sealed = $2, contact_phone_search_key = $3, contact_is_mobile = $4 WHERE id = $1`,
    [enterpriseId, contactPhoneSealed, contactPhoneSearchKey, contactIsMobile],
  );
}

/** A live case; the contact of its enterprise, 李总, has a mobile and an e-mail. */
async function asked(
  phone: string | null = `1995555${String((count += 1)).padStart(4, '0')}`,
): Promise<Asked> {
  const ref = await world.cases.case(world.taskForce);
  const { enterpriseId } = await world.cases.row<{ enterpriseId: string }>(ref);
  await world.cases.query(
    `UPDATE enterprises SET contact_name = '李总', contact_email = 'li@enterprise.example' WHERE id = $1`,
    [enterpriseId],
  );
  await numbered(enterpriseId, phone);
  return { ...ref, enterpriseId };
}

const run = () => world.cases.app.app.get(FiguresDue).run();
/** Of enterprises: the county office is told as well. */
const toContacts = async (): Promise<string[]> =>
  (await world.news()).filter((line) => line.startsWith('figures_due'));
const figure = (enterpriseId: string, source = 'enterprise') =>
  world.cases.query(
    `INSERT INTO production_figures (id, enterprise_id, month, metric, value, source, revision, recorded_at)
     VALUES ($1, $2, '2021-10-01', 'electricity', 1000, $3, 1, now())`,
    [uuidv7(), enterpriseId, source],
  );
const stop = (enterpriseId: string) =>
  world.cases.query(
    `INSERT INTO production_stops (id, enterprise_id, kind, from_month, reason, recorded_at)
     VALUES ($1, $2, 'planned', '2021-10-01', '检修', now())`,
    [uuidv7(), enterpriseId],
  );
const reason = (enterpriseId: string) =>
  world.cases.query(
    `INSERT INTO production_unreported_months (id, enterprise_id, month, revision, reason, recorded_at, reported_by_kind)
     VALUES ($1, $2, '2021-10-01', 1, 'unable', now(), 'account')`,
    [uuidv7(), enterpriseId],
  );

describe('figures of the month', () => {
  it('are asked of the contact once when the round opens and once on its last day, whatever is run again', async () => {
    const { enterpriseId } = await asked();
    await run();
    expect(await toContacts()).toEqual([]);
    world.at(OPENS);
    expect(await run()).toBeGreaterThan(0);
    expect(await run()).toBe(0);
    await Promise.all([world.sweep(), world.reminders.anotherSweep().run()]);
    await world.sweepAndSend();
    expect(await toContacts()).toEqual(both('figures_due 李总'));
    const [{ name }] = (await world.cases.query('SELECT name FROM enterprises WHERE id = $1', [
      enterpriseId,
    ])) as [{ name: string }];
    const mail = world.delivery.mail.mails.find(({ subject }) => subject.startsWith('【生产数据报送】'));
    expect(mail).toMatchObject({ subject: `【生产数据报送】2021-10 ${name}` });
    expect(mail?.text).toContain('李总，您好');
    expect(mail?.text).toContain('2021-11-12 · 请于时限前报送');
    const sms = world.delivery.sms.messages.filter(({ template }) => template === 'figures_due');
    expect(sms).toMatchObject([{ variables: { ent: name.slice(0, 8), date: '10月', due: '11月12日' } }]);

    // A repair gone wrong that has it recorded anew.
    await world.cases.query(`UPDATE notices SET recorded_at = NULL WHERE kind = 'figures_due'`);
    await world.sweepAndSend();
    expect(await toContacts()).toEqual([]);
    world.at('2021-11-10 10:00');
    expect(await run()).toBe(0);
    world.at(LAST_DAY);
    await run();
    await run();
    await world.sweepAndSend();
    await world.sweepAndSend();
    expect(await toContacts()).toEqual(both('figures_due 李总'));
    expect(world.delivery.mail.mails.at(-1)?.text).toContain('至今未报送');
  });

  it('are asked once when the whole round was missed until its last day', async () => {
    await asked();
    world.at(OPENS);
    await run();
    world.at(LAST_DAY);
    await run();
    await world.sweepAndSend();
    expect(await toContacts()).toEqual(both('figures_due 李总'));
    expect(world.delivery.mail.mails.filter(({ text }) => text.includes('至今未报送'))).toHaveLength(1);
  });

  it.each([
    ['they have come', figure],
    ['a stop is on record', stop],
    ['it was recorded why they will not', reason],
  ] as const)('are asked no more once %s: not told, not reminded', async (_what, happens) => {
    const { enterpriseId } = await asked();
    world.at(OPENS);
    await run();
    await happens(enterpriseId);
    await world.sweepAndSend();
    expect(await toContacts()).toEqual([]);
    world.at(LAST_DAY);
    await run();
    await world.sweepAndSend();
    expect(await toContacts()).toEqual([]);
  });

  it('that came after the sweep are looked at when it is claimed', async () => {
    const [{ enterpriseId }, other] = [await asked(), await asked()];
    world.at(OPENS);
    await run();
    await world.sweep();
    await figure(enterpriseId);
    await figure(other.enterpriseId, 'grid');
    await world.send();
    // What the grid company knows is no answer of the enterprise.
    expect(await toContacts()).toEqual([
      'figures_due 李总 email sent',
      'figures_due 李总 email suppressed NO_LONGER_TRUE',
      'figures_due 李总 sms sent',
      'figures_due 李总 sms suppressed NO_LONGER_TRUE',
    ]);
    expect(world.delivery.sms.messages.filter(({ template }) => template === 'figures_due')).toHaveLength(1);
  });

  it('are asked in the six months after closure, and not before or after, nor of a case that was rejected', async () => {
    const [closed, old, rejected] = [await asked(), await asked(), await asked()];
    const end = (ref: SubjectRef, status: string, at: string) =>
      world.cases.query('UPDATE cases SET status = $2, resolved_at = $3 WHERE id = $1', [ref.id, status, at]);
    await end(closed, 'resolved', '2021-04-20T12:00:00+08:00');
    await end(old, 'resolved', '2021-03-20T12:00:00+08:00');
    await world.cases.query(`UPDATE cases SET status = 'rejected' WHERE id = $1`, [rejected.id]);
    world.at(OPENS);
    await run();
    const rows = await world.cases.query(
      `SELECT enterprise_id AS id FROM notices WHERE kind = 'figures_due'
      AND enterprise_id = ANY ($1::uuid[])`,
      [[closed, old, rejected].map(({ enterpriseId }) => enterpriseId)],
    );
    expect(rows).toEqual([{ id: closed.enterpriseId }]);
  });

  it('are asked of nobody where there is no contact: a defect, told to its county, until there is one', async () => {
    const { enterpriseId } = await asked('09153219876');
    await world.cases.query('UPDATE enterprises SET contact_email = NULL WHERE id = $1', [enterpriseId]);
    // A round that no county was told of yet.
    world.at('2021-12-06 09:30');
    await run();
    const own = () =>
      world.cases.query(`SELECT 1 FROM notices WHERE kind = 'figures_due' AND enterprise_id = $1`, [
        enterpriseId,
      ]);
    expect(await own()).toEqual([]);
    const [told] = await world.cases.query<{ without: number }>(
      `SELECT (facts ->> 'withoutContact')::int AS without FROM notices WHERE kind = 'production_report_due' AND facts ->> 'month' = '2021-11'`,
    );
    expect(told?.without).toBeGreaterThan(0);
    const defects = async () =>
      (
        await (
          await world.cases.app.as('task_force')
        ).get<{ items: Array<{ subject: { id: string } }> }>(
          '/data-defects?kind=enterprise_without_contact&limit=200',
        )
      ).body.items.filter(({ subject }) => subject.id === enterpriseId);
    expect(await defects()).toHaveLength(1);
    await numbered(enterpriseId, '19955559999');
    expect(await defects()).toEqual([]);
    await run();
    expect(await own()).toHaveLength(1);
    await world.sweepAndSend();
    expect(await toContacts()).toEqual([
      'figures_due 李总 email suppressed NO_ADDRESS',
      'figures_due 李总 sms sent',
    ]);
  });
});

describe('the contact of an enterprise', () => {
  it('that was removed after the sweep gets nothing, nor does a landline by SMS; one that was changed gets it at the new number', async () => {
    const [gone, changed, landline] = [
      await asked('19955551001'),
      await asked('19955551002'),
      await asked('19955551004'),
    ];
    world.at(OPENS);
    await run();
    await world.sweep();
    await numbered(gone.enterpriseId, null);
    await numbered(changed.enterpriseId, '19955551003');
    await numbered(landline.enterpriseId, '09153219876');
    await world.send();
    expect(await toContacts()).toEqual([
      'figures_due 李总 email sent',
      'figures_due 李总 email sent',
      'figures_due 李总 email sent',
      'figures_due 李总 sms sent',
      'figures_due 李总 sms suppressed NO_ADDRESS',
      'figures_due 李总 sms suppressed NO_ADDRESS',
    ]);
    expect(world.delivery.sms.messages.map(({ to }) => to).filter((to) => to.startsWith('1995555'))).toEqual([
      '19955551003',
    ]);
  });

  it('is spared by the daily cap of the number, whichever of its enterprises is written to', async () => {
    await asked('19955552000');
    await asked('19955552000');
    const capped = await DeliveryWorld.start(world.reminders, { smsDailyCap: 1 });
    world.at(OPENS);
    await run();
    await world.sweep();
    await capped.worker().deliver.run();
    const held = (await toContacts()).filter((line) => line.includes(' sms '));
    expect(held).toEqual(['figures_due 李总 sms pending HELD_BY_CAP', 'figures_due 李总 sms sent']);
    world.at('2021-11-08 09:00');
    await world.sweep();
    await capped.worker().deliver.run();
    expect(capped.sms.messages.filter(({ to }) => to === '19955552000')).toHaveLength(2);
    await capped.close();
  });

  it('or an official, and never both or neither, is who a delivery and a message go to', async () => {
    const both = [uuidv7(), uuidv7()];
    for (const [official, enterprise] of [both, [null, null]]) {
      const delivery = world.cases.query(
        `INSERT INTO deliveries (id, notice_id, official_id, enterprise_id, channel, status, queued_at)
         VALUES ($1, $1, $2, $3, 'sms', 'sent', now())`,
        [uuidv7(), official, enterprise],
      );
      await expect(delivery).rejects.toMatchObject({ code: '23514' });
      const message = world.cases.query(
        `INSERT INTO messages (id, official_id, enterprise_id, channel, status, next_attempt_at, queued_at)
         VALUES ($1, $2, $3, 'sms', 'sent', now(), now())`,
        [uuidv7(), official, enterprise],
      );
      await expect(message).rejects.toMatchObject({ code: '23514' });
    }
  });

  it('is shown in the list of deliveries, masked, by enterprise', async () => {
    const { enterpriseId } = await asked('19955553000');
    world.at(OPENS);
    await run();
    await world.sweepAndSend();
    const office = await world.cases.app.as('task_force');
    const { body } = await office.get<{ items: object[] }>(
      `/deliveries?enterprise=${enterpriseId}&count=exact`,
    );
    const recipient = { officialId: null, enterpriseId, name: '李总' };
    expect(body).toMatchObject({ total: 2 });
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ recipient, channel: 'sms', address: '199****3000' }),
        expect.objectContaining({ recipient, channel: 'email', address: 'l***@enterprise.example' }),
      ]),
    );
    const county = await world.cases.app.as('county');
    expect((await county.get(`/deliveries?enterprise=${enterpriseId}`)).status).toBe(403);
  });
});
