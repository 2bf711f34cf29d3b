import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubjectKind } from '../../src/cases/lifecycle/states.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import { pastTriggers } from '../support/as-owner.js';
import { LifecycleStory, pathOf, refusal, refused } from '../support/lifecycle-story.js';
import type { Answer, Client } from '../support/test-app.js';

describe('an extension', () => {
  let story: LifecycleStory;

  beforeAll(async () => {
    story = await LifecycleStory.open();
  });
  afterAll(() => story.world.close());

  // General: 15 working days after 1 November are over on 22 November; 15 more on 13 December.
  const ask = (client: Client, ref: SubjectRef, dueOn: string): Promise<Answer<{ id: string }>> =>
    client.post<{ id: string }>(`${pathOf(ref)}/extensions`, { dueOn, reason: '等待省厅批复' });
  const asked = async (ref: SubjectRef): Promise<string> => {
    const answer = await ask(story.leads, ref, '2021-12-13');
    expect(answer.status).toBe(201);
    return answer.body.id;
  };

  it.each<SubjectKind>(['case', 'problem'])('of a %s is asked for once and approved', async (kind) => {
    const ref = await story.working(kind);
    const id = await asked(ref);
    expect((await story.view(ref)).assignment?.deadlineVersion).toBe(1);
    expect(refusal(await ask(story.leads, ref, '2021-12-01'))).toBe('409 EXTENSION_ALREADY_ASKED');
    expect(refusal(await story.leads.post(`/extensions/${id}/approve`))).toBe('403 FORBIDDEN');
    expect((await story.office.post(`/extensions/${id}/approve`, { note: '同意' })).status).toBe(200);
    const { assignment } = await story.view(ref);
    expect(assignment?.deadlineVersion).toBe(2);
    expect(new Date(assignment?.dueAt ?? 0)).toEqual(new Date('2021-12-13T18:00:00+08:00'));
    const twice = await story.colleague.post(`/extensions/${id}/refuse`, { reason: '不同意' });
    expect(refusal(twice)).toBe('409 EXTENSION_DECIDED');
  });

  it.each<SubjectKind>(['case', 'problem'])('of a %s is refused with a reason', async (kind) => {
    const ref = await story.working(kind);
    const id = await asked(ref);
    expect(refusal(await story.office.post(`/extensions/${id}/refuse`))).toBe('400 VALIDATION_FAILED');
    expect((await story.office.post(`/extensions/${id}/refuse`, { reason: '理由不足' })).status).toBe(200);
    expect((await story.view(ref)).assignment?.deadlineVersion).toBe(1);
    expect(refusal(await ask(story.leads, ref, '2021-12-01'))).toBe('409 EXTENSION_ALREADY_ASKED');
    expect(refusal(await story.office.post(`/extensions/${id}/approve`))).toBe('409 EXTENSION_DECIDED');
  });

  it('is asked for by the lead department, in a state in which its clock runs', async () => {
    const ref = await story.assigned('case', { coHandlers: [story.answerable(story.desks.helper)] });
    expect(refusal(await ask(story.helpers, ref, '2021-12-01'))).toBe('403 ACTION_NOT_YOURS');
    expect(refusal(await ask(story.others, ref, '2021-12-01'))).toBe('404 NOT_FOUND');
    expect((await ask(story.office, ref, '2021-12-01')).status).toBe(403);
    const answer = await ask(story.leads, await story.held('case'), '2021-12-01');
    expect(refusal(answer)).toBe('409 CASE_TRANSITION_REFUSED');
    expect(refused(answer).params).toEqual({
      status: 'on_hold',
      action: 'request_extension',
      allowedActions: [],
    });
  });

  it('is asked for a working day before it is due, for at most the limit once more', async () => {
    const ref = await story.working('case');
    for (const dueOn of ['2021-12-14', '2021-11-22', '2021-11-05']) {
      expect(refusal(await ask(story.leads, ref, dueOn))).toBe('400 EXTENSION_TOO_LONG');
    }
    // By the service: a session does not outlive three weeks.
    const late = { dueOn: '2021-12-01', reason: '等待省厅批复' };
    const { extensions } = story.world;
    const { actor } = story.desks.lead;
    story.clock.set('2021-11-22T08:00:00+08:00');
    await expect(extensions.request(actor, ref, late)).rejects.toMatchObject({ code: 'EXTENSION_TOO_LATE' });
    // The Saturday before; the Monday it is due is still one working day away.
    story.clock.set('2021-11-20T08:00:00+08:00');
    await expect(extensions.request(actor, ref, late)).resolves.toEqual(expect.any(String));
  });

  it('is not decided by who asked for it', async () => {
    const ref = await story.working('case');
    const id = await asked(ref);
    const { body: me } = await story.office.get<{ id: string }>('/auth/me');
    await pastTriggers(
      story.world.app.database,
      `UPDATE extensions SET requested_by = '${me.id}' WHERE id = '${id}'`,
    );
    expect(refusal(await story.office.post(`/extensions/${id}/approve`))).toBe('403 REQUESTER_CANNOT_DECIDE');
    expect((await story.colleague.post(`/extensions/${id}/approve`)).status).toBe(200);
  });

  it.each([
    [
      'reassigned',
      () => story.office,
      'reassign',
      () => ({ ...story.answerable(story.desks.other), reason: '改派' }),
    ],
    ['terminated', () => story.office, 'terminate', () => ({ ground: 'merged' })],
  ] as const)('lapses when it is %s before anybody decided', async (_what, client, action, body) => {
    const ref = await story.working('case');
    const id = await asked(ref);
    await story.done(client(), ref, action, body());
    expect(refusal(await story.office.post(`/extensions/${id}/approve`))).toBe('409 EXTENSION_DECIDED');
  });

  it('lapses when what it was asked for is struck off', async () => {
    const ref = await story.working('case');
    const id = await asked(ref);
    await story.done(story.leads, ref, 'request-closure', story.body('request-closure'));
    expect(refusal(await story.office.post(`/extensions/${id}/approve`))).toBe('409 CASE_TRANSITION_REFUSED');
    await story.done(story.office, ref, 'approve-closure');
    expect(refusal(await story.office.post(`/extensions/${id}/refuse`, { reason: '迟' }))).toBe(
      '409 EXTENSION_DECIDED',
    );
  });

  it('that is not there is not found', async () => {
    const ref = await story.working('case');
    expect(refusal(await story.office.post(`/extensions/${ref.id}/approve`))).toBe('404 NOT_FOUND');
  });
});
