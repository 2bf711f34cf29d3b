import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InstructionView } from '../../src/cases/case-file/entry-views.js';
import type { CaseView } from '../../src/cases/views/case-view.js';
import { CaseFileStory, type Items, faults, refusal } from '../support/case-file-story.js';
import type { Client } from '../support/test-app.js';

describe('instructions and opinions by HTTP', () => {
  let story: CaseFileStory;

  beforeAll(async () => {
    story = await CaseFileStory.open();
  });
  afterAll(() => story.close());

  describe('instructions 批示', () => {
    const leaderOf = async (item: CaseView): Promise<Client> => {
      const leader = await story.make.official(await story.make.department(), { duty: 'leader' });
      await story.world.database.dataSource.query(
        `INSERT INTO pairings (id, enterprise_id, official_id, from_on) VALUES (gen_random_uuid(), $1, $2, '2021-01-01')`,
        [item.enterprise.id, leader.id],
      );
      const account = await story.make.account('leader', { officialId: leader.id });
      return story.world.signIn(account.username, account.password);
    };

    it('are left by the paired leader and answered by the lead department', async () => {
      const item = await story.inProgress();
      const path = `/cases/${item.id}/instructions`;
      const leader = await leaderOf(item);
      const body = { text: '请专题研究', replyBy: '2021-11-06' };
      const left = await leader.post<{ id: string }>(path, body);
      expect(left.status).toBe(201);
      expect((await story.office.post(path, { text: '按批示办' })).status).toBe(201);
      const read = async (client: Client): Promise<InstructionView | undefined> =>
        (await client.get<Items<InstructionView>>(path)).body.items.find(({ id }) => id === left.body.id);
      // A Saturday means the working day before it.
      const expected = { replyBy: '2021-11-05T10:00:00.000Z', isReplyOverdue: false, replies: [] };
      expect(await read(story.lead)).toMatchObject(expected);
      await story.later('2021-11-05T18:01:00+08:00', async (client) => {
        expect(await read(client)).toMatchObject({ isReplyOverdue: true });
        const reply = await client.post(`/instructions/${left.body.id}/replies`, { text: '已研究' });
        expect(reply.status).toBe(201);
        expect(await read(client)).toMatchObject({
          isReplyOverdue: false,
          replies: [{ text: '已研究', department: { id: story.department.id } }],
        });
      });
      expect((await story.events(item.id)).slice(-3)).toEqual([
        'instruction_left',
        'instruction_left',
        'instruction_answered',
      ]);
    });

    it('are not left on what is not paired, nor by departments, nor answered by others', async () => {
      const item = await story.inProgress();
      const path = `/cases/${item.id}/instructions`;
      const other = await leaderOf(await story.report());
      const left = await story.office.post<{ id: string }>(path, { text: '请抓紧' });
      expect(refusal(await other.post(path, { text: '?' }))).toBe('404 NOT_FOUND');
      expect((await story.lead.post(path, { text: '?' })).status).toBe(403);
      expect((await story.county.post(path, { text: '?' })).status).toBe(403);
      const replies = `/instructions/${left.body.id}/replies`;
      expect(refusal(await story.coHandler.post(replies, { text: '?' }))).toBe('403 ACTION_NOT_YOURS');
      const unseen = await story.stranger.post<{ code: string; params: Record<string, unknown> }>(replies, {
        text: '?',
      });
      expect(unseen.body).toMatchObject({ status: 404, params: { what: 'instruction', id: left.body.id } });
      expect((await story.office.post(replies, { text: '?' })).status).toBe(403);
      const late = await story.office.post(path, { text: '?', replyBy: '2021-10-29' });
      expect([refusal(late), faults(late)]).toEqual(['400 DUE_DATE_PAST', ['/replyBy DUE_DATE_PAST']]);
      expect(
        refusal(await story.office.post(`/cases/${await story.closed()}/instructions`, { text: '?' })),
      ).toBe('409 CASE_NOT_LIVE');
    });
  });

  describe("a co-handler's opinion", () => {
    const rungs = async (id: string): Promise<string[]> => {
      const rows = await story.world.database.dataSource.query<Array<{ state: string }>>(
        `SELECT state FROM reminders WHERE clock = 'co_handle' AND clock_run_id = $1`,
        [id],
      );
      return rows.map(({ state }) => state);
    };

    it('is given once by the co-handling department, and ends its clock', async () => {
      const { id, coHandlers } = await story.inProgress();
      const asked = coHandlers[0]?.id ?? '';
      const path = `/co-handlers/${asked}/opinion`;
      const opinion = { opinion: '用地符合规划' };
      expect(await rungs(asked)).toContain('armed');
      expect(refusal(await story.lead.post(path, opinion))).toBe('403 ACTION_NOT_YOURS');
      const unseen = await story.stranger.post<{ code: string; params: Record<string, unknown> }>(
        path,
        opinion,
      );
      expect(unseen.body).toMatchObject({ status: 404, params: { what: 'co-handler' } });
      expect((await story.office.post(path, opinion)).status).toBe(403);
      expect((await story.coHandler.post(path, { opinion: '' })).status).toBe(400);
      const answers = await Promise.all([1, 2].map(() => story.coHandler.post(path, opinion)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      expect(refusal(await story.coHandler.post(path, opinion))).toBe('409 OPINION_GIVEN');
      expect(new Set(await rungs(asked))).toEqual(new Set(['cancelled']));
      const seen = await story.lead.get<CaseView>(`/cases/${id}`);
      expect(seen.body.coHandlers).toMatchObject([opinion]);
      expect((await story.events(id)).filter((type) => type === 'opinion_given')).toHaveLength(1);
    });

    it('is not awaited once it is closed', async () => {
      const id = await story.closed();
      const { body } = await story.coHandler.get<CaseView>(`/cases/${id}`);
      const late = await story.coHandler.post(`/co-handlers/${body.coHandlers[0]?.id}/opinion`, {
        opinion: '同意',
      });
      expect(refusal(late)).toBe('409 ASSIGNMENT_ENDED');
    });
  });
});
