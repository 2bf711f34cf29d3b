import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { insertEvents } from '../../src/cases/event-chain.js';
import { Reader } from '../../src/platform/database/reader.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Worker } from '../../src/platform/queue/worker.js';
import { IN_ORDER_OF_THE_INDEX, PLAN_DELIVERIES } from '../../src/webhooks/plan-statements.js';
import { SecretSeal } from '../../src/webhooks/secret-seal.js';
import { UnreadableSecrets } from '../../src/webhooks/unreadable-secrets.js';
import type { WebhookWithSecretView } from '../../src/webhooks/webhooks.dto.js';
import { asOwner } from '../support/as-owner.js';
import { until } from '../support/until.js';
import { verified } from '../support/webhook-receiver.js';
import { WebhookWorld } from '../support/webhook-world.js';

const HOUR = 3_600_000;
/** A number of its own, so that emptying it harms no other test. */
const REDIS = new URL('/12', process.env['REDIS_URL']);
// What goes wrong here goes wrong on purpose.
Logger.overrideLogger(false);

interface PlanNode extends Record<string, unknown> {
  Plans?: PlanNode[];
}
const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

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
    const runs = jest.spyOn(world.cases.app.app.get(Transactions), 'run');
    expect(await world.plan.run()).toBe(4_500);
    // 2,000 at once; and while the mark lags, what was read is not read again.
    expect(runs).toHaveBeenCalledTimes(3);
    expect(await world.plan.run()).toBe(0);
    expect(runs).toHaveBeenCalledTimes(4);
    runs.mockRestore();
    // Nor is it passed over for one who is to be told of it only now.
    await world.subscribe({ eventTypes: ['case.note_added'] });
    expect(await world.plan.run()).toBe(4_500);
    world.clock.advance(HOUR);
    expect(await world.plan.run()).toBe(0);
    expect(await world.plan.run()).toBe(0);
  });
});

describe('events of one moment', () => {
  it('are read in order by an index, a part of them at a time', async () => {
    const ref = await world.cases.case(world.office);
    const moment = '2021-10-01T00:00:00Z';
    await world.cases.query(
      `INSERT INTO case_events (id, chain_id, sequence, subject_id, subject_kind, type, effective_at, recorded_at,
                                actor_kind, payload, hash)
       SELECT uuidv7(), $1, 1 + n, $1, 'case', 'note_added', $2, $2, 'import', '{}', '' FROM generate_series(1, 100000) n`,
      [ref.id, moment],
    );
    await asOwner(world.cases.app.database, 'ANALYZE case_events');
    const [middle] = await world.cases.query<{ id: string }>(
      'SELECT id FROM case_events WHERE recorded_at = $1 ORDER BY id OFFSET 50000 LIMIT 1',
      [moment],
    );
    const values = [moment, middle?.id, 2_000, world.clock.now()];
    const [explained] = await world.cases.app.database.dataSource.transaction(async (manager) => {
      await manager.query(IN_ORDER_OF_THE_INDEX);
      return manager.query<unknown[]>(`EXPLAIN (FORMAT JSON) ${PLAN_DELIVERIES}`, values);
    });
    const nodes = nodesOf(Object(explained)['QUERY PLAN'][0].Plan);
    const batch = nodes.find((node) => node['Subplan Name'] === 'CTE batch');
    if (batch === undefined) throw new Error('there is no batch in the plan');
    expect(nodesOf(batch).map((node) => node['Node Type'])).toEqual(['Limit', 'Index Scan']);
    expect(nodesOf(batch).at(-1)).toMatchObject({
      'Index Name': 'case_events_recorded_idx',
      'Index Cond': expect.stringMatching(/^\(ROW\(recorded_at, id\) > ROW\(/),
    });
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
    const warned = jest.spyOn(Logger.prototype, 'warn');
    await world.tell();
    expect(world.portal.of(one.path)).toHaveLength(1);
    expect(world.portal.of(other.path)).toHaveLength(0);
    const waits = { status: 'pending', attempts: 0, error: 'SECRET_UNREADABLE', attemptedAt: null };
    expect(await world.delivery(other)).toMatchObject({
      ...waits,
      nextAttemptAt: new Date(world.clock.now().getTime() + 300_000).toISOString(),
    });
    // However long nobody sees to it, no attempt is used up.
    for (let tried = 0; tried < 15; tried += 1) {
      world.clock.advance(300_000);
      await world.tell();
    }
    expect(await world.delivery(other)).toMatchObject(waits);
    const told = warned.mock.calls.filter(([facts]) => Object(facts).webhookId === other.id);
    expect(told).toHaveLength(1);
    warned.mockRestore();
    await (await world.admin()).post(`/webhooks/${other.id}/rotate-secret`, { overlapHours: 1 });
    world.clock.advance(300_000);
    await world.tell();
    expect(await world.delivery(other)).toMatchObject({ status: 'delivered', attempts: 1 });
  });

  it('that another TOKEN_SECRET has sealed is told of when a worker begins', async () => {
    const hook = await world.subscribe();
    await world.cases.query(`UPDATE webhooks SET secret = '\\x00' WHERE id = $1`, [hook.id]);
    const { app } = world.cases.app;
    const begun = new UnreadableSecrets(app.get(Reader), app.get(SecretSeal));
    const warned = jest.spyOn(Logger.prototype, 'warn');
    await begun.check();
    await begun.check();
    expect(warned.mock.calls.map(([facts]) => facts)).toEqual([{ webhookId: hook.id }]);
    warned.mockRestore();
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
