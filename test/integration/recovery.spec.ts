import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubjectRef } from '../../src/cases/subject.js';
import type { Enterprise } from '../../src/enterprises/enterprise.entity.js';
import { PlanFollowUps } from '../../src/production/detection/follow-ups/plan-follow-ups.js';
import { VerifyTally } from '../../src/statistics/tally/verify-tally.js';
import { DetectionStory } from '../support/detection-story.js';
import type { Answer } from '../support/test-app.js';

interface FollowUp {
  id: string;
  dueOn: string;
  status: string;
  afterDays: number;
}

const said = async (asked: Promise<Answer>): Promise<string> => {
  const { status, body } = await asked;
  return status === 200 ? '200' : `${status} ${String(body['code'])}`;
};

describe('recovery', () => {
  let detection: DetectionStory;

  beforeAll(async () => {
    detection = await DetectionStory.open();
  });
  afterAll(() => detection.close());

  /** A case of August, in progress since 12 September. */
  const distressed = async (): Promise<{ firm: Enterprise; ref: SubjectRef }> => {
    await detection.at('2021-09-12 10:00');
    const firm = await detection.firm();
    await detection.report(firm, { '2021-08': 0 });
    const { id } = await detection.candidate(firm);
    await detection.office.post(`/detection/candidates/${id}/accept`);
    const [opened] = await detection.cases(firm);
    const ref: SubjectRef = { kind: 'case', id: opened?.id ?? '' };
    await detection.work(ref);
    return { firm, ref };
  };
  /** Closed as recovered on 10 November, by the figures of September and October. */
  const recovered = async (): Promise<{ firm: Enterprise; ref: SubjectRef }> => {
    const { firm, ref } = await distressed();
    await detection.at('2021-11-10 10:00');
    await detection.report(firm, { '2021-09': 70, '2021-10': 80 });
    expect(await said(detection.requestClosure(ref))).toBe('200');
    await detection.approve(ref);
    return { firm, ref };
  };
  const followUps = async (ref: SubjectRef): Promise<FollowUp[]> => {
    await detection.world.app.app.get(PlanFollowUps).run();
    const { body } = await detection.office.get<{ items: Array<FollowUp & { case: { id: string } }> }>(
      '/recovery-follow-ups?limit=200&status=due&status=overdue&status=done&status=cancelled',
    );
    return body.items.filter((item) => item.case.id === ref.id);
  };
  const told = async (ref: SubjectRef): Promise<string[]> =>
    (await followUps(ref)).map(({ dueOn, status }) => `${dueOn} ${status}`);
  const reopening = () => ({ ...detection.story.answerable(), reason: '产值再次下滑', dueOn: '2022-03-31' });
  const proposals = async (): Promise<Array<{ id: string; cause: string; candidateId: string | null }>> =>
    (
      await detection.office.get<{ items: Array<{ id: string; cause: string; candidateId: string | null }> }>(
        '/reopen-proposals?limit=200',
      )
    ).body.items;

  it('without figures or evidence is refused with what is missing, and with figures passes', async () => {
    const { firm, ref } = await distressed();
    const recovery = async () =>
      (
        await detection.office.get<{
          isShown: boolean;
          milestone: { isReached: boolean; missing: Array<{ text: string }> };
          evidence: { kinds: number; isEnough: boolean };
        }>(`/cases/${ref.id}/recovery`)
      ).body;
    await detection.at('2021-11-10 10:00');
    await detection.report(firm, { '2021-09': 70, '2021-10': 50 });
    await detection.world.evidence(ref, 'photo', 'enterprise');
    const before = await recovery();
    expect(before).toMatchObject({
      isShown: false,
      milestone: { milestone: 'capacity_restored', isReached: false, sinceMonth: '2021-08' },
      evidence: { kinds: 1, independent: 0, isEnough: false },
    });
    expect(before.milestone.missing.map(({ text }) => text)).toEqual([
      '2021年8月之后需连续2期达标，目前连续0期。',
      expect.stringContaining('2021年10月产值'),
    ]);
    const { status, body } = await detection.requestClosure(ref);
    expect([status, body]).toEqual([
      409,
      expect.objectContaining({
        code: 'RECOVERY_NOT_SHOWN',
        params: expect.objectContaining({
          milestone: 'capacity_restored',
          missing: before.milestone.missing.map((missing) =>
            expect.objectContaining(Object(missing)['facts']),
          ),
          evidence: { kinds: 0, independent: 0 },
          status: 'in_progress',
        }),
        errors: [
          expect.objectContaining({ pointer: '/outcome', code: 'MILESTONE_NOT_SHOWN' }),
          expect.objectContaining({ pointer: '/evidenceFileIds', code: 'EVIDENCE_KINDS_TOO_FEW' }),
          expect.objectContaining({ pointer: '/evidenceFileIds', code: 'EVIDENCE_NOT_INDEPENDENT' }),
        ],
      }),
    ]);
    // By the figures as they are now, though nobody has judged them yet.
    await detection.revise(firm, { '2021-10': 61 });
    expect(await recovery()).toMatchObject({ isShown: true, milestone: { isReached: true, missing: [] } });
    expect(await said(detection.requestClosure(ref))).toBe('200');
  });

  it('reached and lost again is not shown', async () => {
    const { firm, ref } = await distressed();
    await detection.at('2022-01-10 10:00');
    await detection.report(firm, { '2021-09': 70, '2021-10': 80, '2021-11': 20, '2021-12': 30 });
    expect(await said(detection.requestClosure(ref))).toBe('409 RECOVERY_NOT_SHOWN');
  });

  it('of months before the distress is none', async () => {
    await detection.at('2021-09-12 10:00');
    const firm = await detection.firm();
    const ref = await detection.reported(firm);
    await detection.work(ref);
    await detection.report(firm, { '2021-08': 100, '2021-09': 100 });
    expect(await said(detection.requestClosure(ref))).toBe('409 RECOVERY_NOT_SHOWN');
    expect(await detection.milestones(ref)).toEqual([]);
  });

  it('is told in the story of the case, each turn once, and changes no state and no table', async () => {
    const { firm, ref } = await distressed();
    await detection.at('2021-12-10 10:00');
    const table = async () => (await detection.office.get('/statistics/weekly/2021-W48')).body;
    const before = await table();
    await detection.report(firm, { '2021-09': 70 });
    expect(await detection.milestones(ref)).toEqual(['reached resumed 2021-09']);
    await detection.report(firm, { '2021-10': 80 });
    await Promise.all([detection.rejudge(firm), detection.rejudge(firm)]);
    expect(await detection.milestones(ref)).toEqual([
      'reached resumed 2021-09',
      'reached capacity_restored 2021-10',
    ]);
    // What was told is corrected by being told as it is.
    await detection.report(firm, { '2021-10': 40 });
    await detection.rejudge(firm);
    expect(await detection.milestones(ref)).toEqual([
      'reached resumed 2021-09',
      'reached capacity_restored 2021-10',
      'lost capacity_restored 2021-10',
    ]);
    const { status } = await detection.world.row<{ status: string }>(ref);
    expect(status).toBe('in_progress');
    const { body } = await detection.office.get<{ items: Array<{ sentence: string }> }>(
      `/cases/${ref.id}/timeline`,
    );
    expect(body.items.map(({ sentence }) => sentence)).toContain('2021-10 数据显示企业已达到“复能”。');
    expect({ ...(await table()), asOf: before['asOf'] }).toEqual(before);
    const tally = await detection.world.app.app.get(VerifyTally).run();
    expect([tally.wrongChain, tally.wrongCell]).toEqual([null, null]);
  });

  it('is looked at again after 30 and 90 days, planned once, until it is recorded', async () => {
    const { ref } = await recovered();
    expect(await told(ref)).toEqual(['2021-12-10 due', '2022-02-08 due']);
    expect(await told(ref)).toEqual(['2021-12-10 due', '2022-02-08 due']);
    await detection.at('2021-12-11 09:00');
    const [first, second] = await followUps(ref);
    expect([first?.status, second?.status]).toEqual(['overdue', 'due']);
    const record = (body: object) =>
      said(detection.office.post(`/recovery-follow-ups/${first?.id}/record`, body));
    const fileIds = [await detection.world.evidence(ref, 'photo', 'site_check')];
    const clicks = await Promise.all(
      [1, 2].map(() => record({ finding: 'holding', note: '运行正常', fileIds })),
    );
    expect(clicks.toSorted()).toEqual(['200', '409 FOLLOW_UP_NOT_DUE']);
    expect(await told(ref)).toEqual(['2021-12-10 done', '2022-02-08 due']);
    const recorded = (await detection.world.events(ref)).filter(({ type }) => type === 'follow_up_recorded');
    expect(recorded.map(({ payload }) => payload)).toEqual([
      { followUpId: first?.id, afterDays: 30, finding: 'holding', note: '运行正常', fileIds },
    ]);
    expect((await proposals()).filter(({ id }) => id === ref.id)).toEqual([]);
  });

  it('that a person sees to have stopped is proposed for reopening at once, whatever figures say', async () => {
    const { firm, ref } = await recovered();
    const [first] = await followUps(ref);
    const nobody = await detection.world.desk();
    const record = async (client: typeof detection.office) =>
      said(client.post(`/recovery-follow-ups/${first?.id}/record`, { finding: 'stopped' }));
    expect(await record(await nobody.client())).toBe('404 NOT_FOUND');
    expect(await record(await detection.story.lead.client())).toBe('200');
    await detection.rejudge(firm);
    const candidate = await detection.candidate(firm);
    expect(candidate).toMatchObject({
      kind: 'relapse',
      origin: 'follow_up',
      case: { id: ref.id },
      evidence: { status: 'stalled', rule: 'follow_up' },
    });
    expect((await proposals()).filter(({ id }) => id === ref.id)).toMatchObject([
      { cause: 'relapse', candidateId: candidate.id, rating: null },
    ]);
  });

  it('that figures show to be gone is proposed for reopening by the judging that sees them; a person reopens', async () => {
    const { firm, ref } = await recovered();
    await followUps(ref);
    await detection.at('2022-03-10 10:00');
    await detection.report(firm, { '2021-12': 60, '2022-01': 65 });
    expect(await detection.candidates(firm, 'open')).toEqual([]);
    await detection.report(firm, { '2022-02': 65 });
    const candidate = await detection.candidate(firm);
    expect(candidate).toMatchObject({
      kind: 'relapse',
      origin: 'figures',
      case: { id: ref.id },
      evidence: { rule: 'relapse', months: ['2021-12', '2022-02'] },
    });
    const proposed = (await detection.world.events(ref)).filter(({ type }) => type === 'reopen_proposed');
    expect(proposed.map(({ payload }) => payload)).toMatchObject([
      { cause: 'relapse', candidate: { candidateId: candidate.id } },
    ]);
    expect((await proposals()).filter(({ id }) => id === ref.id)).toMatchObject([{ cause: 'relapse' }]);
    expect((await detection.cases(firm)).map(({ status }) => status)).toEqual(['resolved']);
    const accept = (body: object) =>
      said(detection.office.post(`/detection/candidates/${candidate.id}/accept`, body));
    expect(await accept({})).toBe('400 VALIDATION_FAILED');
    expect(await accept({ ...reopening(), distressType: 'stalled' })).toBe('400 VALIDATION_FAILED');
    const clicks = await Promise.all([accept(reopening()), accept(reopening())]);
    expect(clicks.toSorted()).toEqual(['200', '409 CANDIDATE_NOT_OPEN']);
    expect((await detection.cases(firm)).map(({ status }) => status)).toEqual(['assigned']);
    const reopened = (await detection.world.events(ref)).filter(({ type }) => type === 'reopened');
    expect(reopened.map(({ payload }) => payload)).toMatchObject([
      { reason: '产值再次下滑', candidate: { candidateId: candidate.id } },
    ]);
    const { body: due } = await detection.office.get<{ items: Array<{ case: { id: string } }> }>(
      '/recovery-follow-ups?limit=200',
    );
    expect(due.items.filter((item) => item.case.id === ref.id)).toEqual([]);
    expect(await told(ref)).toEqual(['2021-12-10 cancelled', '2022-02-08 cancelled']);
    expect((await proposals()).filter(({ id }) => id === ref.id)).toEqual([]);
    // Its new life begins after the months of the relapse.
    const { body } = await detection.office.get(`/cases/${ref.id}/recovery`);
    expect(body).toMatchObject({ isShown: false, milestone: { sinceMonth: '2022-02' } });
  });

  it('that a correction takes back is proposed no more', async () => {
    const { firm, ref } = await recovered();
    await detection.at('2022-03-10 10:00');
    await detection.report(firm, { '2021-12': 60, '2022-01': 65, '2022-02': 65 });
    await detection.report(firm, { '2022-02': 125 });
    expect(await detection.told(firm)).toEqual(['new_distress accepted', 'relapse lapsed']);
    expect((await proposals()).filter(({ id }) => id === ref.id)).toEqual([]);
  });
});
