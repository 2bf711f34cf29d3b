import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/access/actor.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import { DeadlineStory, officeTime, type StoryRow } from '../support/deadline-story.js';
import type { Desk, LifecycleWorld } from '../support/lifecycle-world.js';

describe('deadlines in literal dates', () => {
  let story: DeadlineStory;
  let world: LifecycleWorld;
  let taskForce: AccountActor;
  let lead: Desk;

  beforeAll(async () => {
    story = await DeadlineStory.open();
    ({ world, taskForce, lead } = story);
  });
  afterAll(() => story.close());

  const askClosure = (ref: SubjectRef): Promise<void> =>
    world.closure.requestClosure.run(lead.actor, ref, {
      outcome: 'explained',
      statement: '已解释',
      evidenceFileIds: [],
    });

  // 2021: 26 September and 9 October are worked, 1 to 7 October are not.
  it('moves by the 7 working days that a hold over the October holiday took', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    expect(await story.due(ref)).toEqual(['in_progress', '2021-09-30 18:00', 1]);
    story.at('2021-09-27 10:00');
    // Left: 28, 29, 30 September.
    await story.hold(ref, '2021-10-20');
    expect(await story.due(ref)).toEqual(['on_hold', '2021-09-30 18:00', 1]);
    // Paused: 28, 29, 30 September, 8, 9, 11, 12 October.
    story.at('2021-10-12 15:00');
    await story.resume(ref);
    // Run again: 13, 14, 15 October; that is 7 working days after 30 September.
    expect(await story.due(ref)).toEqual(['in_progress', '2021-10-15 18:00', 2]);
    const [resumed] = (await world.events(ref)).slice(-1);
    expect(resumed?.payload).toMatchObject({
      dueAt: '2021-10-15T10:00:00.000Z',
      deadlineVersion: 2,
      isByReviewDate: false,
    });
  });

  it('gives at least one day back when it was held on its last', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-30 17:59');
    await story.hold(ref, '2021-10-20');
    story.at('2021-10-09 10:00');
    await story.resume(ref);
    expect(await story.due(ref)).toEqual(['in_progress', '2021-10-11 18:00', 2]);
  });

  it('keeps due and version when it was late on entry, and the stopped days count as overdue', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-24');
    story.at('2021-09-27 10:00');
    await story.hold(ref, '2021-10-20');
    expect(await world.row(ref)).toMatchObject({ isLateWhenStopped: true });
    story.at('2021-10-12 15:00');
    await story.resume(ref);
    expect(await story.due(ref)).toEqual(['in_progress', '2021-09-24 18:00', 1]);
  });

  it('makes no new version of a hold that ends on its own day', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-23 10:00');
    await story.hold(ref, '2021-10-20');
    story.at('2021-09-23 16:00');
    await story.resume(ref);
    expect(await story.due(ref)).toEqual(['in_progress', '2021-09-30 18:00', 1]);
  });

  it.each([
    ['at once', '2021-10-11 00:00'],
    ['an hour later', '2021-10-11 01:00'],
    ['eight days later', '2021-10-19 16:00'],
  ])('ends a hold at 00:00 of its review date, noticed %s', async (_when, noticedAt) => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-27 10:00');
    await story.hold(ref, '2021-10-11');
    story.at('2021-10-10 23:59');
    await world.holds.run();
    expect(await story.due(ref)).toEqual(['on_hold', '2021-09-30 18:00', 1]);
    story.at(noticedAt);
    await world.holds.run();
    // Three working days were left; they follow the day of leaving: 12, 13, 14 October.
    expect(await story.due(ref)).toEqual(['in_progress', '2021-10-14 18:00', 2]);
    const [resumed] = (await world.events(ref)).slice(-1);
    expect([officeTime(resumed?.effectiveAt), officeTime(resumed?.recordedAt)]).toEqual([
      '2021-10-11 00:00',
      noticedAt,
    ]);
    expect(resumed?.payload).toMatchObject({ isByReviewDate: true });
    const before = await world.events(ref);
    await world.holds.run();
    expect(await world.events(ref)).toEqual(before);
  });

  it('gives no more days to a hold that someone ends after its review date', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-27 10:00');
    await story.hold(ref, '2021-10-11');
    story.at('2021-10-18 10:00');
    await story.resume(ref);
    expect(await story.due(ref)).toEqual(['in_progress', '2021-10-14 18:00', 2]);
    expect(officeTime((await world.events(ref)).at(-1)?.effectiveAt)).toBe('2021-10-11 00:00');
  });

  it('does not end a hold by a review date that another has replaced', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-27 10:00');
    await story.hold(ref, '2021-10-20');
    story.at('2021-10-09 10:00');
    const stale = world.work.resume.runByReviewDate({ kind: 'system' }, ref, '2021-10-08');
    await expect(stale).rejects.toMatchObject({ status: 409, code: 'CASE_TRANSITION_REFUSED' });
    expect((await story.due(ref))[0]).toBe('on_hold');
  });

  it('ends the hold of a case with that of the problems held with it, each not before its own last event', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    const problem = await world.problem(taskForce, ref.id);
    await world.work.assign.run(taskForce, problem, { ...story.answerable(), dueOn: '2021-09-29' });
    await world.work.acknowledge.run(lead.actor, problem, {});
    story.at('2021-09-27 10:00');
    await story.hold(ref, '2021-10-11');
    expect(await story.due(problem)).toEqual(['on_hold', '2021-09-29 18:00', 1]);
    await world.query('UPDATE problems SET last_event_at = $2 WHERE id = $1', [
      problem.id,
      new Date('2021-10-11T08:30:00+08:00'),
    ]);
    story.at('2021-10-13 09:00');
    await world.holds.run();
    expect(await story.due(ref)).toEqual(['in_progress', '2021-10-14 18:00', 2]);
    expect(await story.due(problem)).toEqual(['in_progress', '2021-10-13 18:00', 2]);
    expect(officeTime((await world.events(ref)).at(-1)?.effectiveAt)).toBe('2021-10-11 00:00');
    expect(officeTime((await world.events(problem)).at(-1)?.effectiveAt)).toBe('2021-10-11 08:30');
  });

  it('gives back what was left when it is sent back', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-28 16:00');
    await askClosure(ref);
    // Left: 29 and 30 September; the verifier took until 11 October.
    story.at('2021-10-11 09:00');
    await world.closure.sendBack.run(taskForce, ref, { reason: '证据不足' });
    expect(await story.due(ref)).toEqual(['in_progress', '2021-10-13 18:00', 2]);
  });

  it.each([
    [
      'a hold',
      (ref: SubjectRef, reviewOn: string) => story.hold(ref, reviewOn),
      (ref: SubjectRef) => story.resume(ref),
    ],
    [
      'verification',
      askClosure,
      (ref: SubjectRef) => world.closure.sendBack.run(taskForce, ref, { reason: '证据不足' }),
    ],
  ])('gives co-handlers back what %s took of their own time', async (_, stop, restart) => {
    const helpers = [await world.desk(), await world.desk(), await world.desk()];
    story.at('2021-09-22 10:00');
    const ref = await world.case(taskForce);
    // By limit 26 September, a make-up Sunday; by date the 29th; the third gives its opinion before.
    const coHandlers = helpers.map(({ departmentId }, place) => ({
      departmentId,
      ...(place === 1 ? { dueOn: '2021-09-29' } : {}),
    }));
    await world.work.assign.run(taskForce, ref, { ...story.answerable(), dueOn: '2021-09-30', coHandlers });
    await world.work.acknowledge.run(lead.actor, ref, {});
    await world.query('UPDATE co_handlers SET opinion_at = now(), opinion = $2 WHERE department_id = $1', [
      helpers[2]?.departmentId,
      '同意',
    ]);
    story.at('2021-09-27 10:00');
    await stop(ref, '2021-10-20');
    story.at('2021-10-12 15:00');
    await restart(ref);
    const found = await world.query<{ id: string; due_at: Date; deadline_version: number }>(
      `SELECT h.id, h.due_at, h.deadline_version FROM co_handlers h JOIN unnest($1::uuid[]) WITH ORDINALITY AS d (id, place)
           ON d.id = h.department_id ORDER BY d.place`,
      [helpers.map(({ departmentId }) => departmentId)],
    );
    expect(found.map((row) => [officeTime(row.due_at), row.deadline_version])).toEqual([
      // Late when it stopped; two working days were left; done.
      ['2021-09-26 18:00', 1],
      ['2021-10-14 18:00', 2],
      ['2021-09-26 18:00', 1],
    ]);
    const [late, moved, done] = found.map(({ id }) => id);
    expect((await world.events(ref)).at(-1)?.payload).toMatchObject({
      coHandlers: [{ coHandlerId: moved, dueAt: '2021-10-14T10:00:00.000Z', deadlineVersion: 2 }],
    });
    const running = await world.query<{ id: string; version: number }>(
      `SELECT DISTINCT clock_run_id AS id, deadline_version AS version FROM reminders
        WHERE clock = 'co_handle' AND clock_run_id = ANY ($1::uuid[]) AND (state = 'armed' OR is_running) ORDER BY 1, 2`,
      [[late, moved, done]],
    );
    expect(running).toEqual(
      [
        { id: late, version: 1 },
        { id: moved, version: 2 },
      ].toSorted((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1)),
    );
    // Whoever leads next has them in clock runs of their own.
    await world.work.reassign.run(taskForce, ref, { ...story.answerable(), reason: '换人' });
    const carried = await world.query<{ due_at: Date; deadline_version: number }>(
      `SELECT h.due_at, h.deadline_version FROM co_handlers h JOIN assignments a ON a.id = h.assignment_id
        WHERE a.case_id = $1 AND a.ended_at IS NULL AND h.department_id = $2`,
      [ref.id, helpers[1]?.departmentId],
    );
    expect(carried.map((row) => [officeTime(row.due_at), row.deadline_version])).toEqual([
      ['2021-10-14 18:00', 1],
    ]);
  });

  it('keeps the due moment when it is sent back after a late request', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-24');
    story.at('2021-09-26 09:00');
    await askClosure(ref);
    story.at('2021-10-11 09:00');
    await world.closure.sendBack.run(taskForce, ref, { reason: '证据不足' });
    expect(await story.due(ref)).toEqual(['in_progress', '2021-09-24 18:00', 1]);
  });

  it('keeps the deadline through a reassignment, in a clock run of its own', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-27 10:00');
    await world.work.reassign.run(taskForce, ref, { ...story.answerable(), reason: '换人' });
    expect(await story.due(ref)).toEqual(['assigned', '2021-09-30 18:00', 1]);
    await world.work.reassign.run(taskForce, ref, {
      ...story.answerable(),
      reason: '另定',
      dueOn: '2021-10-10',
    });
    expect(await story.due(ref)).toEqual(['assigned', '2021-10-09 18:00', 1]);
  });

  it('starts the assign clock anew at a return', async () => {
    story.at('2021-09-29 10:00');
    const ref = await world.case(taskForce);
    await world.work.assign.run(taskForce, ref, { ...story.answerable(), complexity: 'simple' });
    expect(await story.due(ref)).toEqual(['assigned', '2021-10-12 18:00', 1]);
    story.at('2021-09-30 17:45');
    await world.work.giveBack.run(lead.actor, ref, { ground: 'wrong_department', reason: '非我局职责' });
    const row = await world.row<{ assignBy: Date }>(ref);
    // After 17:30 day 0 is the next working day, 8 October; two working days on is 11 October.
    expect([await story.due(ref), officeTime(row.assignBy)]).toEqual([
      ['reported', null, null],
      '2021-10-11 18:00',
    ]);
  });

  it('refuses a return once the sign-for time has passed', async () => {
    story.at('2021-09-29 10:00');
    const ref = await world.case(taskForce);
    await world.work.assign.run(taskForce, ref, { ...story.answerable(), complexity: 'simple' });
    const back = { ground: 'other', reason: '不属于' };
    story.at('2021-09-30 18:00');
    story.clock.advance(1);
    await expect(world.work.giveBack.run(lead.actor, ref, back)).rejects.toMatchObject({
      status: 409,
      code: 'SIGN_FOR_TIME_PASSED',
    });
  });

  it('gives a claim the limit of a general case, signed for at the same moment', async () => {
    story.at('2021-09-29 10:00');
    const ref = await world.case(taskForce);
    await world.work.claim.run(lead.actor, ref, { officialId: lead.officialId });
    // 15 working days after 29 September: 30, then 8, 9, 11–15, 18–22, 25, 26 October.
    expect(await story.due(ref)).toEqual(['in_progress', '2021-10-26 18:00', 1]);
    const [claim] = (await world.events(ref)).slice(-1);
    expect(claim).toMatchObject({
      type: 'claimed',
      payload: { complexity: 'general', dayZeroOn: '2021-09-29' },
    });
  });

  it('keeps the first closure in its events when it is reopened', async () => {
    const ref = await story.working('2021-09-22 10:00', '2021-09-30');
    story.at('2021-09-28 16:00');
    await askClosure(ref);
    story.at('2021-09-29 16:00');
    await world.closure.approveClosure.run(taskForce, ref, {});
    story.at('2021-10-11 09:00');
    const again = { reason: '再次停产', ...story.answerable(), dueOn: '2021-10-20' };
    await world.closure.reopen.run(taskForce, ref, again);
    expect(await story.due(ref)).toEqual(['assigned', '2021-10-20 18:00', 1]);
    expect(await world.row<StoryRow>(ref)).toMatchObject({ reopenCount: 1, resolvedAt: null, outcome: null });
    await world.work.acknowledge.run(lead.actor, ref, {});
    await askClosure(ref);
    await world.closure.approveClosure.run(taskForce, ref, {});
    const events = await world.events(ref);
    expect(events.map(({ type, effectiveAt }) => [type, officeTime(effectiveAt)])).toEqual([
      ['reported', '2021-09-22 10:00'],
      ['assigned', '2021-09-22 10:00'],
      ['acknowledged', '2021-09-22 10:00'],
      ['closure_requested', '2021-09-28 16:00'],
      ['resolved', '2021-09-29 16:00'],
      ['reopened', '2021-10-11 09:00'],
      ['acknowledged', '2021-10-11 09:00'],
      ['closure_requested', '2021-10-11 09:00'],
      ['resolved', '2021-10-11 09:00'],
    ]);
    const closures = await world.query(
      `SELECT decision FROM closure_requests r JOIN assignments a ON a.id = r.assignment_id WHERE a.case_id = $1`,
      [ref.id],
    );
    expect(closures).toEqual([{ decision: 'approved' }, { decision: 'approved' }]);
  });
});
