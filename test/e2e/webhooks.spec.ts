import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type Role, ROLES } from '../../src/access/role.js';
import { REPLAY_EVENTS } from '../../src/webhooks/replay-statement.js';
import type { WebhookDeliveryView } from '../../src/webhooks/webhook-deliveries.dto.js';
import type { WebhookView, WebhookWithSecretView } from '../../src/webhooks/webhooks.dto.js';
import type { Answer } from '../support/test-app.js';
import { verified } from '../support/webhook-receiver.js';
import { WebhookWorld } from '../support/webhook-world.js';

interface Problem {
  code: string;
  errors: Array<{ pointer: string; code: string }>;
}
interface Items<Item> {
  items: Item[];
  nextCursor: string | null;
}

const MINUTE = 60_000;
const OTHERS = ROLES.filter((role) => role !== 'system_admin');
Logger.overrideLogger(false);

let world: WebhookWorld;

beforeAll(async () => {
  world = await WebhookWorld.open();
});
afterAll(() => world.close());
beforeEach(() => world.forgetAll());

const refusal = ({ status, body }: Answer<unknown>): string => `${status} ${(body as Problem).code}`;
const create = async (over: object, headers: Record<string, string> = {}) =>
  (await world.admin()).post<WebhookWithSecretView>(
    '/webhooks',
    { url: `${world.portal.url}/hook`, eventTypes: ['case.assigned'], ...over },
    headers,
  );

