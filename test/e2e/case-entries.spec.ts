import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NoteView, VisitView } from '../../src/cases/case-file/entry-views.js';
import type { CaseView } from '../../src/cases/views/case-view.js';
import type { ProblemView } from '../../src/cases/views/problem-view.js';
import { CaseFileStory, type Items, faults, NOWHERE, refusal } from '../support/case-file-story.js';

describe('notes and visits by HTTP', () => {
  let story: CaseFileStory;

  beforeAll(async () => {
    story = await CaseFileStory.open();
  });
  afterAll(() => story.close());

  describe('progress notes', () => {
    it('make a silent case green again', async () => {
      const { id } = await story.inProgress();
      await story.later('2021-11-09T09:00:00+08:00', async (client) => {
        expect((await client.get<CaseView>(`/cases/${id}`)).body.light).toBe('yellow');
        const added = await client.post<{ id: string }>(`/cases/${id}/notes`, { text: '已上门对接' });
        expect(added.status).toBe(201);
        expect((await client.get<CaseView>(`/cases/${id}`)).body.light).toBe('green');
        const { body } = await client.get<Items<NoteView>>(`/cases/${id}/notes`);
        expect(body.items).toMatchObject([{ id: added.body.id, text: '已上门对接', fileIds: [] }]);
      });
      expect((await story.events(id)).at(-1)).toBe('note_added');
    });

    it('come from those who work on it, on cases and on problems', async () => {
      const { id } = await story.inProgress();
      const problem = await story.office.post<ProblemView>(`/cases/${id}/problems`, {
        title: '用地',
        category: 'land',
        cause: 'government',
      });
      for (const client of [story.office, story.lead, story.coHandler, story.county]) {
        expect((await client.post(`/cases/${id}/notes`, { text: '进展' })).status).toBe(201);
      }
      expect((await story.office.post(`/problems/${problem.body.id}/notes`, { text: '进展' })).status).toBe(
        201,
      );
      // Seen in the claim pool, and led by nobody yet.
      expect(refusal(await story.stranger.post(`/problems/${problem.body.id}/notes`, { text: '?' }))).toBe(
        '403 ACTION_NOT_YOURS',
      );
      expect(refusal(await story.stranger.post(`/cases/${id}/notes`, { text: '?' }))).toBe('404 NOT_FOUND');
      const leader = await story.world.as('leader');
      expect((await leader.post(`/cases/${id}/notes`, { text: '?' })).status).toBe(403);
      expect((await story.office.get<Items<NoteView>>(`/cases/${id}/notes?count=exact`)).body).toMatchObject({
        total: 4,
      });
    });

    it('are words, not megabytes, and name files that are there', async () => {
      const { id } = await story.inProgress();
      const before = await story.events(id);
      const long = await story.lead.post(`/cases/${id}/notes`, { text: 'x'.repeat(1_000_000) });
      expect([long.status, faults(long)]).toEqual([400, ['/text FIELD_MAX_LENGTH']]);
      expect((await story.lead.post(`/cases/${id}/notes`, { text: 'x'.repeat(1_100_000) })).status).toBe(413);
      expect((await story.lead.post(`/cases/${id}/notes`, { text: ' \n ' })).status).toBe(400);
      const missing = await story.lead.post(`/cases/${id}/notes`, { text: '见附件', fileIds: [NOWHERE] });
      expect([refusal(missing), faults(missing)]).toEqual([
        '400 EVIDENCE_UNKNOWN',
        ['/fileIds/0 EVIDENCE_UNKNOWN'],
      ]);
      expect(await story.events(id)).toEqual(before);
    });
  });

  describe('visits', () => {
    const visit = (over: object = {}): object => ({
      visitedOn: '2021-11-01',
      place: '恒口工业园',
      people: ['王思远', '李明'],
      findings: '供电不足',
      ...over,
    });
    const found = [
      { title: '变压器容量不足', category: 'energy', cause: 'government' },
      { title: '流动资金短缺', category: 'funds', cause: 'market' },
    ];

    it('put what was found on the responsibility list in one step', async () => {
      const { id } = await story.inProgress();
      const { body } = await story.office.post<{ id: string }>(
        `/cases/${id}/visits`,
        visit({ problems: found }),
      );
      const list = await story.lead.get<Items<VisitView>>(`/cases/${id}/visits`);
      expect(list.body.items).toMatchObject([
        { id: body.id, visitedOn: '2021-11-01', place: '恒口工业园', people: ['王思远', '李明'] },
      ]);
      expect(list.body.items[0]?.problems.map(({ title }) => title)).toEqual(found.map(({ title }) => title));
      expect((await story.office.get<CaseView>(`/cases/${id}`)).body.problems).toEqual({ total: 2, open: 2 });
      expect((await story.events(id)).slice(-3)).toEqual(['reported', 'reported', 'visit_recorded']);
    });

    it('may be recorded by the county in its territory, with the problems found', async () => {
      const { id } = await story.report();
      const answer = await story.county.post(`/cases/${id}/visits`, visit({ problems: found.slice(0, 1) }));
      expect(answer.status).toBe(201);
      expect((await story.office.get<CaseView>(`/cases/${id}`)).body.problems.total).toBe(1);
      const { id: elsewhere } = await story.report('610921');
      expect(refusal(await story.county.post(`/cases/${elsewhere}/visits`, visit()))).toBe('404 NOT_FOUND');
    });

    it('leave nothing behind where a part of it may not be', async () => {
      const { id } = await story.inProgress();
      const before = await story.events(id);
      const byLead = await story.lead.post(`/cases/${id}/visits`, visit({ problems: found }));
      expect(refusal(byLead)).toBe('403 ACTION_NOT_YOURS');
      const tomorrow = await story.office.post(
        `/cases/${id}/visits`,
        visit({ visitedOn: '2021-11-02', problems: found }),
      );
      expect([refusal(tomorrow), faults(tomorrow)]).toEqual([
        '400 DATE_IN_FUTURE',
        ['/visitedOn DATE_IN_FUTURE'],
      ]);
      const half = await story.office.post(
        `/cases/${id}/visits`,
        visit({ problems: [found[0], { title: 'x' }] }),
      );
      expect(half.status).toBe(400);
      expect((await story.lead.post(`/cases/${id}/visits`, visit({ people: [] }))).status).toBe(400);
      expect(refusal(await story.stranger.post(`/cases/${id}/visits`, visit()))).toBe('404 NOT_FOUND');
      expect(refusal(await story.stranger.post(`/cases/${(await story.report()).id}/visits`, visit()))).toBe(
        '403 ACTION_NOT_YOURS',
      );
      expect(await story.events(id)).toEqual(before);
      expect((await story.office.get<CaseView>(`/cases/${id}`)).body.problems.total).toBe(0);
      expect((await story.lead.post(`/cases/${id}/visits`, visit())).status).toBe(201);
    });
  });
});
