import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { insertEvents } from '../../src/cases/event-chain.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Worker } from '../../src/platform/queue/worker.js';
import type { WebhookWithSecretView } from '../../src/webhooks/webhooks.dto.js';
import { until } from '../support/until.js';
import { verified } from '../support/webhook-receiver.js';
import { WebhookWorld } from '../support/webhook-world.js';

const HOUR = 3_600_000;
/** A number of its own, so that emptying it harms no other test. */
const REDIS = new URL('/12', process.env['REDIS_URL']);
// What goes wrong here goes wrong on purpose.
Logger.overrideLogger(false);

let world: WebhookWorld;

beforeAll(async () => {
  world = await WebhookWorld.open();
});
afterAll(() => world.close());
beforeEach(() => world.forgetAll());

describe('a worker that dies', () => {
  it('after the portal took the message leaves it to another, who sends it under the same id', async () => {
    const hook = await world.subscribe();
    await world.cases.case(world.office);
    await world.plan.run();
    const dead = await world.deliveries.claim(hook.id);
    if (dead === undefined) throw new Error('there was nothing to claim');
    await world.messages.send(dead);
    expect(await world.delivery(hook)).toMatchObject({ status: 'sending', attempts: 1 });
    // Nobody else has it as long as the lease lasts.
    world.clock.advance(12_000);
    await world.tell();
    expect(world.portal.heard).toHaveLength(1);
    world.clock.advance(1_500);
    await world.tell();
    expect(world.portal.heard).toHaveLength(2);
    expect(new Set(world.portal.heard.map(({ id }) => id)).size).toBe(1);
    expect(await world.delivery(hook)).toMatchObject({ status: 'delivered', attempts: 2 });

    // It was only slow: what it has to say comes too late.
    const late = {
      status: 'pending',
      nextAttemptAt: world.clock.now(),
      statusCode: 500,
      error: 'late',
    } as const;
    await world.deliveries.record(dead, late);
    expect(await world.delivery(hook)).toMatchObject({ status: 'delivered', statusCode: 204 });
    await world.tell();
    expect(world.portal.heard).toHaveLength(2);
  });

  it('and has only been slow may say so as long as nobody else has it', async () => {
    const hook = await world.subscribe();
    await world.cases.case(world.office);
    await world.plan.run();
    const slow = await world.deliveries.claim(hook.id);
    if (slow === undefined) throw new Error('there was nothing to claim');
    await world.messages.send(slow);
    world.clock.advance(14_000);
    await world.deliveries.expireLeases();
    const delivered = { status: 'delivered', nextAttemptAt: null, statusCode: 204, error: null } as const;
    await world.deliveries.record(slow, delivered);
    await world.tell();
    expect(world.portal.heard).toHaveLength(1);
  });
});

describe('what is recorded', () => {
  /** The event of a case, told of anew as a transaction that is slow to commit would write it. */
  const written = async (recordedAt: Date): Promise<Record<string, unknown>> => {
    const ref = await world.cases.case(world.office);
    const [event] = await world.cases.query(
      `SELECT chain_id AS "chainId", subject_id AS "subjectId", subject_kind AS "subjectKind", type,
              actor_kind AS "actorKind", payload, hash FROM case_events WHERE subject_id = $1`,
      [ref.id],
    );
    return { ...event, sequence: 2, effectiveAt: recordedAt, recordedAt };
  };

  it('and committed late is told of, though later events were told of before', async () => {
    const hook = await world.subscribe();
    const event = await written(world.clock.now());
    const { id } = (await world.cases.query<{ id: string }>('SELECT uuidv7() AS id'))[0] ?? { id: '' };
    const transactions = world.cases.app.app.get(Transactions);
    let commit = (): void => undefined;
    const mayCommit = new Promise<void>((resolve) => (commit = resolve));
    const isWritten = new Promise<void>((resolve, reject) => {
      transactions
        .run(async (tx) => {
          await insertEvents(tx, [{ id, actorId: null, actorDepartmentId: null, ...event } as never]);
          resolve();
          await mayCommit;
        })
        .catch(reject);
    });
    await isWritten;
    world.clock.advance(1);
    await world.cases.case(world.office);
    // No margin for clocks that differ: it alone must not be what saves the event.
    await world.plan.run(0);
    await world.plan.run(0);
    const told = async (): Promise<unknown[]> =>
      (await world.cases.query('SELECT event_id FROM webhook_deliveries')).map(({ event_id }) => event_id);
    expect(await told()).toHaveLength(2);
    commit();
    await until(
      async () => (await world.cases.query('SELECT 1 FROM case_events WHERE id = $1', [id])).length === 1,
    );
    await world.plan.run(0);
    expect(await told()).toContain(id);
    await world.send.run();
    await world.send.idle();
    expect(world.portal.of(hook.path)).toHaveLength(3);
  });

  it('by a process whose clock is behind is told of', async () => {
    await world.subscribe();
    const event = await written(new Date(world.clock.now().getTime() + 30_000));
    world.clock.advance(60_000);
    await world.plan.run();
    await world.plan.run();
    const transactions = world.cases.app.app.get(Transactions);
    const [made] = await world.cases.query<{ id: string }>('SELECT uuidv7() AS id');
    const late = { ...made, actorId: null, actorDepartmentId: null, ...event } as never;
    await transactions.run((tx) => insertEvents(tx, [late]));
    expect(await world.plan.run()).toBe(1);
  });

  it('in great number at one moment is told of once each', async () => {
    await world.subscribe({ eventTypes: ['case.note_added'] });
    const ref = await world.cases.case(world.office);
    await world.cases.query(
      `INSERT INTO case_events (id, chain_id, sequence, subject_id, subject_kind, type, effective_at, recorded_at,
                                actor_kind, payload, hash)
       SELECT uuidv7(), $1, 1 + n, $1, 'case', 'note_added', $2, $2, 'import', '{}', '' FROM generate_series(1, 4500) n`,
      [ref.id, world.clock.now()],
    );
    expect(await world.plan.run()).toBe(4_500);
    world.clock.advance(HOUR);
    expect(await world.plan.run()).toBe(0);
    expect(await world.plan.run()).toBe(0);
  });
});

