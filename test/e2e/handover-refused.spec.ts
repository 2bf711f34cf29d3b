import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HandoverView } from '../../src/cases/handover/handover.dto.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import type { Official } from '../../src/organization/official.entity.js';
import { LifecycleStory, type Refused, refusal } from '../support/lifecycle-story.js';
import type { Answer } from '../support/test-app.js';

describe('a handover is refused', () => {
  let story: LifecycleStory;
  let leaving: Official;
  let successor: Official;
  let liaison: Official;
  let held: SubjectRef;
  let spare: SubjectRef;

  beforeAll(async () => {
    story = await LifecycleStory.open();
    const { departmentId } = story.desks.lead;
    const official = (over: Partial<Official> = {}) => story.world.make.official({ id: departmentId }, over);
    [leaving, successor, liaison] = [await official(), await official(), await official({ duty: 'liaison' })];
    const own = { officialId: leaving.id, complexity: 'simple' };
    [held, spare] = [await story.assigned('case', own), await story.assigned('case', own)];
  });
  afterAll(() => story.world.close());

  const handOver = <Body = HandoverView>(
    { id }: Official,
    to: object[],
    preview = false,
  ): Promise<Answer<Body>> => story.office.post<Body>(`/officials/${id}/handover`, { to, preview });

  const nowhere = '0193a1b2-0000-7000-8000-000000000001';
  const cases: Array<[string, () => Promise<object[]>, string, string]> = [
    [
      'to another department',
      async () => [{ officialId: (await story.world.make.official(await story.world.make.department())).id }],
      '/to/0/officialId',
      'OFFICIAL_OF_ANOTHER_DEPARTMENT',
    ],
    [
      'to somebody inactive',
      async () => [
        {
          officialId: (await story.world.make.official({ id: leaving.departmentId }, { isActive: false })).id,
        },
      ],
      '/to/0/officialId',
      'OFFICIAL_INACTIVE',
    ],
    ['to oneself', async () => [{ officialId: leaving.id }], '/to/0/officialId', 'HANDOVER_TO_ONESELF'],
    ['to nobody', async () => [{ officialId: nowhere }], '/to/0/officialId', 'OFFICIAL_UNKNOWN'],
    [
      'of what is not theirs',
      async () => [{ officialId: successor.id }, { officialId: liaison.id, caseIds: [nowhere] }],
      '/to/1/caseIds/0',
      'HANDOVER_ITEM_UNKNOWN',
    ],
    [
      'of one thing to two',
      async () => [
        { officialId: successor.id, caseIds: [held.id, spare.id] },
        { officialId: liaison.id, caseIds: [held.id] },
      ],
      '/to/1/caseIds/0',
      'HANDOVER_ITEM_TWICE',
    ],
    [
      'of the rest to two',
      async () => [{ officialId: successor.id }, { officialId: liaison.id }],
      '/to/1',
      'HANDOVER_REST_TWICE',
    ],
  ];

  it.each(cases)('%s, in the preview as well', async (_, to, pointer, code) => {
    const successors = await to();
    for (const preview of [true, false]) {
      const answer = await handOver<Refused>(leaving, successors, preview);
      expect([refusal(answer), answer.body.errors?.[0]]).toEqual([
        '400 HANDOVER_INVALID',
        expect.objectContaining({ pointer, code }),
      ]);
    }
  });

  it('when something is left', async () => {
    const answer = await handOver<Refused>(leaving, [{ officialId: successor.id, caseIds: [held.id] }]);
    expect([refusal(answer), answer.body.params]).toEqual([
      '409 HANDOVER_INCOMPLETE',
      { cases: 1, problems: 0, coHandling: 0, pairings: 0, plans: 0, pendingApprovals: 0, deliveries: 0 },
    ]);
  });

  it('to who is not of the task force, and of nobody', async () => {
    const { leads: clerk, office } = story;
    const body = { to: [{ officialId: successor.id }] };
    expect(refusal(await clerk.post(`/officials/${leaving.id}/handover`, body))).toBe('403 FORBIDDEN');
    expect(refusal(await office.post(`/officials/${nowhere}/handover`, body))).toBe('404 NOT_FOUND');
    expect(refusal(await office.post(`/officials/${leaving.id}/handover`, { to: [] }))).toBe(
      '400 VALIDATION_FAILED',
    );
  });

  it('and nothing has moved; of two at once one moves it', async () => {
    expect((await story.view(held)).assignment?.official.id).toBe(leaving.id);
    const answers = await Promise.all(
      [successor, liaison].map(({ id }) => handOver(leaving, [{ officialId: id }])),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(({ body }) => body.counts.cases).toSorted()).toEqual([0, 2]);
  });
});
