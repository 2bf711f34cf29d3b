import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubjectRef } from '../../src/cases/subject.js';
import { CampaignMembers } from '../../src/production/campaigns/campaign-members.js';
import { ChangeCampaigns } from '../../src/production/campaigns/change-campaigns.js';
import { DeadlineStory, officeTime } from '../support/deadline-story.js';
import type { LifecycleWorld } from '../support/lifecycle-world.js';

// 2021: 26 September and 9 October are worked, 1 to 7 October are not.
describe('the final date of a campaign', () => {
  let story: DeadlineStory;
  let world: LifecycleWorld;

  beforeAll(async () => {
    story = await DeadlineStory.open();
    ({ world } = story);
  });
  afterAll(() => story.close());

  /** A campaign that the enterprise of a case belongs to. */
  const campaign = async (ref: SubjectRef, finalOn: string): Promise<string> => {
    const aim = { name: '攻坚', milestone: 'recovered', target: 1, startsOn: '2021-09-01', finalOn } as const;
    const id = await world.app.app.get(ChangeCampaigns).add(story.taskForce, aim);
    const { enterpriseId } = await world.row<{ enterpriseId: string }>(ref);
    await world.app.app.get(CampaignMembers).add(story.taskForce, id, { enterpriseId });
    return id;
  };
  const reported = async (at: string): Promise<SubjectRef> => {
    story.at(at);
    return world.case(story.taskForce);
  };
  const assign = (ref: SubjectRef, terms: object): Promise<void> =>
    world.work.assign.run(story.taskForce, ref, { ...story.answerable(), ...terms });
  const end = (id: string): Promise<void> =>
    world.app.app.get(ChangeCampaigns).change(story.taskForce, id, '"1"', { isActive: false });

  it.each([
    ['a limit', { complexity: 'complex' }, '2021-09-30', '2021-09-30 18:00'],
    ['a limit that is shorter', { complexity: 'simple' }, '2021-09-30', '2021-09-28 18:00'],
    ['a date', { dueOn: '2021-10-20' }, '2021-09-30', '2021-09-30 18:00'],
    ['a date before it', { dueOn: '2021-09-24' }, '2021-09-30', '2021-09-24 18:00'],
    ['by the working day before it', { dueOn: '2021-10-20' }, '2021-10-04', '2021-09-30 18:00'],
    ['not when it is past', { dueOn: '2021-10-20' }, '2021-09-20', '2021-10-20 18:00'],
    ['not when its last working day is past', { dueOn: '2021-10-20' }, '2021-09-22', '2021-10-20 18:00'],
  ])('caps %s', async (what, terms, finalOn, due) => {
    const ref = await reported('2021-09-18 10:00');
    await campaign(ref, finalOn);
    story.at(what.includes('last working day') ? '2021-09-22 18:00' : '2021-09-22 10:00');
    await assign(ref, terms);
    expect((await story.due(ref))[1]).toBe(due);
  });

  it('is the earliest of those that the enterprise belongs to, and none that was ended', async () => {
    const ref = await reported('2021-09-22 10:00');
    const first = await campaign(ref, '2021-09-27');
    await campaign(ref, '2021-09-29');
    await campaign(ref, '2021-10-15');
    const problem = await world.problem(story.taskForce, ref.id);
    await assign(problem, { dueOn: '2021-10-20' });
    expect((await story.due(problem))[1]).toBe('2021-09-27 18:00');
    await end(first);
    await assign(ref, { dueOn: '2021-10-20' });
    expect((await story.due(ref))[1]).toBe('2021-09-29 18:00');
    const other = await reported('2021-09-22 10:00');
    await assign(other, { dueOn: '2021-10-20' });
    expect((await story.due(other))[1]).toBe('2021-10-20 18:00');
  });

  it('caps what co-handlers, claimants and those who take over are given, and leaves what was given before', async () => {
    const ref = await reported('2021-09-22 10:00');
    const before = await story.working('2021-09-22 10:00', '2021-10-20');
    await campaign(before, '2021-09-24');
    const because = { ...story.answerable(), reason: '换人' };
    await world.work.reassign.run(story.taskForce, before, because);
    expect((await story.due(before))[1]).toBe('2021-10-20 18:00');
    await world.work.reassign.run(story.taskForce, before, { ...because, dueOn: '2021-10-21' });
    expect((await story.due(before))[1]).toBe('2021-09-24 18:00');

    await campaign(ref, '2021-09-24');
    const helper = await world.desk();
    await assign(ref, { dueOn: '2021-10-20', coHandlers: [{ departmentId: helper.departmentId }] });
    const [coHandler] = await world.query<{ dueAt: Date }>(
      'SELECT due_at AS "dueAt" FROM co_handlers WHERE department_id = $1',
      [helper.departmentId],
    );
    expect(officeTime(coHandler?.dueAt)).toBe('2021-09-24 18:00');

    const pooled = await reported('2021-09-22 10:00');
    await campaign(pooled, '2021-09-24');
    await world.work.claim.run(story.lead.actor, pooled, { officialId: story.lead.officialId });
    expect(await story.due(pooled)).toEqual(['in_progress', '2021-09-24 18:00', 1]);
  });

  it('does not cap what is given back after a hold, and caps the new date of a reopening', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    await campaign(ref, '2021-09-30');
    story.at('2021-09-27 10:00');
    await story.hold(ref, '2021-10-20');
    story.at('2021-09-28 10:00');
    await story.resume(ref);
    // Left: 28, 29, 30 September; they follow the 28th, past the final date.
    expect(await story.due(ref)).toEqual(['in_progress', '2021-10-08 18:00', 2]);
    const closing = { outcome: 'explained', statement: '已解释', evidenceFileIds: [] } as const;
    await world.closure.requestClosure.run(story.lead.actor, ref, closing);
    await world.closure.approveClosure.run(story.taskForce, ref, {});
    const reopening = { ...story.answerable(), reason: '反弹', dueOn: '2021-10-20' };
    await world.closure.reopen.run(story.taskForce, ref, reopening);
    expect((await story.due(ref))[1]).toBe('2021-09-30 18:00');
  });

  it('caps an extension when it is asked for and when it is given, and leaves nothing of one past it', async () => {
    const ask = (ref: SubjectRef, dueOn: string): Promise<string> =>
      world.extensions.request(story.lead.actor, ref, { dueOn, reason: '等待批复' });
    const ref = await story.working('2021-09-22 10:00', '2021-09-27');
    await campaign(ref, '2021-09-29');
    const id = await ask(ref, '2021-09-30');
    expect((await world.events(ref)).at(-1)?.payload).toMatchObject({ dueAt: '2021-09-29T10:00:00.000Z' });
    await campaign(ref, '2021-09-28');
    await world.extensions.approve(story.taskForce, id, null);
    expect(await story.due(ref)).toEqual(['in_progress', '2021-09-28 18:00', 2]);

    const other = await story.working('2021-09-22 10:00', '2021-09-27');
    const asked = await ask(other, '2021-09-30');
    await campaign(other, '2021-09-26');
    await expect(world.extensions.approve(story.taskForce, asked, null)).rejects.toMatchObject({
      status: 409,
      code: 'EXTENSION_CAPPED',
      params: { finalOn: '2021-09-26' },
    });
    const third = await story.working('2021-09-22 10:00', '2021-09-27');
    await campaign(third, '2021-09-27');
    await expect(ask(third, '2021-09-28')).rejects.toMatchObject({ status: 409, code: 'EXTENSION_CAPPED' });
  });
});
