import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { explainReminders } from '../../src/commands/explain-reminders.js';
import type { AccountActor } from '../../src/access/actor.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import type { ExplainedClockView, ReminderExplanationView } from '../../src/reminders/explanation.dto.js';
import { ExplainReminders } from '../../src/reminders/explain-reminders.js';
import { Sweep } from '../../src/reminders/sweep.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Desk, LifecycleWorld } from '../support/lifecycle-world.js';
import { TEST_PERSONAL_DATA_KEYS } from '../support/personal-data.js';

/** A Monday; a simple case is due on Monday the 8th, signed for by Tuesday the 2nd. */
const START = '2021-11-01T10:00:00+08:00';

const clock = new FakeClock(new Date(START));
let world: LifecycleWorld;
let taskForce: AccountActor;
let lead: Desk;
let helper: Desk;

beforeAll(async () => {
  world = await LifecycleWorld.open(clock);
  taskForce = await world.taskForce();
  [lead, helper] = [await world.desk(), await world.desk()];
});
afterAll(() => world.close());

/** As it is answered: instants are text. The session of a client would not outlive the days of a story. */
const explained = async (ref: SubjectRef): Promise<ReminderExplanationView> =>
  JSON.parse(JSON.stringify(await world.app.app.get(ExplainReminders).run(taskForce, ref)));
const clocksOf = async (ref: SubjectRef): Promise<string[]> =>
  (await explained(ref)).clocks.map(({ clock: kind, isRunning, reason }) =>
    isRunning ? `${kind} runs` : `${kind} ${reason}`,
  );
const handleOf = async (ref: SubjectRef): Promise<ExplainedClockView> => {
  const found = (await explained(ref)).clocks.find(({ clock: kind }) => kind === 'handle');
  if (found === undefined) throw new Error('a handling clock');
  return found;
};
const assigned = async (ref: SubjectRef): Promise<SubjectRef> => {
  const { departmentId, officialId } = lead;
  await world.work.assign.run(taskForce, ref, {
    departmentId,
    officialId,
    complexity: 'simple',
    coHandlers: [{ departmentId: helper.departmentId }],
  });
  return ref;
};

describe('the explanation of a case', () => {
  it('says for each clock why it runs or does not, from report to closure', async () => {
    clock.set(START);
    const ref = await world.case(taskForce);
    expect(await clocksOf(ref)).toEqual([
      'assign runs',
      'sign not_assigned',
      'handle not_assigned',
      'co_handle not_assigned',
      'verify not_requested',
    ]);
    await assigned(ref);
    expect(await clocksOf(ref)).toEqual([
      'sign runs',
      'handle runs',
      'co_handle runs',
      'assign assigned',
      'verify not_requested',
    ]);
    await world.work.acknowledge.run(lead.actor, ref, {});
    await world.work.hold.run(taskForce, ref, { ground: 'litigation', reviewOn: '2021-11-15' });
    expect((await clocksOf(ref)).toSorted()).toEqual([
      'assign assigned',
      'co_handle on_hold',
      'handle on_hold',
      'sign signed',
      'verify not_requested',
    ]);
    expect((await handleOf(ref)).rungs.every(({ fate }) => fate === 'clock_stopped')).toBe(true);
    clock.set('2021-11-03T10:00:00+08:00');
    await world.work.resume.run(taskForce, ref, {});
    const handles = (await explained(ref)).clocks.filter(({ clock: kind }) => kind === 'handle');
    expect(
      handles.map(({ isRunning, reason, deadlineVersion }) => [isRunning, reason, deadlineVersion]),
    ).toEqual([
      [true, null, 2],
      [false, 'deadline_changed', 1],
    ]);
    await world.closure.terminate.run(taskForce, ref, { ground: 'merged' });
    expect(new Set((await clocksOf(ref)).map((line) => line.split(' ').at(-1)))).toEqual(
      new Set(['terminated', 'deadline_changed']),
    );
  });

  it('says for each rung whom it reminds and when, and of what fell due what became of it', async () => {
    clock.set(START);
    const ref = await assigned(await world.case(taskForce));
    const [official] = await world.query<{ id: string; name: string }>(
      'SELECT id, name FROM officials WHERE id = $1',
      [lead.officialId],
    );
    const before = await handleOf(ref);
    expect(before).toMatchObject({ isRunning: true, deadlineVersion: 1, policyVersion: 1 });
    expect(before.rungs.map(({ rung, fate }) => `${rung} ${fate}`)).toEqual([
      'due_soon to_come',
      'due_today to_come',
      'overdue to_come',
      'supervise to_come',
      'escalate to_come',
      'expose to_come',
    ]);
    expect(before.rungs[0]).toMatchObject({
      at: '2021-11-03T01:00:00.000Z',
      recipients: [
        { officialId: official?.id, name: official?.name, channel: 'email' },
        { officialId: official?.id, name: official?.name, channel: 'sms' },
      ],
      emptyDuties: [],
    });
    // Nobody is liaison of that department, and there is no paired leader.
    expect(before.rungs[2]).toMatchObject({ rung: 'overdue', emptyDuties: ['liaison', 'paired_leader'] });

    clock.set('2021-11-08T22:00:00+08:00');
    expect((await handleOf(ref)).rungs.slice(0, 3)).toMatchObject([
      { fate: 'waits_for_opening', at: '2021-11-09T01:00:00.000Z', by: 'due_today' },
      { rung: 'due_today', fate: 'waits_for_opening', at: '2021-11-09T01:00:00.000Z', by: null },
      { rung: 'overdue', fate: 'to_come' },
    ]);
    clock.set('2021-11-09T09:00:00+08:00');
    expect((await handleOf(ref)).rungs[2]).toMatchObject({ fate: 'goes_now', by: null });
    await world.app.app.get(Sweep).run();
    const [, today, overdue] = (await handleOf(ref)).rungs;
    expect(today).toMatchObject({ fate: 'superseded', by: 'overdue', recipients: [] });
    expect(overdue).toMatchObject({ fate: 'recorded', at: '2021-11-09T01:00:00.000Z', recipients: [] });
    expect(overdue?.deliveries).toContainEqual({
      officialId: official?.id,
      name: official?.name,
      channel: 'email',
      status: expect.any(String),
      reason: null,
      sentAt: null,
    });
  });

  it('is that of a problem too', async () => {
    clock.set(START);
    const owner = await world.case(taskForce);
    const problem = await world.problem(taskForce, owner.id);
    expect((await clocksOf(problem))[0]).toBe('assign runs');
    await world.work.assign.run(taskForce, problem, {
      departmentId: lead.departmentId,
      officialId: lead.officialId,
      complexity: 'complex',
    });
    expect((await handleOf(problem)).rungs[0]).toMatchObject({ rung: 'due_soon', fate: 'to_come' });
  });

  it('is open to the task force alone, and of what there is', async () => {
    const ref = await world.case(taskForce);
    const office = await world.app.as('task_force');
    const { status, body } = await office.get(`/cases/${ref.id}/reminders/explanation`);
    expect([status, body]).toEqual([200, await explained(ref)]);
    for (const role of ['department', 'county', 'leader', 'auditor', 'system_admin'] as const) {
      const client = await world.app.as(role);
      expect((await client.get(`/cases/${ref.id}/reminders/explanation`)).status).toBe(403);
    }
    expect((await office.get(`/problems/${ref.id}/reminders/explanation`)).status).toBe(404);
    expect((await office.get('/cases/1/reminders/explanation')).status).toBe(400);
  });
});

