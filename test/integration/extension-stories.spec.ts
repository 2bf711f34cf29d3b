import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/access/actor.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Desk, LifecycleWorld } from '../support/lifecycle-world.js';

interface Row {
  status: string;
  dueAt: Date | null;
  deadlineVersion: number | null;
}

const clock = new FakeClock(new Date('2021-09-01T09:00:00+08:00'));
/** An instant as the office reads it. */
const office = (at: Date | null | undefined): string | null =>
  at === null || at === undefined
    ? null
    : new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

describe('extensions in literal dates', () => {
  let world: LifecycleWorld;
  let taskForce: AccountActor;
  let lead: Desk;

  beforeAll(async () => {
    world = await LifecycleWorld.open(clock);
    taskForce = await world.taskForce();
    lead = await world.desk();
  });
  afterAll(() => world.close());

  const at = (moment: string): void => clock.set(`${moment.replace(' ', 'T')}:00+08:00`);
  const due = async (ref: SubjectRef): Promise<unknown[]> => {
    const row = await world.row<Row>(ref);
    return [row.status, office(row.dueAt), row.deadlineVersion];
  };
  const answerable = (): { departmentId: string; officialId: string } => ({
    departmentId: lead.departmentId,
    officialId: lead.officialId,
  });
  /** In progress from a day on, due on another. */
  const working = async (from: string, dueOn: string): Promise<SubjectRef> => {
    at(from);
    const ref = await world.case(taskForce);
    await world.work.assign.run(taskForce, ref, { ...answerable(), dueOn });
    await world.work.acknowledge.run(lead.actor, ref, {});
    return ref;
  };
  const hold = (ref: SubjectRef, reviewOn: string): Promise<void> =>
    world.work.hold.run(taskForce, ref, { ground: 'third_party', reviewOn });
  const resume = (ref: SubjectRef): Promise<void> => world.work.resume.run(taskForce, ref, {});

  // 2021: 26 September and 9 October are worked, 1 to 7 October are not.
  it('extends to the date asked for, as a new version, and not once a hold has given more', async () => {
    const ref = await working('2021-09-22 10:00', '2021-09-30');
    at('2021-09-27 10:00');
    const id = await world.extensions.request(lead.actor, ref, { dueOn: '2021-10-10', reason: '等待批复' });
    await hold(ref, '2021-10-20');
    at('2021-10-12 10:00');
    const held = world.extensions.approve(taskForce, id, null);
    await expect(held).rejects.toMatchObject({ status: 409, code: 'CASE_TRANSITION_REFUSED' });
    await resume(ref);
    expect(await due(ref)).toEqual(['in_progress', '2021-10-15 18:00', 2]);
    const overtaken = world.extensions.approve(taskForce, id, null);
    await expect(overtaken).rejects.toMatchObject({ status: 409, code: 'EXTENSION_OVERTAKEN' });

    const other = await working('2021-09-22 10:00', '2021-09-30');
    at('2021-09-29 18:30');
    const asked = await world.extensions.request(lead.actor, other, {
      dueOn: '2021-10-10',
      reason: '等待批复',
    });
    await world.extensions.approve(taskForce, asked, '同意');
    // 10 October is a Sunday: the working day before.
    expect(await due(other)).toEqual(['in_progress', '2021-10-09 18:00', 2]);
  });

  it('allows at most the original limit, whatever a hold has given back since', async () => {
    // Day 0 is 22 September; 23, 24, 26, 27, 28, 29, 30 September: a limit of 7 working days.
    const ref = await working('2021-09-22 10:00', '2021-09-30');
    at('2021-09-27 10:00');
    await hold(ref, '2021-10-20');
    at('2021-10-12 10:00');
    await resume(ref);
    // Due 15 October; 7 working days on is 26 October.
    const ask = (dueOn: string): Promise<string> =>
      world.extensions.request(lead.actor, ref, { dueOn, reason: '等待批复' });
    await expect(ask('2021-10-27')).rejects.toMatchObject({ status: 400, code: 'EXTENSION_TOO_LONG' });
    await expect(ask('2021-10-26')).resolves.toEqual(expect.any(String));
  });

  it('allows the limit of a given date also to who takes the case over shortly before it', async () => {
    const ref = await working('2021-09-22 10:00', '2021-09-30');
    at('2021-09-28 10:00');
    await world.work.reassign.run(taskForce, ref, { ...answerable(), reason: '换人' });
    // Seven working days after 30 September: 8, 9, 11, 12, 13, 14, 15 October.
    const ask = (dueOn: string): Promise<string> =>
      world.extensions.request(lead.actor, ref, { dueOn, reason: '等待批复' });
    await expect(ask('2021-10-18')).rejects.toMatchObject({ status: 400, code: 'EXTENSION_TOO_LONG' });
    await expect(ask('2021-10-15')).resolves.toEqual(expect.any(String));
  });

  it('extends nothing to a moment that has passed by when it is decided', async () => {
    const ref = await working('2021-09-22 10:00', '2021-09-30');
    const id = await world.extensions.request(lead.actor, ref, { dueOn: '2021-10-08', reason: '等待批复' });
    at('2021-10-08 18:00');
    const past = world.extensions.approve(taskForce, id, null);
    await expect(past).rejects.toMatchObject({
      status: 409,
      code: 'DUE_DATE_PAST',
      params: { on: '2021-10-08' },
    });
    expect(await due(ref)).toEqual(['in_progress', '2021-09-30 18:00', 1]);
    await world.extensions.refuse(taskForce, id, '已过期');
    expect((await world.events(ref)).at(-1)?.type).toBe('extension_refused');
  });
});
