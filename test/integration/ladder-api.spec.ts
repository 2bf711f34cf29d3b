import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../src/access/role.js';
import type { ReminderPolicyView } from '../../src/reminders/policies.dto.js';
import { Replan } from '../../src/reminders/replan.js';
import { editedLadder, rung } from '../support/ladder-world.js';
import { SetClock } from '../support/reminder-world.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

const clock = new SetClock('2021-11-08T10:00:00+08:00');
let app: TestApp;
let taskForce: Client;

beforeAll(async () => {
  app = await createTestApp({ clock });
  taskForce = await app.as('task_force');
});
afterAll(() => app.close());

const current = async (appliesTo = 'default'): Promise<ReminderPolicyView> =>
  (
    await taskForce.get<ReminderPolicyView & Record<string, unknown>>(
      `/reminder-policies/current?appliesTo=${appliesTo}`,
    )
  ).body;

describe('the ladders by HTTP', () => {
  it('are shown with the one in force for each class', async () => {
    const { body } = await taskForce.get<{ items: unknown[] }>('/reminder-policies');
    expect(body.items).toMatchObject([{ version: 1, appliesTo: 'default', recordedBy: null }]);
    for (const appliesTo of ['default', 'simple', 'general', 'complex'])
      expect(await current(appliesTo)).toMatchObject({ version: 1, appliesTo: 'default' });
    expect((await current()).rungs).toHaveLength(10);
  });

  it('are edited for one class, and show when what was armed has followed', async () => {
    const saved = await taskForce.post<ReminderPolicyView & Record<string, unknown>>('/reminder-policies', {
      appliesTo: 'simple',
      rungs: [rung('hurry', -1), rung('late', 1, { channels: ['sms', 'email'] })],
      basedOnVersion: 1,
    });
    expect(saved).toMatchObject({
      status: 201,
      body: { version: 2, appliesTo: 'simple', recordedAt: clock.now().toISOString(), replannedAt: null },
    });
    expect(saved.body.recordedBy).not.toBeNull();
    expect(await current('simple')).toMatchObject({ version: 2, replannedAt: null });
    expect(await current('general')).toMatchObject({ version: 1 });
    expect(await app.app.get(Replan).run()).toBe('done');
    expect(await current('simple')).toMatchObject({ replannedAt: clock.now().toISOString() });
    const listed = async (query: string): Promise<number[]> => {
      const { body } = await taskForce.get<{ items: ReminderPolicyView[] }>(`/reminder-policies?${query}`);
      return body.items.map(({ version }) => version);
    };
    expect(await listed('')).toEqual([2, 1]);
    expect(await listed('appliesTo=simple')).toEqual([2]);
    expect(await listed('appliesTo=complex')).toEqual([]);
  });

  it('refuse an edit of what is no longer in force', async () => {
    const edit = { appliesTo: 'simple', rungs: [rung('late', 2)], basedOnVersion: 1 };
    expect(await taskForce.post('/reminder-policies', edit)).toMatchObject({
      status: 409,
      body: { code: 'LADDER_STALE', params: { basedOnVersion: 1, versionInForce: 2 } },
    });
  });

  it('are saved once under one key', async () => {
    const { version: basedOnVersion } = await current('complex');
    const edit = { appliesTo: 'complex', rungs: [rung('late', 2)], basedOnVersion };
    const key = { 'idempotency-key': 'edit-of-the-complex-ladder' };
    const first = await taskForce.post('/reminder-policies', edit, key);
    const second = await taskForce.post('/reminder-policies', edit, key);
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
    expect(await current('complex')).toMatchObject({ version: first.body['version'] });
  });

  it('refuse ladders that decide nothing or remind nobody, each fault by its place', async () => {
    const refused = async (rungs: unknown, appliesTo = 'default'): Promise<string[]> => {
      const answers = [
        await taskForce.post('/reminder-policies', { appliesTo, rungs, basedOnVersion: 1 }),
        await taskForce.post('/reminder-policies/preview', { appliesTo, rungs }),
      ];
      const told = answers.map(({ status, body }) => {
        expect(status).toBe(400);
        return (body['errors'] as Array<{ pointer: string; code: string }>).map(
          ({ pointer, code }) => `${pointer} ${code}`,
        );
      });
      expect(told[1]).toEqual(told[0]);
      return told[0] ?? [];
    };
    expect(await refused([])).toEqual(['/rungs LADDER_DEFAULT_EMPTY']);
    expect(await refused([rung('late', 1), rung('late', 1)])).toEqual([
      '/rungs/1/code RUNG_CODE_TWICE',
      '/rungs/1/offsetWorkingDays RUNG_OFFSET_TWICE',
    ]);
    expect(await refused([rung('late', 1, { clock: 'assign' })])).toEqual([
      '/rungs/0/recipients/0 RUNG_RECIPIENT_UNKNOWN',
    ]);
    const one = rung('late', 1);
    for (const [fault, place] of [
      [{ ...one, code: 'Late!' }, 'code FIELD_MATCHES'],
      [{ ...one, code: 'constructor' }, 'code RUNG_CODE_RESERVED'],
      [{ ...one, clock: 'sundial' }, 'clock FIELD_IS_IN'],
      [{ ...one, offsetWorkingDays: -31 }, 'offsetWorkingDays FIELD_MIN'],
      [{ ...one, offsetWorkingDays: 91 }, 'offsetWorkingDays FIELD_MAX'],
      [{ ...one, offsetWorkingDays: 0.5 }, 'offsetWorkingDays FIELD_IS_INT'],
      [{ ...one, recipients: [] }, 'recipients FIELD_ARRAY_MIN_SIZE'],
      [{ ...one, recipients: ['mayor'] }, 'recipients FIELD_IS_IN'],
      [{ ...one, recipients: ['head', 'head'] }, 'recipients FIELD_ARRAY_UNIQUE'],
      [{ ...one, channels: ['pigeon'] }, 'channels FIELD_IS_IN'],
      [{ ...one, channels: [] }, 'channels FIELD_ARRAY_MIN_SIZE'],
      [{ ...one, more: 1 }, 'more FIELD_UNKNOWN'],
    ] as const)
      expect(await refused([fault], 'simple')).toEqual([`/rungs/0/${place}`]);
    const many = Array.from({ length: 41 }, (_, place) => rung('late', place));
    expect(await refused(many)).toEqual(['/rungs FIELD_ARRAY_MAX_SIZE']);
    expect(await refused([one], 'campaign')).toEqual(['/appliesTo FIELD_IS_IN']);
  });

  it('are previewed', async () => {
    const { status, body } = await taskForce.post('/reminder-policies/preview', {
      appliesTo: 'default',
      rungs: editedLadder([], rung('nudge', 2)),
    });
    expect([status, body]).toEqual([
      200,
      {
        appliesTo: 'default',
        sendsOn: '2021-11-08',
        sendsAt: clock.now().toISOString(),
        isSendingToday: true,
        isComplete: true,
        subjects: 0,
        reminders: 0,
        superseded: 0,
        deliveries: 0,
        people: 0,
        byRung: [],
        items: [],
      },
    ]);
  });

  it.each(ROLES.filter((role) => role !== 'task_force'))('are nothing for %s', async (role) => {
    const client = await app.as(role);
    for (const path of ['/reminder-policies', '/reminder-policies/current'])
      expect((await client.get(path)).status).toBe(403);
    const edit = { appliesTo: 'default', rungs: editedLadder([]), basedOnVersion: 1 };
    expect((await client.post('/reminder-policies', edit)).status).toBe(403);
    const { basedOnVersion: _, ...preview } = edit;
    expect((await client.post('/reminder-policies/preview', preview)).status).toBe(403);
  });
});
