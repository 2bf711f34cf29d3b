import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubjectRef } from '../../src/cases/subject.js';
import { LifecycleStory, pathOf, refusal, refused } from '../support/lifecycle-story.js';

describe('cases, their problems and what closes them', () => {
  let story: LifecycleStory;

  beforeAll(async () => {
    story = await LifecycleStory.open();
  });
  afterAll(() => story.world.close());

  describe('a case and its problems', () => {
    const problemIn = async (
      of: SubjectRef,
      state: 'reported' | 'assigned' | 'in_progress',
    ): Promise<SubjectRef> => {
      const ref = await story.world.problem(story.taskForce, of.id);
      if (state === 'reported') return ref;
      await story.done(story.office, ref, 'assign', { ...story.answerable(), complexity: 'simple' });
      if (state === 'in_progress') await story.done(story.leads, ref, 'acknowledge');
      return ref;
    };
    const statuses = (refs: SubjectRef[]): Promise<string[]> =>
      Promise.all(refs.map(async (ref) => (await story.view(ref)).status));

    it('are held together, and only those held with it go on with it', async () => {
      const ref = await story.working('case');
      const problems = [
        await problemIn(ref, 'reported'),
        await problemIn(ref, 'assigned'),
        await problemIn(ref, 'in_progress'),
        await problemIn(ref, 'in_progress'),
      ];
      const [, , , onItsOwn] = problems;
      if (onItsOwn === undefined) throw new Error('no fourth problem');
      await story.done(story.office, onItsOwn, 'hold', { ground: 'third_party', reviewOn: '2021-11-30' });
      await story.done(story.office, ref, 'hold', { ground: 'litigation', reviewOn: '2021-11-20' });
      expect(await statuses(problems)).toEqual(['reported', 'assigned', 'on_hold', 'on_hold']);
      await story.done(story.office, ref, 'resume');
      expect(await statuses(problems)).toEqual(['reported', 'assigned', 'in_progress', 'on_hold']);
    });

    it.each([
      ['rejected', 'reject', { reason: '不属实' }, 'reported'],
      ['terminated', 'terminate', { ground: 'bankrupt' }, 'working'],
    ] as const)('end together when it is %s', async (_what, action, body, reach) => {
      const ref = await story[reach]('case');
      const problems = [
        await problemIn(ref, 'reported'),
        await problemIn(ref, 'assigned'),
        await problemIn(ref, 'in_progress'),
      ];
      const ended = await story.done(story.office, ref, action, body);
      expect(ended.problems).toEqual({ total: 3, open: 0 });
      expect(await statuses(problems)).toEqual(['terminated', 'terminated', 'terminated']);
      const [problem] = problems;
      if (problem === undefined) throw new Error('no problem');
      const answer = await story.office.post(`${pathOf(ref)}/problems`, {
        title: '新',
        category: 'land',
        cause: 'market',
      });
      expect(refusal(answer)).toBe('409 CASE_NOT_LIVE');
    });

    it('do not come back one without the other', async () => {
      const ref = await story.working('case');
      const problem = await problemIn(ref, 'in_progress');
      const evidenceFileIds = [await story.world.evidence(problem)];
      await story.done(story.leads, problem, 'request-closure', {
        outcome: 'solved',
        statement: '已办',
        evidenceFileIds,
      });
      await story.done(story.office, problem, 'approve-closure');
      await story.done(story.leads, ref, 'request-closure', story.body('request-closure'));
      const again = story.body('reopen');
      expect(refusal(await story.act(story.office, problem, 'reopen', again))).toBe(
        '409 CASE_BEING_VERIFIED',
      );
      await story.done(story.office, ref, 'approve-closure');
      expect(refusal(await story.act(story.office, problem, 'reopen', again))).toBe('409 CASE_NOT_LIVE');
      await story.done(story.office, ref, 'reopen', again);
      await story.done(story.office, problem, 'reopen', again);
      expect((await story.view(ref)).problems).toEqual({ total: 1, open: 1 });
    });

    it('leave an enterprise one live case: a closed one does not come back beside another', async () => {
      const ref = await story.resolved('case');
      const { enterprise } = await story.view(ref);
      const next = await story.office.post('/cases', {
        enterpriseId: enterprise.id,
        distressType: 'stalled',
      });
      expect(next.status).toBe(201);
      const answer = await story.act(story.office, ref, 'reopen', story.body('reopen'));
      expect(refusal(answer)).toBe('409 LIVE_CASE_EXISTS');
      expect(refused(answer).params).toMatchObject({
        status: 'resolved',
        action: 'reopen',
      });
    });
  });

  describe('evidence', () => {
    it('for a recovered case is of two kinds, one of them not from the enterprise', async () => {
      const ref = await story.working('case');
      const photo = await story.world.evidence(ref, 'photo', 'enterprise');
      const output = await story.world.evidence(ref, 'output_statement', 'enterprise');
      const bill = await story.world.evidence(ref, 'electricity_bill', 'grid');
      const closing = (evidenceFileIds: string[]): object => ({
        outcome: 'recovered',
        statement: '已恢复',
        evidenceFileIds,
      });
      for (const files of [[], [photo, output], [bill]]) {
        expect(refusal(await story.act(story.leads, ref, 'request-closure', closing(files)))).toBe(
          '409 RECOVERY_NOT_SHOWN',
        );
      }
      const foreign = await story.world.evidence(await story.working('case'), 'photo', 'grid');
      const answer = await story.act(story.leads, ref, 'request-closure', closing([photo, foreign]));
      expect([refusal(answer), refused(answer).errors?.[0]]).toEqual([
        '400 EVIDENCE_UNKNOWN',
        expect.objectContaining({ pointer: '/evidenceFileIds/1', code: 'EVIDENCE_UNKNOWN' }),
      ]);
      expect((await story.done(story.leads, ref, 'request-closure', closing([photo, bill]))).status).toBe(
        'verifying',
      );
    });

    it('for a problem is at least one file, whatever the outcome', async () => {
      const ref = await story.working('problem');
      for (const outcome of ['solved', 'explained']) {
        const closing = { outcome, statement: '已办', evidenceFileIds: [] };
        expect(refusal(await story.act(story.leads, ref, 'request-closure', closing))).toBe(
          '409 EVIDENCE_MISSING',
        );
      }
      const recovered = { outcome: 'recovered', statement: '已办', evidenceFileIds: [] };
      expect(refusal(await story.act(story.leads, ref, 'request-closure', recovered))).toBe(
        '400 VALIDATION_FAILED',
      );
    });
  });
});