describe('webhooks', () => {
  it('are made, read, changed and ended; the secret is shown once', async () => {
    const made = await create({ description: '市政务服务平台' });
    expect(made.status).toBe(201);
    const { webhook, secret } = made.body;
    expect(secret).toMatch(/^whsec_/);
    expect(webhook).toMatchObject({
      url: `${world.portal.url}/hook`,
      description: '市政务服务平台',
      eventTypes: ['case.assigned'],
      reportingUnitIds: null,
      isActive: true,
      inactiveBecause: null,
      previousSecretUntil: null,
      version: 1,
    });
    const admin = await world.admin();
    const path = `/webhooks/${webhook.id}`;
    const read = await admin.get<WebhookView>(path);
    expect([read.body, read.headers.get('etag')]).toEqual([webhook, '"1"']);
    expect((await admin.get<Items<WebhookView>>('/webhooks')).body.items).toEqual([webhook]);

    expect(refusal(await admin.patch(path, { isActive: false }))).toBe('428 IF_MATCH_REQUIRED');
    const changed = await admin.patch<WebhookView>(
      path,
      { eventTypes: ['problem.resolved'], isActive: false },
      { 'if-match': '"1"' },
    );
    expect(changed.body).toMatchObject({
      eventTypes: ['problem.resolved'],
      isActive: false,
      inactiveBecause: 'by_hand',
      version: 2,
    });
    expect(refusal(await admin.patch(path, { isActive: true }, { 'if-match': '"1"' }))).toBe(
      '412 VERSION_STALE',
    );
    const again = await admin.patch(path, { isActive: true, description: '' }, { 'if-match': '"2"' });
    expect(again.body).toMatchObject({ isActive: true, inactiveBecause: null, description: '' });

    const stale = await admin.post(`${path}/rotate-secret`, {}, { 'if-match': '"1"' });
    expect(refusal(stale)).toBe('412 VERSION_STALE');
    const rotated = await admin.post<WebhookWithSecretView>(`${path}/rotate-secret`);
    expect(rotated.body.secret).not.toBe(secret);
    const until = new Date(world.clock.now().getTime() + 24 * 60 * MINUTE).toISOString();
    expect(rotated.body.webhook).toMatchObject({ previousSecretUntil: until, version: 4 });

    for (const shown of [secret, rotated.body.secret]) {
      const stored = await world.cases.query(
        `SELECT 1 FROM webhooks WHERE position($1::bytea IN secret) > 0 OR position($1::bytea IN previous_secret) > 0`,
        [Buffer.from(shown.slice(6))],
      );
      expect(stored).toEqual([]);
    }
    expect(JSON.stringify((await admin.get('/webhooks')).body)).not.toContain('whsec_');
  });

  it('are made once under one Idempotency-Key, with the same secret in the answer', async () => {
    const headers = { 'idempotency-key': `make-${uuidv7()}` };
    const [first, second] = [await create({}, headers), await create({}, headers)];
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.body).toEqual(first.body);
    expect(await world.cases.query('SELECT 1 FROM webhooks')).toHaveLength(1);
    const stored = await world.cases.query(
      'SELECT 1 FROM idempotency_keys WHERE position($1::bytea IN body) > 0',
      [Buffer.from('whsec_')],
    );
    expect(stored).toEqual([]);
  });

  it.each([
    [{ eventTypes: [] }, '/eventTypes', 'FIELD_ARRAY_MIN_SIZE'],
    [{ eventTypes: ['case.*'] }, '/eventTypes', 'FIELD_IS_IN'],
    [{ eventTypes: ['webhook.test'] }, '/eventTypes', 'FIELD_IS_IN'],
    [{ eventTypes: ['case.held', 'case.held'] }, '/eventTypes', 'FIELD_ARRAY_UNIQUE'],
    [{ reportingUnitIds: [] }, '/reportingUnitIds', 'FIELD_ARRAY_MIN_SIZE'],
    [{ reportingUnitIds: ['610902'] }, '/reportingUnitIds', 'FIELD_IS_UUID'],
    [{ url: 'portal' }, '/url', 'OUTGOING_URL_INVALID'],
    [{ url: 'file:///etc/passwd' }, '/url', 'OUTGOING_URL_INVALID'],
    [{ url: 'https://user:word@8.8.8.8/' }, '/url', 'OUTGOING_URL_INVALID'],
    [{ url: 'http://8.8.8.8/' }, '/url', 'OUTGOING_HTTPS_REQUIRED'],
    [{ url: 'https://10.0.0.7/' }, '/url', 'OUTGOING_ADDRESS_FORBIDDEN'],
    [{ url: 'https://169.254.169.254/latest' }, '/url', 'OUTGOING_ADDRESS_FORBIDDEN'],
    [{ url: 'https://[::1]/' }, '/url', 'OUTGOING_ADDRESS_FORBIDDEN'],
    [{ secret: 'whsec_mine' }, '/secret', 'FIELD_UNKNOWN'],
    [{ isActive: false }, '/isActive', 'FIELD_UNKNOWN'],
  ])('are not made of %j', async (over, pointer, code) => {
    const answer = await create(over);
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    expect((answer.body as unknown as Problem).errors[0]).toMatchObject({ pointer, code });
  });

  it('are not changed to an address that may not be reached, nor told of units that there are not', async () => {
    const hook = await world.subscribe();
    const admin = await world.admin();
    const patch = (body: object) => admin.patch(`/webhooks/${hook.id}`, body, { 'if-match': '"1"' });
    expect(refusal(await patch({ url: 'https://192.168.1.1/' }))).toBe('400 VALIDATION_FAILED');
    expect(refusal(await patch({ url: null }))).toBe('400 VALIDATION_FAILED');
    expect(refusal(await patch({ reportingUnitIds: [uuidv7()] }))).toBe('409 REFERENCE_UNKNOWN');
    expect(refusal(await create({ reportingUnitIds: [uuidv7()] }))).toBe('409 REFERENCE_UNKNOWN');
    expect(refusal(await admin.patch(`/webhooks/${uuidv7()}`, {}, { 'if-match': '"1"' }))).toBe(
      '404 NOT_FOUND',
    );
  });

  it('are at most thirty at a time, also when made at once', async () => {
    for (let made = 0; made < 29; made += 1) await create({});
    const admin = await world.admin();
    const body = { url: `${world.portal.url}/hook`, eventTypes: ['case.assigned'] };
    const last = await Promise.all(
      Array.from({ length: 6 }, () => admin.post<WebhookWithSecretView>('/webhooks', body)),
    );
    expect(last.map(refusal).toSorted()).toEqual(['201 undefined', ...Array(5).fill('409 WEBHOOKS_FULL')]);
    const [id] = last.flatMap(({ body }) => body.webhook?.id ?? []);
    const end = await admin.patch(`/webhooks/${id}`, { isActive: false }, { 'if-match': '"1"' });
    expect(end.status).toBe(200);
    expect((await create({})).status).toBe(201);
    const back = await admin.patch(`/webhooks/${id}`, { isActive: true }, { 'if-match': '"2"' });
    expect(refusal(back)).toBe('409 WEBHOOKS_FULL');
  });

  it.each(OTHERS)('are none of the business of %s', async (role: Role) => {
    const hook = await world.subscribe();
    await (await world.admin()).post(`/webhooks/${hook.id}/test`);
    const { id } = await world.delivery(hook);
    const client = await world.cases.app.as(role);
    const period = { from: '2021-11-01T00:00:00Z', to: '2021-11-02T00:00:00Z' };
    const answers = [
      await client.get('/webhooks'),
      await client.get(`/webhooks/${hook.id}`),
      await client.get(`/webhooks/${hook.id}/deliveries`),
      await client.get(`/webhook-deliveries/${id}`),
      await client.post('/webhooks', { url: world.portal.url, eventTypes: ['case.assigned'] }),
      await client.patch(`/webhooks/${hook.id}`, { isActive: false }, { 'if-match': '"1"' }),
      await client.post(`/webhooks/${hook.id}/rotate-secret`),
      await client.post(`/webhooks/${hook.id}/test`),
      await client.post(`/webhooks/${hook.id}/replay`, period),
      await client.post(`/webhook-deliveries/${id}/retry`),
    ];
    expect(new Set(answers.map(refusal))).toEqual(new Set(['403 FORBIDDEN']));
  });
});

