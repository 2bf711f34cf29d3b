import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/access/actor.js';
import { DeadlineStory } from '../support/deadline-story.js';
import type { Desk, LifecycleWorld } from '../support/lifecycle-world.js';

describe('extensions in literal dates', () => {
  let story: DeadlineStory;
  let world: LifecycleWorld;
  let taskForce: AccountActor;
  let lead: Desk;

  beforeAll(async () => {
    story = await DeadlineStory.open();
    ({ world, taskForce, lead } = story);
  });
  afterAll(() => story.close());

  // 2021: 26 September and 9 October are worked, 1 to 7 October are not.
  it('extends to the date asked for, as a new version, and not once a hold has given more', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-27 10:00');
    const id = await world.extensions.request(lead.actor, ref, { dueOn: '2021-10-10', reason: '等待批复' });
    await story.hold(ref, '2021-10-20');
    story.at('2021-10-12 10:00');
    const held = world.extensions.approve(taskForce, id, null);
    await expect(held).rejects.toMatchObject({ status: 409, code: 'CASE_TRANSITION_REFUSED' });
    await story.resume(ref);
    expect(await story.due(ref)).toEqual(['in_progress', '2021-10-15 18:00', 2]);
    const overtaken = world.extensions.approve(taskForce, id, null);
    await expect(overtaken).rejects.toMatchObject({ status: 409, code: 'EXTENSION_OVERTAKEN' });

    const other = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-29 18:30');
    const asked = await world.extensions.request(lead.actor, other, {
      dueOn: '2021-10-10',
      reason: '等待批复',
    });
    await world.extensions.approve(taskForce, asked, '同意');
    // 10 October is a Sunday: the working day before.
    expect(await story.due(other)).toEqual(['in_progress', '2021-10-09 18:00', 2]);
  });

  it('allows at most the original limit, whatever a hold has given back since', async () => {
    // Day 0 is 22 September; 23, 24, 26, 27, 28, 29, 30 September: a limit of 7 working days.
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-27 10:00');
    await story.hold(ref, '2021-10-20');
    story.at('2021-10-12 10:00');
    await story.resume(ref);
    // Due 15 October; 7 working days on is 26 October.
    const ask = (dueOn: string): Promise<string> =>
      world.extensions.request(lead.actor, ref, { dueOn, reason: '等待批复' });
    await expect(ask('2021-10-27')).rejects.toMatchObject({ status: 400, code: 'EXTENSION_TOO_LONG' });
    await expect(ask('2021-10-26')).resolves.toEqual(expect.any(String));
  });

  it('allows the limit of a given date also to who takes the case over shortly before it', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-28 10:00');
    await world.work.reassign.run(taskForce, ref, { ...story.answerable(), reason: '换人' });
    // Seven working days after 30 September: 8, 9, 11, 12, 13, 14, 15 October.
    const ask = (dueOn: string): Promise<string> =>
      world.extensions.request(lead.actor, ref, { dueOn, reason: '等待批复' });
    await expect(ask('2021-10-18')).rejects.toMatchObject({ status: 400, code: 'EXTENSION_TOO_LONG' });
    await expect(ask('2021-10-15')).resolves.toEqual(expect.any(String));
  });

  it('extends nothing to a moment that has passed by when it is decided', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    const id = await world.extensions.request(lead.actor, ref, { dueOn: '2021-10-08', reason: '等待批复' });
    story.at('2021-10-08 18:00');
    const past = world.extensions.approve(taskForce, id, null);
    await expect(past).rejects.toMatchObject({
      status: 409,
      code: 'DUE_DATE_PAST',
      params: { on: '2021-10-08' },
    });
    expect(await story.due(ref)).toEqual(['in_progress', '2021-09-30 18:00', 1]);
    await world.extensions.refuse(taskForce, id, '已过期');
    expect((await world.events(ref)).at(-1)?.type).toBe('extension_refused');
  });
});
