import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { SubjectRef } from '../../src/cases/subject.js';
import { phoneColumns } from '../../src/enterprises/enterprise-phone.js';
import { ProductionNotices } from '../../src/reminders/notices/production-notices.js';
import type { Desk } from '../support/lifecycle-world.js';
import { both, MORNING, NoticeWorld } from '../support/notice-world.js';
import { testPersonalData } from '../support/personal-data.js';

let world: NoticeWorld;
let lead: Desk;

beforeAll(async () => {
  world = await NoticeWorld.open();
  lead = await world.office('甲');
});
afterAll(() => world.close());
beforeEach(() => world.at(MORNING));
afterEach(async () => {
  await world.cases.query(
    `UPDATE distress_candidates SET status = 'dismissed', decided_at = now() WHERE status = 'open'`,
  );
  await world.cases.query(`UPDATE recovery_follow_ups SET status = 'cancelled' WHERE status = 'due'`);
  await world.clear();
});

const run = () => world.cases.app.app.get(ProductionNotices).run();

/** What was assigned has been told before; the case is one of 甲. */
async function assigned(): Promise<SubjectRef & { enterpriseId: string }> {
  const ref = await world.assigned(lead);
  await world.sweepAndSend();
  await world.clear();
  const { enterpriseId } = await world.cases.row<{ enterpriseId: string }>(ref);
  return { ...ref, enterpriseId };
}

describe('a question about a figure', () => {
  async function questioned(): Promise<{ id: string; enterpriseId: string }> {
    const { enterpriseId } = await assigned();
    const phone = phoneColumns(testPersonalData(), enterpriseId, '19955550001');
    await world.cases.query(
      `UPDATE enterprises SET contact_name = '李总', contact_phone_sealed = $2, contact_phone_search_key = $3,
              contact_is_mobile = $4 WHERE id = $1`,
      [enterpriseId, phone.contactPhoneSealed, phone.contactPhoneSearchKey, phone.contactIsMobile],
    );
    const id = uuidv7();
    await world.cases.query(
      `INSERT INTO production_queries (id, enterprise_id, month, rule, questioned, facts, raised_at)
       VALUES ($1, $2, '2021-09-01', 'output_moved', 'enterprise 987654', '{"output": 987654}', now())`,
      [id, enterpriseId],
    );
    return { id, enterpriseId };
  }

  it('goes to the contact once, and says month and figure and no amount', async () => {
    const { id } = await questioned();
    await Promise.all([run(), run()]);
    expect(await run()).toBe(0);
    await world.sweepAndSend();
    await world.sweepAndSend();
    expect(await world.news()).toEqual([
      'figure_query 李总 email suppressed NO_ADDRESS',
      'figure_query 李总 sms sent',
    ]);
    const [sms] = world.delivery.sms.messages;
    expect(sms?.text).toMatch(
      /^【安康市工信局】数据核实：安康第\d+纺织有限?公?司?9月产值是否属实？请登录纾困平台确认或更正。$/,
    );
    expect(JSON.stringify(sms)).not.toContain('987654');
    const [query] = await world.cases.query('SELECT asked_at AS at FROM production_queries WHERE id = $1', [
      id,
    ]);
    expect(query).not.toEqual({ at: null });
  });

  it('is not asked any more once it is answered', async () => {
    const { id } = await questioned();
    await run();
    await world.sweep();
    await world.cases.query(
      `UPDATE production_queries SET status = 'confirmed', closed_at = now(), closed_by_kind = 'account' WHERE id = $1`,
      [id],
    );
    await world.send();
    expect((await world.news()).at(-1)).toBe('figure_query 李总 sms suppressed NO_LONGER_TRUE');
    expect(world.delivery.sms.messages).toEqual([]);
  });

  it('waits where there is nobody to ask', async () => {
    const { id, enterpriseId } = await questioned();
    await world.cases.query('UPDATE enterprises SET contact_is_mobile = false WHERE id = $1', [enterpriseId]);
    expect(await run()).toBe(0);
    const [query] = await world.cases.query('SELECT asked_at AS at FROM production_queries WHERE id = $1', [
      id,
    ]);
    expect(query).toEqual({ at: null });
  });
});