describe('deliveries', () => {
  it('can be tried out', async () => {
    const hook = await world.subscribe();
    const asked = await (await world.admin()).post<WebhookDeliveryView>(`/webhooks/${hook.id}/test`);
    expect(asked.status).toBe(202);
    await world.tell();
    const [heard] = world.portal.heard;
    if (heard === undefined) throw new Error('nothing was heard');
    expect(heard.id).toBe(asked.body.messageId);
    expect(verified(heard, hook.secret)).toMatchObject({
      type: 'webhook.test',
      data: { webhookId: hook.id },
    });
  });

  it('are logged, by page and by what became of them', async () => {
    const hook = await world.subscribe();
    for (let made = 0; made < 5; made += 1) await world.cases.case(world.office);
    await world.tell();
    world.portal.replies.set(hook.path, world.portal.refuse(500));
    await world.cases.case(world.office);
    await world.tell();
    const admin = await world.admin();
    const page = (query: string) =>
      admin.get<Items<WebhookDeliveryView>>(`/webhooks/${hook.id}/deliveries?${query}`);
    const first = (await page('limit=4')).body;
    const second = (await page(`limit=4&cursor=${encodeURIComponent(String(first.nextCursor))}`)).body;
    expect(first.items.map(({ status }) => status)).toEqual([
      'pending',
      'delivered',
      'delivered',
      'delivered',
    ]);
    expect(second.items).toHaveLength(2);
    expect(second.nextCursor).toBeNull();
    expect((await page('status=pending&status=failed&count=exact')).body).toMatchObject({
      total: 1,
      items: [{ type: 'case.reported', attempts: 1, statusCode: 500, error: 'not now', deliveredAt: null }],
    });
    expect(refusal(await page('status=lost'))).toBe('400 VALIDATION_FAILED');
    expect(refusal(await admin.get(`/webhooks/${uuidv7()}/deliveries`))).toBe('404 NOT_FOUND');
  });

  it('are sent again one by one, under the same id', async () => {
    const hook = await world.subscribe();
    await world.cases.case(world.office);
    await world.tell();
    const { id } = await world.delivery(hook);
    const admin = await world.admin();
    const again = await admin.post<WebhookDeliveryView>(`/webhook-deliveries/${id}/retry`);
    expect([again.status, again.body.status, again.body.attempts]).toEqual([202, 'pending', 0]);
    expect(await world.deliveries.claim(hook.id)).toBeDefined();
    expect(refusal(await admin.post(`/webhook-deliveries/${id}/retry`))).toBe(
      '409 WEBHOOK_DELIVERY_UNDER_WAY',
    );
    world.clock.advance(MINUTE);
    await world.tell();
    expect(world.portal.heard.map((heard) => heard.id)).toEqual([again.body.messageId, again.body.messageId]);
    await admin.patch(`/webhooks/${hook.id}`, { isActive: false }, { 'if-match': '"1"' });
    expect(refusal(await admin.post(`/webhook-deliveries/${id}/retry`))).toBe('409 WEBHOOK_INACTIVE');
    expect(refusal(await admin.post(`/webhook-deliveries/${uuidv7()}/retry`))).toBe('404 NOT_FOUND');
  });

  it('of a while are sent again, also those that the portal was never told of', async () => {
    const early = world.clock.now();
    const missed = await world.cases.case(world.office);
    world.clock.advance(MINUTE);
    const hook = await world.subscribe();
    await world.cases.case(world.office);
    await world.tell();
    world.clock.advance(MINUTE);
    await world.cases.case(world.office);
    await world.tell();
    const told = world.portal.heard.map((heard) => heard.id);
    const period = { from: early.toISOString(), to: world.clock.now().toISOString() };
    const admin = await world.admin();
    const answer = await admin.post(`/webhooks/${hook.id}/replay`, period);
    expect([answer.status, answer.body]).toEqual([202, { replayed: 2 }]);
    // What waits already is left to that.
    expect((await admin.post(`/webhooks/${hook.id}/replay`, period)).body).toEqual({ replayed: 0 });
    await world.tell();
    const again = world.portal.heard.slice(2);
    expect(again).toHaveLength(2);
    expect(again.map((heard) => heard.id)).toContain(told[0]);
    expect(again.map((heard) => verified(heard, hook.secret).data['caseId'])).toContain(missed.id);
  });

  it('that wait already take no room from those to be sent again', async () => {
    const hook = await world.subscribe();
    const early = world.clock.now();
    await world.cases.case(world.office);
    await world.cases.case(world.office);
    await world.plan.run();
    expect(await world.deliveries.claim(hook.id)).toBeDefined();
    world.clock.advance(1);
    for (let made = 0; made < 2; made += 1) await world.cases.case(world.office);
    world.clock.advance(1);
    const asked = [hook.id, early, world.clock.now(), world.clock.now(), 2];
    expect(await world.cases.query(REPLAY_EVENTS, asked)).toHaveLength(2);
    expect(await world.cases.query(REPLAY_EVENTS, asked)).toEqual([]);
    expect(await world.cases.query('SELECT 1 FROM webhook_deliveries')).toHaveLength(4);
  });

  it('asked for again are not ended by whoever was slow with them before', async () => {
    const hook = await world.subscribe();
    const early = world.clock.now();
    await world.cases.case(world.office);
    await world.plan.run();
    const slow = async (): Promise<() => Promise<void>> => {
      const claimed = await world.deliveries.claim(hook.id);
      if (claimed === undefined) throw new Error('there was nothing to claim');
      world.clock.advance(14_000);
      await world.deliveries.expireLeases();
      const outcome = { status: 'failed', nextAttemptAt: null, statusCode: 500, error: 'late' } as const;
      return () => world.deliveries.record(claimed, outcome);
    };
    const beforeRetry = await slow();
    const { id } = await world.delivery(hook);
    const admin = await world.admin();
    expect((await admin.post(`/webhook-deliveries/${id}/retry`)).status).toBe(202);
    await beforeRetry();
    expect(await world.delivery(hook)).toMatchObject({ status: 'pending', attempts: 0 });

    const beforeReplay = await slow();
    await admin.patch(`/webhooks/${hook.id}`, { isActive: false }, { 'if-match': '"1"' });
    await admin.patch(`/webhooks/${hook.id}`, { isActive: true }, { 'if-match': '"2"' });
    const period = { from: early.toISOString(), to: world.clock.now().toISOString() };
    expect((await admin.post(`/webhooks/${hook.id}/replay`, period)).body).toEqual({ replayed: 1 });
    await beforeReplay();
    expect(await world.delivery(hook)).toMatchObject({ status: 'pending', attempts: 0 });
  });

  it('are not sent again without bounds', async () => {
    const hook = await world.subscribe({ eventTypes: ['case.note_added'] });
    const ref = await world.cases.case(world.office);
    await world.cases.query(
      `INSERT INTO case_events (id, chain_id, sequence, subject_id, subject_kind, type, effective_at, recorded_at,
                                actor_kind, payload, hash)
       SELECT uuidv7(), $1, 1 + n, $1, 'case', 'note_added', $2, $2, 'import', '{}', '' FROM generate_series(1, 10001) n`,
      [ref.id, '2021-10-01T00:00:00Z'],
    );
    const admin = await world.admin();
    const replay = (from: string, to: string) => admin.post(`/webhooks/${hook.id}/replay`, { from, to });
    expect(refusal(await replay('2021-09-30T00:00:00Z', '2021-10-02T00:00:00Z'))).toBe(
      '422 REPLAY_TOO_LARGE',
    );
    expect(await world.cases.query('SELECT 1 FROM webhook_deliveries')).toEqual([]);
    expect(refusal(await replay('2021-10-02T00:00:00Z', '2021-10-01T00:00:00Z'))).toBe(
      '422 REPLAY_PERIOD_INVALID',
    );
    expect(refusal(await replay('2021-02-30T00:00:00Z', '2021-10'))).toBe('400 VALIDATION_FAILED');
    await admin.patch(`/webhooks/${hook.id}`, { isActive: false }, { 'if-match': '"1"' });
    expect(refusal(await replay('2021-10-01T00:00:00Z', '2021-10-02T00:00:00Z'))).toBe(
      '409 WEBHOOK_INACTIVE',
    );
  });

  it('are forgotten after ninety days, unless they are yet to be made', async () => {
    const hook = await world.subscribe();
    await world.cases.case(world.office);
    await world.tell();
    world.portal.replies.set(hook.path, world.portal.refuse(500));
    await world.cases.case(world.office);
    await world.tell();
    world.clock.advance(91 * 24 * 60 * MINUTE);
    await world.deliveries.forget();
    expect(await world.delivery(hook)).toMatchObject({ status: 'pending' });
  });
});
