import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RatingPage } from '../../src/cases/case-file/entry-views.js';
import { CaseFileStory, type Items, MONDAY, NOWHERE, refusal } from '../support/case-file-story.js';

describe('ratings by HTTP', () => {
  let story: CaseFileStory;

  beforeAll(async () => {
    story = await CaseFileStory.open();
  });
  afterAll(() => story.close());

  describe('ratings 企业评价', () => {
    it('propose reopening where the last one was not satisfied', async () => {
      const id = await story.closed();
      const rate = (rating: string) =>
        story.office.post(`/cases/${id}/ratings`, { rating, source: 'call_back', comment: '电话回访' });
      const read = async (): Promise<RatingPage> =>
        (await story.lead.get<RatingPage>(`/cases/${id}/ratings`)).body;
      const isProposed = async (): Promise<boolean> => {
        const { body } = await story.office.get<Items<{ id: string }>>('/reopen-proposals?limit=200');
        return body.items.some((item) => item.id === id);
      };
      expect((await rate('satisfied')).status).toBe(201);
      expect(await read()).toMatchObject({ reopenProposedAt: null, items: [{ comment: '电话回访' }] });
      await rate('dissatisfied');
      expect((await read()).reopenProposedAt).toBe(new Date(MONDAY).toISOString());
      expect(await isProposed()).toBe(true);
      const unseen = await story.stranger.get<Items<{ id: string }>>('/reopen-proposals');
      expect(unseen.body.items).toEqual([]);
      expect((await story.events(id)).slice(-3)).toEqual(['rated', 'rated', 'reopen_proposed']);
      // Called again, it says otherwise: the last one counts.
      await rate('fairly_satisfied');
      expect([(await read()).reopenProposedAt, await isProposed()]).toEqual([null, false]);
      await rate('very_dissatisfied');
      await story.office.post(`/cases/${id}/reopen`, {
        reason: '企业不满意',
        departmentId: story.department.id,
        officialId: story.official.id,
        dueOn: '2021-11-30',
      });
      expect([(await read()).reopenProposedAt, await isProposed()]).toEqual([null, false]);
    });

    it('are taken by the task force, of what is closed', async () => {
      const { id } = await story.inProgress();
      const body = { rating: 'satisfied', source: 'portal' };
      expect(refusal(await story.office.post(`/cases/${id}/ratings`, body))).toBe(
        '409 RATING_BEFORE_CLOSURE',
      );
      expect((await story.lead.post(`/cases/${id}/ratings`, body)).status).toBe(403);
      expect((await story.office.post(`/cases/${id}/ratings`, { ...body, source: 'ledger' })).status).toBe(
        400,
      );
      expect((await story.office.post(`/cases/${id}/ratings`, { ...body, rating: 'fine' })).status).toBe(400);
      expect(refusal(await story.stranger.get(`/cases/${id}/ratings`))).toBe('404 NOT_FOUND');
      expect(refusal(await story.office.post(`/problems/${NOWHERE}/ratings`, body))).toBe('404 NOT_FOUND');
    });
  });
});
