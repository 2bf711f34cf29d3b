import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { MeasureDeliveries } from '../../src/webhooks/measure-deliveries.js';
import { MOST_ATTEMPTS } from '../../src/webhooks/retry-schedule.js';
import { until } from '../support/until.js';
import { verified } from '../support/webhook-receiver.js';
import { WebhookWorld } from '../support/webhook-world.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
// What goes wrong here goes wrong on purpose.
Logger.overrideLogger(false);

let world: WebhookWorld;

beforeAll(async () => {
  world = await WebhookWorld.open();
});
afterAll(() => world.close());
beforeEach(() => world.forgetAll());

describe('a portal is told', () => {
  it('of an event of its types, signed, with facts and no personal data', async () => {
    const hook = await world.subscribe({ eventTypes: ['case.reported', 'case.rejected'] });
    const ref = await world.cases.case(world.office, '610902');
    await world.cases.closure.reject.run(world.office, ref, { reason: '王建国说不是停产' });
    await world.tell();
    const messages = world.portal.of(hook.path).map((heard) => verified(heard, hook.secret));
    expect(messages.map(({ type, data }) => [type, data['status']]).toSorted()).toEqual([
      ['case.rejected', 'rejected'],
      ['case.reported', 'reported'],
    ]);
    const reported = messages.find(({ type }) => type === 'case.reported');
    expect(reported).toMatchObject({
      timestamp: world.clock.now().toISOString(),
      data: { caseId: ref.id, reportingUnit: '610902', sequence: 1, facts: { distressType: 'stalled' } },
    });
    expect(String(reported?.data['number'])).toMatch(/^AK-2021-\d{6}$/);
    expect(JSON.stringify(messages)).not.toContain('王建国');
    for (const { id, headers, body } of world.portal.heard) {
      expect(id).toBe(`msg_${JSON.parse(body).data.eventId.replaceAll('-', '')}`);
      expect(
        Math.abs(Number(headers['webhook-timestamp']) - world.clock.now().getTime() / 1_000),
      ).toBeLessThan(1);
    }
  });

  it('of nothing that is not of its types, its units, or its time', async () => {
    const before = await world.cases.case(world.office, '610902');
    world.clock.advance(1);
    const [unit] = await world.cases.query<{ id: string }>(
      `SELECT id FROM reporting_units WHERE code = '610921'`,
    );
    const [one, problems, all] = [
      await world.subscribe({ reportingUnitIds: [unit?.id] }),
      await world.subscribe({ eventTypes: ['problem.reported'], reportingUnitIds: [unit?.id] }),
      await world.subscribe({ eventTypes: ['case.reported', 'problem.reported'] }),
    ];
    const [elsewhere, there] = [
      await world.cases.case(world.office, '610902'),
      await world.cases.case(world.office, '610921'),
    ];
    const problem = await world.cases.problem(world.office, there.id);
    await world.cases.problem(world.office, elsewhere.id);
    await world.tell();
    const told = (path: string): unknown[] =>
      world.portal
        .of(path)
        .map(({ body }) => JSON.parse(body).data.caseId ?? JSON.parse(body).data.problemId);
    expect(told(one.path)).toEqual([there.id]);
    expect(told(problems.path)).toEqual([problem.id]);
    expect(told(all.path)).toHaveLength(4);
    expect(told(all.path)).not.toContain(before.id);
  });

  it('of nothing that is no longer asked for when it is to be sent', async () => {
    const [narrowed, ended] = [await world.subscribe(), await world.subscribe()];
    world.portal.replies.set(narrowed.path, world.portal.refuse(500));
    world.portal.replies.set(ended.path, world.portal.refuse(500));
    await world.cases.case(world.office);
    await world.tell();
    const admin = await world.admin();
    const change = { 'if-match': '"1"' };
    await admin.patch(`/webhooks/${narrowed.id}`, { eventTypes: ['case.resolved'] }, change);
    await admin.patch(`/webhooks/${ended.id}`, { isActive: false }, change);
    world.clock.advance(MINUTE);
    await world.tell();
    expect(world.portal.heard).toHaveLength(2);
    expect(await world.delivery(narrowed)).toMatchObject({ status: 'cancelled', error: 'NOT_SUBSCRIBED' });
    expect(await world.delivery(ended)).toMatchObject({ status: 'cancelled', error: 'WEBHOOK_INACTIVE' });
  });

  it('once, however often it is planned and sent, by however many at once', async () => {
    const hook = await world.subscribe();
    for (let made = 0; made < 8; made += 1) await world.cases.case(world.office);
    await Promise.all([world.plan.run(), world.plan.run(), world.plan.run()]);
    await Promise.all([world.send.run(), world.send.run(), world.tell()]);
    await world.send.idle();
    world.clock.advance(DAY);
    await world.tell();
    await world.tell();
    expect(world.portal.of(hook.path)).toHaveLength(8);
    expect(new Set(world.portal.heard.map(({ id }) => id)).size).toBe(8);
  });
});

