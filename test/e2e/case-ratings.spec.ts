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

    it('are taken of problems as well, and told in their story', async () => {
      const { id: caseId } = await story.inProgress();
      const report = { title: '用地手续', category: 'land', cause: 'government' };
      const { body: problem } = await story.office.post<{ id: string }>(`/cases/${caseId}/problems`, report);
      const path = `/problems/${problem.id}`;
      await story.office.post(`${path}/assign`, {
        departmentId: story.department.id,
        officialId: story.official.id,
        complexity: 'simple',
      });
      await story.lead.post(`${path}/acknowledge`);
      const form = { kind: 'reply', source: 'other' };
      const evidence = new Blob(['%PDF-1.7']);
      const file = await story.lead.upload<{ id: string }>(`${path}/files`, form, evidence, '答复.pdf');
      const closure = { outcome: 'explained', statement: '已解释', evidenceFileIds: [file.body.id] };
      await story.lead.post(`${path}/request-closure`, closure);
      expect((await story.office.post(`${path}/approve-closure`)).status).toBe(200);
      const rated = await story.office.post(`${path}/ratings`, {
        rating: 'very_dissatisfied',
        source: 'portal',
      });
      expect(rated.status).toBe(201);
      const read = await story.lead.get<RatingPage>(`${path}/ratings`);
      expect(read.body).toMatchObject({
        reopenProposedAt: new Date(MONDAY).toISOString(),
        items: [{ rating: 'very_dissatisfied', source: 'portal' }],
      });
      const proposals = await story.lead.get<Items<unknown>>('/reopen-proposals');
      expect(proposals.body.items).toContainEqual(
        expect.objectContaining({ kind: 'problem', id: problem.id, rating: 'very_dissatisfied' }),
      );
      const told = await story.lead.get<Items<{ sentence: string }>>(`${path}/timeline`);
      expect(told.body.items.slice(-2).map(({ sentence }) => sentence)).toEqual([
        '企业评价：非常不满意（门户）。',
        '企业评价为非常不满意，建议重新打开。',
      ]);
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