describe('a secret that is rotated', () => {
  it('signs beside the new one until its end, and no longer', async () => {
    const hook = await world.subscribe();
    const { body } = await (
      await world.admin()
    ).post<WebhookWithSecretView>(`/webhooks/${hook.id}/rotate-secret`, { overlapHours: 2 });
    expect(body.secret).not.toBe(hook.secret);
    await world.cases.case(world.office);
    await world.tell();
    const [during] = world.portal.heard;
    if (during === undefined) throw new Error('nothing was heard');
    expect(during.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    expect(verified(during, hook.secret)).toEqual(verified(during, body.secret));

    world.clock.advance(2 * HOUR);
    await world.cases.case(world.office);
    await world.tell();
    const after = world.portal.heard[1];
    if (after === undefined) throw new Error('nothing was heard');
    expect(verified(after, body.secret)).toMatchObject({ type: 'case.reported' });
    expect(() => verified(after, hook.secret)).toThrow();
  });

  it('that has leaked ends at once', async () => {
    const hook = await world.subscribe();
    const { body } = await (
      await world.admin()
    ).post<WebhookWithSecretView>(`/webhooks/${hook.id}/rotate-secret`, { overlapHours: 0 });
    await world.cases.case(world.office);
    await world.tell();
    const [heard] = world.portal.heard;
    if (heard === undefined) throw new Error('nothing was heard');
    expect(verified(heard, body.secret)).toMatchObject({ type: 'case.reported' });
    expect(() => verified(heard, hook.secret)).toThrow();
  });

  it('and was moved to another webhook signs nothing there', async () => {
    const [one, other] = [await world.subscribe(), await world.subscribe()];
    await world.cases.query(
      'UPDATE webhooks SET secret = (SELECT secret FROM webhooks WHERE id = $1) WHERE id = $2',
      [one.id, other.id],
    );
    await world.cases.case(world.office);
    await world.tell();
    expect(world.portal.of(one.path)).toHaveLength(1);
    expect(world.portal.of(other.path)).toHaveLength(0);
    expect(await world.delivery(other)).toMatchObject({ status: 'pending', error: 'SECRET_UNREADABLE' });
  });
});

describe('an address that may not be reached', () => {
  it('is not reached, whatever it was when it was written down', async () => {
    const hook = await world.subscribe();
    await world.cases.case(world.office);
    // As a name would that points there only now.
    await world.cases.query('UPDATE webhooks SET url = $2 WHERE id = $1', [hook.id, 'https://10.0.0.7/hook']);
    await world.tell();
    expect(world.portal.heard).toEqual([]);
    expect(await world.delivery(hook)).toMatchObject({
      status: 'pending',
      statusCode: null,
      error: 'OUTGOING_ADDRESS_FORBIDDEN',
    });
  });
});

describe('the rows', () => {
  it('are the truth: with Redis emptied nothing is lost, and nothing repeated', async () => {
    const redis = new Redis(REDIS.href);
    const other = await WebhookWorld.open({
      OUTGOING_ALLOWED_NETWORKS: '127.0.0.0/8',
      REDIS_URL: REDIS.href,
    });
    try {
      const hook = await other.subscribe();
      other.portal.replies.set(hook.path, other.portal.refuse(500));
      await other.cases.case(other.office);
      await other.tell();
      await other.cases.case(other.office);
      other.portal.replies.clear();
      other.clock.advance(10_000);
      other.cases.app.app.get(Worker).start();
      await redis.flushdb();
      await until(() => other.portal.of(hook.path).length === 3);
      await redis.flushdb();
      await until(async () => {
        const rows = await other.cases.query('SELECT status FROM webhook_deliveries');
        return rows.length === 2 && rows.every(({ status }) => status === 'delivered');
      });
      expect(other.portal.heard).toHaveLength(3);
    } finally {
      redis.disconnect();
      await other.close();
    }
  });
});
