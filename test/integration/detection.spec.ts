import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Transactions } from '../../src/platform/database/transactions.js';
import { EndQuiet } from '../../src/production/detection/end-quiet.js';
import { WatchJudgements } from '../../src/production/detection/watch-judgements.js';
import { Judgements } from '../../src/production/judging/judgements.js';
import type { EnterpriseJudgement } from '../../src/production/judging/known-production.js';
import { untilWaiting, whileLocked } from '../support/outside-lock.js';
import { DetectionStory } from '../support/detection-story.js';
import type { Answer } from '../support/test-app.js';

type Problem = Answer<{ code?: string }>;

const said = async (asked: Promise<Answer>): Promise<string> => {
  const { status, body } = await asked;
  return status === 200 ? '200' : `${status} ${String(body['code'])}`;
};

describe('what figures give reason to', () => {
  let detection: DetectionStory;

  beforeAll(async () => {
    detection = await DetectionStory.open();
  });
  afterAll(() => detection.close());
  beforeEach(() => detection.at('2021-09-12 10:00'));

  const accept = (id: string, body: object = {}): Promise<Problem> =>
    detection.office.post(`/detection/candidates/${id}/accept`, body);
  const merge = (id: string): Promise<Problem> => detection.office.post(`/detection/candidates/${id}/merge`);
  const dismiss = (id: string, over: object = {}): Promise<Problem> =>
    detection.office.post(`/detection/candidates/${id}/dismiss`, { reason: '计划检修', ...over });

  it('is a candidate, never a case by itself; judged again it is the same one', async () => {
    const firm = await detection.firm();
    await detection.report(firm, { '2021-08': 0 });
    const found = await detection.candidate(firm);
    expect(found).toMatchObject({
      kind: 'new_distress',
      distressType: 'stalled',
      enterprise: { id: firm.id, reportingUnit: { code: '610902' } },
      evidence: { status: 'stalled', month: '2021-08', rule: 'nothing_produced', months: ['2021-08'] },
      liveCase: null,
      decision: null,
      version: 1,
      allowedActions: ['accept', 'dismiss'],
    });
    await detection.report(firm, { '2021-08': { electricity: 7 } });
    await Promise.all([detection.judge(), detection.judge()]);
    expect((await detection.candidate(firm)).id).toBe(found.id);
    expect(await detection.cases(firm)).toEqual([]);
  });

  it('follows its figures while it is open, and lapses with its ground', async () => {
    const firm = await detection.firm();
    await detection.report(firm, { '2021-07': 45, '2021-08': 45 });
    const { id } = await detection.candidate(firm);
    await detection.report(firm, { '2021-08': 0 });
    expect(await detection.candidate(firm)).toMatchObject({
      id,
      distressType: 'stalled',
      version: 2,
      evidence: { status: 'stalled', months: ['2021-08'] },
    });
    await detection.report(firm, { '2021-07': 100, '2021-08': 99 });
    expect(await detection.candidates(firm)).toMatchObject([
      {
        status: 'lapsed',
        evidence: { status: 'stalled' },
        decision: {
          by: null,
          lapseReason: 'ground_gone',
          judgedInstead: { status: 'normal', month: '2021-08' },
        },
        allowedActions: [],
      },
    ]);
    const { body } = await accept(id);
    expect(body).toMatchObject({ code: 'CANDIDATE_NOT_OPEN' });
    expect(await detection.cases(firm)).toEqual([]);
  });

  it('is accepted once, whoever clicks how often, and its case says upon what it was opened', async () => {
    const firm = await detection.firm();
    await detection.report(firm, { '2021-08': 0 });
    const { id, evidence } = await detection.candidate(firm);
    const clicks = await Promise.all([1, 2, 3].map(() => said(accept(id, { note: '电话已核实' }))));
    expect(clicks.toSorted()).toEqual(['200', '409 CANDIDATE_NOT_OPEN', '409 CANDIDATE_NOT_OPEN']);
    const [opened, ...others] = await detection.cases(firm);
    expect([opened?.status, opened?.distress, others]).toEqual(['reported', 'stalled', []]);
    expect(opened?.note).toBe(
      '监测线索（新增困难）：2021-08 生产状态判定为停产。2021年8月产值为零、生产天数为零。\n电话已核实',
    );
    const [event] = await detection.world.events({ kind: 'case', id: opened?.id ?? '' });
    const { status: productionStatus, rule, facts, months, policyVersion } = evidence;
    expect(event).toMatchObject({
      type: 'reported',
      payload: {
        distressType: 'stalled',
        candidate: {
          candidateId: id,
          candidateKind: 'new_distress',
          productionStatus,
          rule,
          facts,
          months,
          policyVersion,
        },
      },
    });
    expect(await detection.candidates(firm)).toMatchObject([
      { status: 'accepted', decision: { case: { id: opened?.id }, note: '电话已核实', lapseReason: null } },
    ]);
    // Frozen: a later month is another matter.
    await detection.report(firm, { '2021-09': 0 });
    expect(await detection.candidates(firm)).toMatchObject([{ evidence: { month: '2021-08' } }]);
  });

  it('heard of by two workers at once is raised once', async () => {
    const firm = await detection.firm();
    const { app } = detection.world.app;
    let heard: readonly EnterpriseJudgement[] = [];
    app.get(Judgements).listen({
      judged: (_tx, judgements) => {
        heard = judgements;
        return Promise.resolve();
      },
    });
    await detection.report(firm, { '2021-08': 0 });
    const { id } = await detection.candidate(firm);
    await detection.world.query('DELETE FROM distress_candidates WHERE id = $1', [id]);
    const again = heard.filter(({ enterpriseId }) => enterpriseId === firm.id);
    expect(again.length).toBe(1);
    const hear = () =>
      app
        .get(Transactions)
        .run((tx) => app.get(WatchJudgements).judged(tx, again, detection.story.clock.now()));
    const heardBy: Array<Promise<void>> = [];
    const lock = 'SELECT 1 FROM enterprises WHERE id = $1 FOR UPDATE';
    await whileLocked(detection.world, lock, [firm.id], async () => {
      heardBy.push(hear(), hear(), hear());
      await untilWaiting(detection.world, 3);
    });
    await Promise.all(heardBy);
    expect(await detection.told(firm)).toEqual(['new_distress open']);
  });

  it('and corrected while it is accepted is either a case or nothing', async () => {
    for (let rounds = 0; rounds < 3; rounds += 1) {
      const firm = await detection.firm();
      await detection.report(firm, { '2021-08': 0 });
      const { id } = await detection.candidate(firm);
      const [accepted] = await Promise.all([said(accept(id)), detection.report(firm, { '2021-08': 100 })]);
      const came = accepted === '200' ? ['reported'] : [];
      expect((await detection.cases(firm)).map(({ status }) => status)).toEqual(came);
      expect([accepted, await detection.told(firm)]).toEqual(
        came.length > 0
          ? ['200', ['new_distress accepted']]
          : ['409 CANDIDATE_NOT_OPEN', ['new_distress lapsed']],
      );
    }
  });

  it('beside a case that was opened meanwhile is merged into it, not accepted', async () => {
    const firm = await detection.firm();
    await detection.report(firm, { '2021-08': 0 });
    const { id } = await detection.candidate(firm);
    expect(await said(merge(id))).toBe('409 NO_LIVE_CASE');
    const ref = await detection.reported(firm);
    await detection.judge();
    expect(await said(accept(id))).toBe('409 LIVE_CASE_EXISTS');
    expect((await detection.candidate(firm)).allowedActions).toEqual(['merge', 'dismiss']);
    const clicks = await Promise.all([said(merge(id)), said(merge(id))]);
    expect(clicks.toSorted()).toEqual(['200', '409 CANDIDATE_NOT_OPEN']);
    const story = (await detection.world.events(ref)).map(({ type }) => type);
    expect(story).toEqual(['reported', 'candidate_merged']);
    expect((await detection.cases(firm)).length).toBe(1);
    const { body } = await detection.office.get<{ items: Array<{ sentence: string }> }>(
      `/cases/${ref.id}/timeline`,
    );
    expect(body.items.at(-1)?.sentence).toContain('新增困难：停产');
  });

  it('of a live case that is worse changes its distress type, once accepted, and only then', async () => {
    const firm = await detection.firm();
    const ref = await detection.reported(firm, 'reduced_output');
    await detection.report(firm, { '2021-08': 0 });
    const { id, kind, case: of } = await detection.candidate(firm);
    expect([kind, of?.id, (await detection.cases(firm))[0]?.distress]).toEqual([
      'worsening',
      ref.id,
      'reduced_output',
    ]);
    const clicks = await Promise.all([said(accept(id)), said(accept(id))]);
    expect(clicks.toSorted()).toEqual(['200', '409 CANDIDATE_NOT_OPEN']);
    expect((await detection.cases(firm))[0]?.distress).toBe('stalled');
    const corrected = (await detection.world.events(ref)).filter(({ type }) => type === 'corrected');
    expect(corrected.map(({ payload }) => payload)).toMatchObject([
      { distressType: 'stalled', candidate: { candidateId: id } },
    ]);
    await detection.report(firm, { '2021-09': 0 });
    expect(await detection.told(firm)).toEqual(['worsening accepted']);
  });

  it('of a live case that ended, or says as much already, is outdated', async () => {
    const firm = await detection.firm();
    const ref = await detection.reported(firm, 'reduced_output');
    await detection.report(firm, { '2021-08': 0 });
    const { id } = await detection.candidate(firm);
    const change = { distressType: 'stalled' };
    const { version } = await detection.world.row<{ version: number }>(ref);
    await detection.office.patch(`/cases/${ref.id}`, change, { 'if-match': `"${version}"` });
    expect(await said(accept(id))).toBe('409 CANDIDATE_OUTDATED');
    await detection.judge();
    expect(await detection.candidates(firm)).toMatchObject([{ decision: { lapseReason: 'ground_gone' } }]);
    const other = await detection.firm();
    const ended = await detection.reported(other, 'reduced_output');
    await detection.report(other, { '2021-08': 0 });
    const outdated = await detection.candidate(other);
    await detection.office.post(`/cases/${ended.id}/terminate`, { ground: 'merged' });
    expect(await said(accept(outdated.id))).toBe('409 CANDIDATE_OUTDATED');
    await detection.judge();
    expect(await detection.candidates(other)).toMatchObject([{ decision: { lapseReason: 'case_ended' } }]);
  });

  it('by electricity alone is a suspicion, until a report says it is so', async () => {
    const firm = await detection.firm();
    const months = ['01', '02', '03', '04', '05', '06', '07'].map((month) => [
      `2021-${month}`,
      { electricity: 1000 },
    ]);
    await detection.report(firm, { ...Object.fromEntries(months), '2021-08': { electricity: 20 } });
    expect(await detection.candidate(firm)).toMatchObject({
      kind: 'suspected',
      evidence: { rule: 'electricity_fell' },
    });
    await detection.report(firm, { '2021-08': 0 });
    expect(await detection.told(firm)).toEqual(['suspected lapsed', 'new_distress open']);
  });

  it('is quiet for a time when it was dismissed, unless it gets worse', async () => {
    const firm = await detection.firm();
    await detection.report(firm, { '2021-07': 45, '2021-08': 45 });
    const { id } = await detection.candidate(firm);
    expect(await said(dismiss(id, { quietUntil: '2021-09-12' }))).toBe('400 QUIET_UNTIL_INVALID');
    expect(await said(dismiss(id, { quietUntil: '2023-09-13' }))).toBe('400 QUIET_UNTIL_INVALID');
    expect(await said(dismiss(id))).toBe('200');
    expect(await detection.candidates(firm)).toMatchObject([
      { status: 'dismissed', decision: { note: '计划检修', quietUntil: '2021-12-12' } },
    ]);
    await detection.report(firm, { '2021-09': 40 });
    await detection.at('2021-12-12 10:00');
    await detection.world.app.app.get(EndQuiet).run();
    await detection.judge();
    expect(await detection.told(firm)).toEqual(['new_distress dismissed']);
    await detection.at('2021-12-13 00:10');
    expect(await detection.world.app.app.get(EndQuiet).run()).toBe(1);
    await detection.judge();
    expect(await detection.told(firm)).toEqual(['new_distress dismissed', 'new_distress open']);
    await dismiss((await detection.candidate(firm)).id);
    await detection.report(firm, { '2021-12': 0 });
    expect(await detection.told(firm)).toEqual([
      'new_distress dismissed',
      'new_distress dismissed',
      'new_distress open',
    ]);
  });

  it('waits in lists that can be filtered and counted, for who sees the enterprise', async () => {
    const [here, there] = [await detection.firm('610923'), await detection.firm('610924')];
    await detection.report(here, { '2021-08': 0 });
    await detection.report(there, { '2021-07': 45, '2021-08': 45 });
    const { office, world } = detection;
    const list = async (client: typeof office, query: string) =>
      (
        await client.get<{ items: Array<{ enterprise: { id: string } }>; total: number; counts: object }>(
          `/detection/candidates?count=exact&limit=200&${query}`,
        )
      ).body;
    const both = await list(office, 'reportingUnit=610923&reportingUnit=610924');
    expect(both.counts).toEqual({ new_distress: 2, worsening: 0, suspected: 0, relapse: 0 });
    const only = await list(
      office,
      'reportingUnit=610923&reportingUnit=610924&distressType=stalled&kind=new_distress',
    );
    expect(only).toMatchObject({ total: 1, items: [{ enterprise: { id: here.id } }] });
    const { id: reportingUnitId } = await world.make.unit('610923');
    const account = await world.make.account('county', { reportingUnitId });
    const county = await world.app.signIn(account.username, account.password);
    expect((await list(county, '')).items).toMatchObject([{ enterprise: { id: here.id } }]);
    const [mine, theirs] = [await detection.candidate(here), await detection.candidate(there)];
    const asked = (id: string): Promise<string> => said(county.post(`/detection/candidates/${id}/accept`));
    const dismissed = said(county.post(`/detection/candidates/${theirs.id}/dismiss`, { reason: '无' }));
    expect([await dismissed, await asked(theirs.id)]).toEqual(['404 NOT_FOUND', '404 NOT_FOUND']);
    expect(await asked(mine.id)).toBe('200');
    for (const [role, status] of [
      ['department', '403 FORBIDDEN'],
      ['leader', '403 FORBIDDEN'],
      ['auditor', '403 FORBIDDEN'],
      ['system_admin', '403 FORBIDDEN'],
    ] as const) {
      const client = await world.app.as(role);
      expect(await said(client.post(`/detection/candidates/${theirs.id}/accept`))).toBe(status);
      expect(await said(client.post(`/detection/candidates/${theirs.id}/dismiss`, { reason: '无' }))).toBe(
        status,
      );
    }
  });

  it('of a kind that a county may not decide on is for the task force', async () => {
    const firm = await detection.firm('610925');
    await detection.reported(firm, 'reduced_output');
    await detection.report(firm, { '2021-08': 0 });
    const { id } = await detection.candidate(firm);
    const { world } = detection;
    const { id: reportingUnitId } = await world.make.unit('610925');
    const account = await world.make.account('county', { reportingUnitId });
    const county = await world.app.signIn(account.username, account.password);
    for (const action of ['accept', 'merge'])
      expect(await said(county.post(`/detection/candidates/${id}/${action}`))).toBe('403 ACTION_NOT_YOURS');
    expect(await said(county.post(`/detection/candidates/${id}/dismiss`, { reason: '无' }))).toBe(
      '403 ACTION_NOT_YOURS',
    );
  });

  it('is decided on by the dozen, each by itself', async () => {
    const firms = await Promise.all(['610926', '610926', '610926'].map((unit) => detection.firm(unit)));
    for (const firm of firms) await detection.report(firm, { '2021-08': 0 });
    const [first, second, third] = firms;
    if (!first || !second || !third) throw new Error('there are too few');
    await detection.reported(second);
    const bulk = (action: string, body: object, headers = {}) =>
      detection.office.post<{ done: number; refused: number; items: Array<{ code?: string }> }>(
        `/detection/candidates/${action}`,
        body,
        headers,
      );
    expect(await said(bulk('accept', {}))).toBe('400 CANDIDATE_SELECTION_REQUIRED');
    expect(await said(bulk('accept', { kind: 'new_distress' }))).toBe('400 CANDIDATE_SELECTION_REQUIRED');
    const { id } = await detection.candidate(first);
    const chosen = { ids: [id, (await detection.candidate(second)).id] };
    const key = { 'idempotency-key': 'bulk-of-candidates-1' };
    const answered = await bulk('accept', chosen, key);
    expect(answered.body).toMatchObject({
      done: 1,
      refused: 1,
      items: [{ id, status: 200 }, { code: 'LIVE_CASE_EXISTS' }],
    });
    expect((await bulk('accept', chosen, key)).body).toEqual(answered.body);
    const unit = { reportingUnit: '610926', kind: 'new_distress', reason: '季节性停产' };
    expect((await bulk('dismiss', unit)).body).toMatchObject({ done: 2, refused: 0 });
    expect([await detection.told(first), await detection.told(second), await detection.told(third)]).toEqual([
      ['new_distress accepted'],
      ['new_distress dismissed'],
      ['new_distress dismissed'],
    ]);
  });
});