describe('an attempt that fails', () => {
  it('is made again with growing pauses, under the same id, until it succeeds', async () => {
    const hook = await world.subscribe();
    world.portal.replies.set(hook.path, world.portal.refuse(500));
    await world.cases.case(world.office);
    await world.tell();
    const first = await world.delivery(hook);
    expect(first).toMatchObject({ status: 'pending', attempts: 1, statusCode: 500, error: 'not now' });
    const pause = Number(first.nextAttemptAt && new Date(first.nextAttemptAt)) - world.clock.now().getTime();
    expect(pause).toBeGreaterThanOrEqual(5_000);
    expect(pause).toBeLessThanOrEqual(6_000);

    world.clock.advance(4_900);
    await world.tell();
    expect(world.portal.heard).toHaveLength(1);
    world.clock.advance(1_100);
    await world.tell();
    expect(world.portal.heard).toHaveLength(2);

    world.portal.replies.clear();
    world.clock.advance(6 * MINUTE);
    await world.tell();
    expect(await world.delivery(hook)).toMatchObject({
      status: 'delivered',
      attempts: 3,
      statusCode: 204,
      error: null,
    });
    expect(new Set(world.portal.heard.map(({ id }) => id)).size).toBe(1);
    expect(new Set(world.portal.heard.map(({ body }) => body)).size).toBe(1);
    for (const heard of world.portal.heard) verified(heard, hook.secret);
  });

  it('is given up in the end', async () => {
    const hook = await world.subscribe();
    world.portal.replies.set(hook.path, world.portal.refuse(503));
    await world.cases.case(world.office);
    for (let made = 0; made < MOST_ATTEMPTS + 2; made += 1) {
      await world.tell();
      world.clock.advance(2 * DAY);
    }
    expect(world.portal.heard).toHaveLength(MOST_ATTEMPTS);
    expect(await world.delivery(hook)).toMatchObject({ status: 'failed', attempts: MOST_ATTEMPTS });
  });

  it('waits as long as the portal asks for', async () => {
    const hook = await world.subscribe();
    world.portal.replies.set(hook.path, world.portal.refuse(429, { 'retry-after': '120' }));
    await world.cases.case(world.office);
    await world.tell();
    world.clock.advance(119_000);
    await world.tell();
    expect(world.portal.heard).toHaveLength(1);
    world.clock.advance(1_000);
    await world.tell();
    expect(world.portal.heard).toHaveLength(2);
  });

  it('follows no redirect', async () => {
    const hook = await world.subscribe();
    world.portal.replies.set(
      hook.path,
      world.portal.refuse(307, { location: `${world.portal.url}/elsewhere` }),
    );
    await world.cases.case(world.office);
    await world.tell();
    expect(world.portal.heard.map(({ path }) => path)).toEqual([hook.path]);
    expect(await world.delivery(hook)).toMatchObject({ status: 'pending', statusCode: 307 });
  });

  it('finds nobody there', async () => {
    const hook = await world.subscribe({ url: 'http://127.0.0.1:1/' });
    await world.cases.case(world.office);
    await world.tell();
    const found = await world.delivery(hook);
    expect(found).toMatchObject({ status: 'pending', statusCode: null });
    expect(found.error).toMatch(/ECONNREFUSED/);
  });

  it('ends a webhook whose portal has gone', async () => {
    const hook = await world.subscribe();
    world.portal.replies.set(hook.path, world.portal.refuse(410));
    await world.cases.case(world.office);
    await world.tell();
    expect((await (await world.admin()).get(`/webhooks/${hook.id}`)).body).toMatchObject({
      isActive: false,
      inactiveBecause: 'gone',
      version: 2,
    });
    expect(await world.delivery(hook)).toMatchObject({ status: 'failed', statusCode: 410 });
    await world.cases.case(world.office);
    world.clock.advance(DAY);
    await world.tell();
    expect(world.portal.heard).toHaveLength(1);
  });

  it('to a portal that hangs is ended, and holds up no other', async () => {
    const ask = world.outgoing.fetch.bind(world.outgoing);
    const patience: Array<number | undefined> = [];
    const fetch = jest.spyOn(world.outgoing, 'fetch').mockImplementation((url, options) => {
      patience.push(options?.timeoutMs);
      // As long as the other needs, and not ten seconds.
      return ask(url, { ...options, timeoutMs: String(url).includes('/hook') ? 1_500 : 1 });
    });
    try {
      const [slow, quick] = [await world.subscribe(), await world.subscribe()];
      world.portal.replies.set(slow.path, world.portal.hang);
      for (let made = 0; made < 5; made += 1) await world.cases.case(world.office);
      await world.plan.run();
      await world.send.run();
      await until(() => world.portal.of(quick.path).length === 5);
      // No more than two are on their way to the one that hangs.
      expect(world.portal.of(slow.path)).toHaveLength(2);
      expect(world.portal.isHanging).toBe(true);
      await world.cases.case(world.office);
      await world.plan.run();
      await world.send.run();
      await until(() => world.portal.of(quick.path).length === 6);
      world.portal.replies.clear();
      await world.send.idle();
      expect(new Set(patience)).toEqual(new Set([10_000]));
      const { body } = await (
        await world.admin()
      ).get<{ items: Array<{ error: string }> }>(`/webhooks/${slow.id}/deliveries?status=pending`);
      expect(body.items.map(({ error }) => error)).toEqual(['TIMEOUT', 'TIMEOUT']);
    } finally {
      fetch.mockRestore();
    }
  });

  it('is not hidden: what waits, and since when, is measured', async () => {
    const hook = await world.subscribe();
    world.portal.replies.set(hook.path, world.portal.refuse(500));
    await world.cases.case(world.office);
    await world.tell();
    world.clock.advance(3_000);
    await world.cases.app.app.get(MeasureDeliveries).run();
    const metrics = (await (await fetch(`${world.cases.app.url}/metrics`)).text()).split('\n');
    const told = metrics.filter((line) => line.startsWith('shukun_webhook') && !line.includes('seconds_'));
    expect(told).toEqual(
      expect.arrayContaining([
        'shukun_webhook_deliveries_pending 1',
        'shukun_webhook_deliveries_failed 0',
        'shukun_webhook_oldest_unsent_seconds 3',
        expect.stringMatching(/^shukun_webhook_attempts_total\{outcome="pending"\} \d+$/),
      ]),
    );
  });
});
