import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlanView } from '../../src/cases/case-file/entry-views.js';
import { CaseFileStory, type Items, faults, NOWHERE, refusal } from '../support/case-file-story.js';

interface Told {
  params: Record<string, unknown>;
}

describe('the plan of a case by HTTP', () => {
  let story: CaseFileStory;

  beforeAll(async () => {
    story = await CaseFileStory.open();
  });
  afterAll(() => story.close());

  describe('the plan 一企一策', () => {
    const plan = (over: object = {}): object => ({
      goal: '十二月前恢复生产',
      measures: [
        {
          what: '办理用地手续',
          departmentId: story.department.id,
          officialId: story.official.id,
          dueOn: '2021-11-20',
          ...over,
        },
      ],
    });

    it('is saved version by version, and none is overwritten', async () => {
      const { id } = await story.inProgress();
      expect(refusal(await story.lead.get(`/cases/${id}/plan`))).toBe('404 NOT_FOUND');
      const first = await story.lead.post<PlanView>(`/cases/${id}/plans`, plan());
      expect([first.status, first.body.planVersion]).toEqual([201, 1]);
      const done = await story.office.post<PlanView>(`/cases/${id}/plans`, plan({ doneOn: '2021-11-01' }));
      expect(done.body).toMatchObject({
        planVersion: 2,
        measures: [
          {
            ordinal: 1,
            what: '办理用地手续',
            department: { id: story.department.id, name: '市工信局' },
            official: { id: story.official.id },
            dueOn: '2021-11-20',
            doneOn: '2021-11-01',
          },
        ],
      });
      const { body } = await story.lead.get<Items<PlanView>>(`/cases/${id}/plans?limit=1`);
      expect(body.items[0]).toEqual(done.body);
      const older = await story.lead.get<Items<PlanView>>(
        `/cases/${id}/plans?limit=1&cursor=${body.nextCursor}`,
      );
      expect(older.body).toEqual({ items: [first.body], nextCursor: null });
      expect((await story.events(id)).slice(-2)).toEqual(['plan_saved', 'plan_saved']);
      await expect(
        story.world.database.dataSource.query('UPDATE plan_measures SET done_on = now() WHERE plan_id = $1', [
          first.body.id,
        ]),
      ).rejects.toThrow(/permission denied/);
    });

    it('has one of two that were made from the same version of it', async () => {
      const { id } = await story.inProgress();
      const both = (seen: string) =>
        Promise.all(
          [story.lead, story.office].map((client) =>
            client.post<PlanView>(`/cases/${id}/plans`, plan(), { 'if-match': seen }),
          ),
        );
      for (const planVersion of [1, 2]) {
        const answers = await both(`"${planVersion - 1}"`);
        expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 412]);
        const [saved] = answers.filter(({ status }) => status === 201);
        expect([saved?.body.planVersion, saved?.headers.get('etag')]).toEqual([
          planVersion,
          `"${planVersion}"`,
        ]);
      }
      // Whatever else happens to the case is no change of its plan.
      await story.lead.post(`/cases/${id}/notes`, { text: '已对接' });
      const read = await story.lead.get<PlanView>(`/cases/${id}/plan`);
      expect(read.headers.get('etag')).toBe('"2"');
      const seen = { 'if-match': read.headers.get('etag') ?? '' };
      expect((await story.lead.post<PlanView>(`/cases/${id}/plans`, plan(), seen)).status).toBe(201);
      expect(refusal(await story.lead.post(`/cases/${id}/plans`, plan(), seen))).toBe('412 VERSION_STALE');
    });

    it('is not for others to save', async () => {
      const { id } = await story.inProgress();
      const leader = await story.world.as('leader');
      expect(refusal(await story.coHandler.post(`/cases/${id}/plans`, plan()))).toBe('403 ACTION_NOT_YOURS');
      expect(refusal(await story.stranger.post(`/cases/${id}/plans`, plan()))).toBe('404 NOT_FOUND');
      expect(refusal(await story.stranger.get(`/cases/${id}/plans`))).toBe('404 NOT_FOUND');
      expect((await story.county.post(`/cases/${id}/plans`, plan())).status).toBe(403);
      expect((await leader.post(`/cases/${id}/plans`, plan())).status).toBe(403);
      expect(refusal(await story.office.post(`/cases/${await story.closed()}/plans`, plan()))).toBe(
        '409 CASE_NOT_LIVE',
      );
    });

    it('refuses by naming the state, what was asked and what is allowed now', async () => {
      const { id } = await story.inProgress();
      const { body } = await story.coHandler.post<Told>(`/cases/${id}/plans`, plan());
      expect(body.params).toEqual({ status: 'in_progress', action: 'save_plan', allowedActions: [] });
      const ended = await story.office.post<Told>(`/cases/${await story.closed()}/plans`, plan());
      expect(ended.body.params).toEqual({
        status: 'resolved',
        action: 'save_plan',
        allowedActions: ['reopen'],
      });
    });

    it('says which measure is wrong, and takes none', async () => {
      const { id } = await story.inProgress();
      const inactive = await story.make.official(story.department, { isActive: false });
      const wrong = [
        [{ departmentId: NOWHERE, officialId: undefined }, '/measures/0/departmentId DEPARTMENT_UNKNOWN'],
        [{ departmentId: story.coDepartment.id }, '/measures/0/officialId OFFICIAL_OF_ANOTHER_DEPARTMENT'],
        [{ officialId: inactive.id }, '/measures/0/officialId OFFICIAL_INACTIVE'],
        [{ doneOn: '2021-11-02' }, '/measures/0/doneOn DATE_IN_FUTURE'],
        [{ dueOn: '2021-02-30' }, '/measures/0/dueOn FIELD_IS_CALENDAR_DATE'],
        [{ what: ' ' }, '/measures/0/what FIELD_MATCHES'],
      ] as const;
      for (const [over, fault] of wrong) {
        const answer = await story.lead.post(`/cases/${id}/plans`, plan(over));
        expect([answer.status, faults(answer)]).toEqual([400, [fault]]);
      }
      expect((await story.lead.post(`/cases/${id}/plans`, { goal: '无', measures: [] })).status).toBe(400);
      expect(await story.events(id)).not.toContain('plan_saved');
    });
  });
});
