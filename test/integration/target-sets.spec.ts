import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Enterprise } from '../../src/enterprises/enterprise.entity.js';
import type { ProjectView } from '../../src/enterprises/projects/project.view.js';
import { CampaignPace } from '../../src/production/campaigns/campaign-pace.js';
import type { CampaignMemberView } from '../../src/production/campaigns/campaign.view.js';
import { JudgeProduction } from '../../src/production/judging/judge-production.js';
import { DeadlineStory } from '../support/deadline-story.js';
import type { LifecycleWorld } from '../support/lifecycle-world.js';
import type { Client } from '../support/test-app.js';

const AIM = { name: '目标', target: 2, startsOn: '2021-07-15', finalOn: '2021-12-31' };

describe('target sets', () => {
  let story: DeadlineStory;
  let world: LifecycleWorld;
  let office: Client;

  beforeAll(async () => {
    story = await DeadlineStory.open();
    ({ world } = story);
  });
  afterAll(() => story.close());

  const at = async (moment: string): Promise<void> => {
    story.at(moment);
    office = await world.app.as('task_force');
  };
  const ok = async (answer: Promise<{ status: number; body: unknown }>): Promise<void> => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(JSON.stringify(body));
  };
  const begin = async (milestone: string, members: object): Promise<string> => {
    const { body } = await office.post<{ id: string }>('/campaigns', { ...AIM, milestone });
    await ok(office.post(`/campaigns/${body.id}/members`, { ...members, since: '2021-07-15' }));
    return body.id;
  };
  const firm = async (over: Partial<Enterprise> = {}): Promise<Enterprise> => {
    const made = await world.make.enterprise();
    if (Object.keys(over).length > 0)
      await world.app.database.dataSource.getRepository('Enterprise').update(made.id, over);
    return made;
  };
  const report = (to: Enterprise, month: string, figures: object, by = office) =>
    ok(by.post(`/enterprises/${to.id}/production-reports`, { month, source: 'enterprise', ...figures }));
  const judge = (): Promise<unknown> => world.app.app.get(JudgeProduction).run();
  const reached = async (id: string, on: string, asOf?: Date): Promise<number | undefined> =>
    (await world.app.app.get(CampaignPace).at(on, asOf)).find((campaign) => campaign.id === id)?.reached;
  const members = async (id: string, client = office): Promise<CampaignMemberView[]> =>
    (await client.get<{ items: CampaignMemberView[] }>(`/campaigns/${id}/members`)).body.items;

  it('of enterprises count by their figures, of firms without a case too, as they were known', async () => {
    await at('2021-10-12 10:00');
    const [restored, silent] = [await firm({ baselineMonthlyOutput: '1000000.00' }), await firm()];
    const codes = { creditCodes: [restored.creditCode, silent.creditCode] };
    for (const month of ['2021-07', '2021-08', '2021-09'])
      await report(restored, month, { outputValue: 950_000, productionDays: 22 });
    // Known before it is a member.
    const onTarget = await begin('on_target', codes);
    expect(await reached(onTarget, '2021-10-12', new Date('2021-10-12T10:01:00+08:00'))).toBe(1);
    expect(await reached(onTarget, '2021-09-29', new Date('2021-10-12T10:01:00+08:00'))).toBe(0);
    expect((await members(onTarget)).map(({ reachedOn }) => reachedOn)).toEqual(['2021-09-30', null]);

    await at('2021-10-14 10:00');
    await report(restored, '2021-09', { outputValue: 500_000 });
    await judge();
    await judge();
    expect((await members(onTarget)).map(({ reachedOn }) => reachedOn)).toEqual([null, null]);
    expect(await reached(onTarget, '2021-10-12', new Date('2021-10-14T09:00:00+08:00'))).toBe(1);
    await at('2021-10-15 10:00');
    expect(await reached(onTarget, '2021-10-12')).toBe(0);
    const [rows] = await world.app.database.dataSource.query<Array<{ count: number }>>(
      `SELECT count(*)::int AS count FROM production_milestones WHERE enterprise_id = $1 AND milestone = 'on_target'`,
      [restored.id],
    );
    // Reached, and taken back once, however often it was judged.
    expect(rows?.count).toBe(2);
  });

  it('of full capacity count no danger, which is flagged within the scope of who asks', async () => {
    await at('2021-11-09 10:00');
    const [mine, mill] = [await firm({ industryCode: '06' }), await firm({ industryCode: '30' })];
    const id = await begin('full_capacity', { creditCodes: [mine.creditCode, mill.creditCode] });
    for (const one of [mine, mill]) await report(one, '2021-10', { capacityUtilisation: 1.1 });
    await judge();
    expect(await members(id)).toMatchObject([
      { reachedOn: null, overCapacity: { month: '2021-10', capacityUtilisation: 1.1 } },
      { reachedOn: '2021-10-31', overCapacity: null },
    ]);
    const flags = async (client: Client, query = ''): Promise<unknown> =>
      (await client.get<{ items: unknown[] }>(`/production-safety-flags?${query}`)).body.items;
    const flag = { month: '2021-10', enterprise: { id: mine.id }, capacityUtilisation: 1.1 };
    expect(await flags(office)).toMatchObject([flag]);
    expect(await flags(office, 'fromMonth=2021-11')).toEqual([]);
    const there = await world.make.account('county', {
      reportingUnitId: (await world.make.unit('610921')).id,
    });
    expect(await flags(await world.app.signIn(there.username, there.password))).toEqual([]);
    // A site check is trusted more, and finds it mended.
    await report(mine, '2021-10', { source: 'site_check', capacityUtilisation: 0.95 });
    await judge();
    expect(await flags(office)).toEqual([]);
    expect((await members(id))[0]).toMatchObject({ reachedOn: '2021-10-31', overCapacity: null });
  });

  it('of projects count their stages since they began, as they were known', async () => {
    await at('2021-11-10 10:00');
    const reportingUnitId = (await world.make.unit()).id;
    const project = async (name: string): Promise<ProjectView> =>
      (await office.post<ProjectView>('/projects', { name, reportingUnitId })).body;
    const move = (of: ProjectView, version: number, stage: string, reachedOn: string) =>
      ok(
        office.post(
          `/projects/${of.id}/stage`,
          { stage, reachedOn, statement: '验收', source: 'document', skipReason: '补录' },
          { 'if-match': `"${version}"` },
        ),
      );
    const [early, late] = [await project('早竣工'), await project('已投产')];
    await move(early, 1, 'completed', '2021-07-01');
    await move(late, 1, 'in_production', '2021-11-08');
    const numbers = { projectNumbers: [early.number, late.number] };
    const [completed, produced] = [
      await begin('project_completed', numbers),
      await begin('in_production', numbers),
    ];
    await at('2021-11-12 10:00');
    await move(early, 2, 'in_production', '2021-11-11');
    expect((await members(completed)).map(({ reachedOn }) => reachedOn)).toEqual([null, '2021-11-08']);
    expect(await members(produced)).toMatchObject([
      { enterprise: null, project: { id: early.id, stage: 'in_production' }, reachedOn: '2021-11-11' },
      { enterprise: null, project: { id: late.id }, reachedOn: '2021-11-08' },
    ]);
    await at('2021-11-15 10:00');
    expect([await reached(produced, '2021-11-10'), await reached(produced, '2021-11-12')]).toEqual([1, 2]);
    expect(await reached(produced, '2021-11-12', new Date('2021-11-12T09:00:00+08:00'))).toBe(1);
    const { items } = (await office.get<{ items: Array<{ id: string }> }>(`/projects/${late.id}/stages`))
      .body;
    await ok(
      office.post(
        `/projects/${late.id}/stages/${items[0]?.id}/correct`,
        { reason: '尚未投产', isWithdrawn: true },
        { 'if-match': '"2"' },
      ),
    );
    await at('2021-11-16 10:00');
    expect(await reached(produced, '2021-11-12')).toBe(1);
    expect(await reached(produced, '2021-11-12', new Date('2021-11-15T09:00:00+08:00'))).toBe(2);
    const elsewhere = await world.make.account('county', {
      reportingUnitId: (await world.make.unit('610921')).id,
    });
    expect(await members(produced, await world.app.signIn(elsewhere.username, elsewhere.password))).toEqual(
      [],
    );
  });

  it('have members of one kind', async () => {
    await at('2021-11-17 10:00');
    const one = await firm();
    const id = await begin('on_target', { enterpriseId: one.id });
    const refused = async (
      answer: Promise<{ status: number; body: { code?: string } }>,
    ): Promise<unknown> => {
      const { status, body } = await answer;
      return [status, body.code];
    };
    const add = (body: object) => refused(office.post(`/campaigns/${id}/members`, body));
    expect(await add({ projectNumbers: ['XM-1'] })).toEqual([400, 'CAMPAIGN_MEMBERS_REQUIRED']);
    expect(await add({ enterpriseId: one.id, projectId: one.id })).toEqual([
      400,
      'CAMPAIGN_MEMBERS_REQUIRED',
    ]);
    const change = office.patch<{ code?: string }>(
      `/campaigns/${id}`,
      { milestone: 'in_production' },
      { 'if-match': '"1"' },
    );
    expect(await refused(change)).toEqual([409, 'CAMPAIGN_HAS_MEMBERS']);
  });
});