describe('npm run reminders -- explain', () => {
  const said = async (locale: string, ...args: string[]): Promise<string> => {
    const before = { ...process.env };
    const written: string[] = [];
    const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    try {
      Object.assign(process.env, {
        DATABASE_URL: world.app.database.url,
        TOKEN_SECRET: 'a-secret-that-is-only-for-tests-000',
        PERSONAL_DATA_KEYS: TEST_PERSONAL_DATA_KEYS,
        FILES_DIR: tmpdir(),
        LOCALE: locale,
      });
      await explainReminders(args);
      return written.join('');
    } finally {
      stdout.mockRestore();
      process.env = before;
    }
  };

  it('says it in Chinese and in English, of a case and of a problem', async () => {
    clock.set(START);
    const ref = await assigned(await world.case(taskForce));
    clock.set('2021-11-09T09:00:00+08:00');
    await world.app.app.get(Sweep).run();
    const { number } = await world.row<{ number: string }>(ref);
    const chinese = await said('zh-CN', 'explain', number);
    expect(chinese).toContain(`${number}（已交办）`);
    expect(chinese).toContain('办理：计时中，时限 2021-11-08 18:00（第 1 版），提醒阶梯第 1 版');
    expect(chinese).toMatch(/ {2}红灯提醒 · 超期1个工作日 · 2021-11-09 09:00 已到期发出/);
    const english = await said('en', 'explain', number);
    expect(english).toContain(
      'Handling: runs, due 2021-11-08 18:00 (version 1), by version 1 of the ladders',
    );
    expect(english).toContain(
      'Due today · on the day · was due 2021-11-09 09:00, superseded by “Red light: overdue”',
    );
    expect(english).toContain('Verifying: does not run (closure has not been asked for)');
    const problem = await world.row<{ number: string }>(await world.problem(taskForce, ref.id));
    expect(await said('en', 'explain', problem.number)).toContain(`${problem.number} (reported)`);
  });

  it('says what it wants where it is asked for something else', async () => {
    await expect(said('en', 'explain', 'AK-1999-000001')).rejects.toThrow('there is no case or problem');
    for (const args of [[], ['explain'], ['tell', 'AK-2021-000001']])
      await expect(said('en', ...args)).rejects.toThrow('reminders explain NUMBER');
  });
});