describe('a follow-up', () => {
  async function followed(dueOn: string): Promise<string> {
    const { id: caseId } = await assigned();
    const id = uuidv7();
    await world.cases.query(
      `INSERT INTO recovery_follow_ups (id, case_id, closure_event_id, after_days, due_on, status)
       VALUES ($1, $2, $3, 30, $4, 'due')`,
      [id, caseId, uuidv7(), dueOn],
    );
    return id;
  }
  const recorded = (id: string) =>
    world.cases.query(
      `UPDATE recovery_follow_ups SET status = 'done', finding = 'holding', recorded_at = now() WHERE id = $1`,
      [id],
    );

  it('is told to the official and the liaison of the case on its day, and once more after five working days', async () => {
    const id = await followed('2021-11-02');
    expect(await run()).toBe(0);
    for (const [day, lines] of [
      ['2021-11-02', [...both('follow_up_due 甲承办'), ...both('follow_up_due 甲联络')]],
      ['2021-11-08', []],
      ['2021-11-09', [...both('follow_up_due 甲承办'), ...both('follow_up_due 甲联络')]],
      ['2021-11-30', []],
    ] as const) {
      world.at(`${day} 09:30`);
      await Promise.all([run(), run()]);
      await world.sweepAndSend();
      expect(await world.news()).toEqual(lines);
    }
    expect(world.delivery.sms.messages[0]).toMatchObject({
      template: 'follow_up_due',
      variables: { days: '30', due: '11月2日' },
    });
    expect(world.delivery.mail.mails[0]?.text).toContain('销号满30日，请上门回访并登记');
    expect(world.delivery.mail.mails.at(-1)?.text).toContain('第二次提醒');
    await recorded(id);
  });

  it('is not told when it is recorded before the message leaves, nor a second time after', async () => {
    const id = await followed('2021-11-01');
    await run();
    await world.sweep();
    await recorded(id);
    await world.sweepAndSend();
    expect(await world.news()).toEqual(
      ['甲承办', '甲联络'].flatMap((name) => both(`follow_up_due ${name}`, 'suppressed NO_LONGER_TRUE')),
    );
    world.at('2021-11-08 09:30');
    expect(await run()).toBe(0);
  });
});

describe('a relapse', () => {
  async function proposed(): Promise<string> {
    const { id: caseId, enterpriseId } = await assigned();
    const id = uuidv7();
    await world.cases.query(
      `INSERT INTO distress_candidates (id, enterprise_id, kind, status, origin, case_id, evidence, raised_at, renewed_at)
       VALUES ($1, $2, 'relapse', 'open', 'figures', $3, '{"months": ["2021-09", "2021-10"]}', now(), now())`,
      [id, enterpriseId, caseId],
    );
    return id;
  }

  it('is told to the task force and the liaison, once; the task force reads how many candidates wait', async () => {
    await proposed();
    await Promise.all([run(), run()]);
    await run();
    await world.sweepAndSend();
    expect(await world.news()).toEqual([
      'candidates_waiting 专班 email sent',
      ...both('relapse_proposed 专班'),
      ...both('relapse_proposed 甲联络'),
    ]);
    const toOffice = world.delivery.mail.mails.find(({ subject }) => subject.includes('2项需处理'));
    expect(toOffice?.text).toMatch(/反弹预警 · — · 2021-09、2021-10产值再次偏低/);
    expect(toOffice?.text).toMatch(/2021-W44 · .*1条线索待研判/);
    expect(world.delivery.sms.messages[0]).toMatchObject({
      template: 'relapse',
      variables: { date: '10月' },
    });
    // The next week, as long as something waits.
    world.at('2021-11-08 09:30');
    expect(await run()).toBe(1);
  });

  it('is not told once it is decided', async () => {
    const id = await proposed();
    await run();
    await world.sweep();
    await world.cases.query(
      `UPDATE distress_candidates SET status = 'dismissed', decided_at = now() WHERE id = $1`,
      [id],
    );
    await world.send();
    const told = (await world.news()).filter((line) => line.startsWith('relapse_proposed'));
    expect(told).toHaveLength(4);
    expect(told.filter((line) => !line.endsWith('suppressed NO_LONGER_TRUE'))).toEqual([]);
  });
});
