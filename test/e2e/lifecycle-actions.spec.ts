import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubjectKind } from '../../src/cases/lifecycle/states.js';
import type { CaseView } from '../../src/cases/views/case-view.js';
import { LifecycleStory, pathOf, refusal, refused } from '../support/lifecycle-story.js';
import type { Client } from '../support/test-app.js';

type Reach = 'reported' | 'assigned' | 'working' | 'verifying' | 'resolved' | 'held';
const ACTIONS_BY_PATH = `
  assign claim acknowledge return reassign hold resume
  request-closure approve-closure send-back reopen reject terminate
`
  .trim()
  .split(/\s+/);

describe('every action by HTTP, right and refused', () => {
  let story: LifecycleStory;

  beforeAll(async () => {
    story = await LifecycleStory.open();
  });
  afterAll(() => story.world.close());

  describe.each<SubjectKind>(['case', 'problem'])('a %s', (kind) => {
    it('is claimed by a department for itself, signed for at once, with the limit of a general one', async () => {
      const ref = await story.reported(kind);
      expect(
        refusal(await story.act(story.office, ref, 'claim', { officialId: story.desks.lead.officialId })),
      ).toBe('403 ACTION_NOT_YOURS');
      const foreign = await story.act(story.leads, ref, 'claim', {
        officialId: story.desks.other.officialId,
      });
      expect([refusal(foreign), refused(foreign).errors?.[0]]).toEqual([
        '400 ANSWERABLE_INVALID',
        expect.objectContaining({ pointer: '/officialId', code: 'OFFICIAL_OF_ANOTHER_DEPARTMENT' }),
      ]);
      const dated = await story.act(story.leads, ref, 'claim', {
        officialId: story.desks.lead.officialId,
        dueOn: '2021-12-31',
      });
      expect(refusal(dated)).toBe('400 VALIDATION_FAILED');
      // As people copy ids: in upper case.
      const claimed = await story.done(story.leads, ref, 'claim', {
        officialId: story.desks.lead.officialId.toUpperCase(),
      });
      expect(claimed).toMatchObject({
        status: 'in_progress',
        complexity: 'general',
        assignment: { department: { id: story.desks.lead.departmentId }, deadlineVersion: 1 },
      });
      expect(new Date(claimed.assignment?.dueAt ?? 0)).toEqual(new Date('2021-11-22T18:00:00+08:00'));
      expect(claimed.assignment?.acknowledgedAt).not.toBeNull();
      expect((await story.world.events(ref)).at(-1)?.payload['officialId']).toBe(story.desks.lead.officialId);
      expect(
        refusal(await story.act(story.leads, ref, 'claim', { officialId: story.desks.lead.officialId })),
      ).toBe('409 CASE_TRANSITION_REFUSED');
    });

    it('is returned at most twice, after which the assignment is final', async () => {
      const ref = await story.reported(kind);
      const assign = { ...story.answerable(), complexity: 'simple' };
      const back = { ground: 'not_our_remit', reason: '不属于我局' };
      for (const isFinal of [false, false, true]) {
        expect((await story.done(story.office, ref, 'assign', assign)).assignment?.isFinal).toBe(isFinal);
        if (isFinal) break;
        const returned = await story.done(story.leads, ref, 'return', back);
        expect(returned).toMatchObject({ status: 'reported', assignment: null, isOverdue: false });
      }
      const answer = await story.act(story.leads, ref, 'return', back);
      expect(refusal(answer)).toBe('409 ASSIGNMENT_FINAL');
      expect(refused(answer).params).toEqual({
        status: 'assigned',
        action: 'return',
        allowedActions: ['acknowledge'],
      });
      expect((await story.view(ref)).status).toBe('assigned');
    });

    it('is returned on a ground from the list, with a reason, by its lead department', async () => {
      const ref = await story.assigned(kind);
      const back = { ground: 'other', reason: '不属于' };
      expect(refusal(await story.act(story.leads, ref, 'return', { ...back, ground: 'tired' }))).toBe(
        '400 VALIDATION_FAILED',
      );
      expect(refusal(await story.act(story.leads, ref, 'return', { ...back, reason: ' ' }))).toBe(
        '400 VALIDATION_FAILED',
      );
      expect(refusal(await story.act(story.office, ref, 'return', back))).toBe('403 ACTION_NOT_YOURS');
      expect(refusal(await story.act(story.others, ref, 'return', back))).toBe('404 NOT_FOUND');
    });

    it('is reassigned with its deadline and its co-handlers', async () => {
      const ref = await story.assigned(kind, {
        coHandlers: [story.answerable(story.desks.helper), story.answerable(story.desks.other)],
      });
      const first = await story.view(ref);
      await story.done(story.leads, ref, 'acknowledge');
      expect(
        refusal(
          await story.act(story.leads, ref, 'reassign', {
            ...story.answerable(story.desks.other),
            reason: '改派',
          }),
        ),
      ).toBe('403 ACTION_NOT_YOURS');
      expect(
        refusal(await story.act(story.office, ref, 'reassign', story.answerable(story.desks.other))),
      ).toBe('400 VALIDATION_FAILED');
      const again = await story.done(story.office, ref, 'reassign', {
        ...story.answerable(story.desks.other),
        reason: '改派',
      });
      expect(again).toMatchObject({
        status: 'assigned',
        assignment: {
          department: { id: story.desks.other.departmentId },
          acknowledgedAt: null,
          dueAt: first.assignment?.dueAt,
          deadlineVersion: 1,
        },
      });
      expect(again.assignment?.id).not.toBe(first.assignment?.id);
      // Who leads now does not help itself.
      expect(again.coHandlers.map(({ department }) => department.id)).toEqual([
        story.desks.helper.departmentId,
      ]);
      expect(
        (await story.act(story.helpers, ref, 'reassign', { ...story.answerable(), reason: '改派' })).status,
      ).toBe(403);
      expect(refusal(await story.act(story.leads, ref, 'acknowledge'))).toBe('404 NOT_FOUND');
      const history = await story.world.query(
        'SELECT end_reason FROM assignments WHERE $1 IN (case_id, problem_id) ORDER BY assigned_at, id',
        [ref.id],
      );
      expect(history).toEqual([{ end_reason: 'superseded' }, { end_reason: null }]);
    });

    it('is reassigned by a county inside its territory, which sets no other deadline', async () => {
      const ref = await story.assigned(kind, story.answerable(story.desks.bureau));
      const second = await story.world.desk('610902');
      const body = { ...story.answerable(second), reason: '改派' };
      expect(refusal(await story.act(story.county, ref, 'reassign', { ...body, dueOn: '2021-12-01' }))).toBe(
        '403 DUE_DATE_NOT_YOURS',
      );
      expect(
        refusal(await story.act(story.county, ref, 'reassign', { ...story.answerable(), reason: '改派' })),
      ).toBe('403 DEPARTMENT_OUTSIDE_TERRITORY');
      await story.done(story.county, ref, 'reassign', body);
      const dated = await story.done(story.office, ref, 'reassign', { ...body, dueOn: '2021-12-01' });
      expect(new Date(dated.assignment?.dueAt ?? 0)).toEqual(new Date('2021-12-01T18:00:00+08:00'));
      expect(refusal(await story.act(story.office, ref, 'reassign', { ...body, dueOn: '2021-10-29' }))).toBe(
        '400 DUE_DATE_PAST',
      );
    });

    it('is held until a review date, and resumed', async () => {
      const ref = await story.working(kind);
      const hold = { ground: 'litigation', reviewOn: '2021-11-20', reason: '诉讼中' };
      expect(refusal(await story.act(story.leads, ref, 'hold', hold))).toBe('403 ACTION_NOT_YOURS');
      expect(refusal(await story.act(story.office, ref, 'hold', { ...hold, ground: 'holiday' }))).toBe(
        '400 VALIDATION_FAILED',
      );
      for (const reviewOn of ['2021-10-31', '2021-11-01', '2021-12-02']) {
        expect(refusal(await story.act(story.office, ref, 'hold', { ...hold, reviewOn }))).toBe(
          '400 REVIEW_DATE_INVALID',
        );
      }
      expect(refusal(await story.act(story.office, ref, 'resume'))).toBe('409 CASE_TRANSITION_REFUSED');
      expect(await story.done(story.office, ref, 'hold', { ...hold, reviewOn: '2021-12-01' })).toMatchObject({
        status: 'on_hold',
        light: 'grey',
        allowedActions: ['resume', 'terminate'],
      });
      expect(refusal(await story.act(story.leads, ref, 'resume'))).toBe('403 ACTION_NOT_YOURS');
      expect((await story.done(story.office, ref, 'resume', { note: '已判决' })).status).toBe('in_progress');
    });

    it('is reopened with a new deadline, its first closure kept', async () => {
      const ref = await story.resolved(kind);
      const again = { reason: '反弹', ...story.answerable(story.desks.other), dueOn: '2021-12-01' };
      expect(refusal(await story.act(story.leads, ref, 'reopen', again))).toBe('403 ACTION_NOT_YOURS');
      expect(refusal(await story.act(story.office, ref, 'reopen', { ...again, dueOn: undefined }))).toBe(
        '400 VALIDATION_FAILED',
      );
      expect(refusal(await story.act(story.office, ref, 'reopen', { ...again, dueOn: '2021-10-29' }))).toBe(
        '400 DUE_DATE_PAST',
      );
      const mixed = { ...again, officialId: story.desks.lead.officialId };
      expect(refusal(await story.act(story.office, ref, 'reopen', mixed))).toBe('400 ANSWERABLE_INVALID');
      expect((await story.view(ref)).status).toBe('resolved');
      expect(await story.done(story.office, ref, 'reopen', again)).toMatchObject({
        status: 'assigned',
        outcome: null,
        resolvedAt: null,
        reopenCount: 1,
        assignment: { department: { id: story.desks.other.departmentId }, isFinal: false },
      });
      const types = (await story.world.events(ref)).map(({ type }) => type);
      expect(types.slice(-2)).toEqual(['resolved', 'reopened']);
    });

    it('is rejected with a reason before anybody answers for it', async () => {
      const ref = await story.reported(kind);
      expect(refusal(await story.act(story.office, ref, 'reject'))).toBe('400 VALIDATION_FAILED');
      expect(refusal(await story.act(story.county, ref, 'reject', { reason: '不属实' }))).toBe(
        '403 ACTION_NOT_YOURS',
      );
      const rejected = await story.done(story.office, ref, 'reject', { reason: '不属实' });
      expect(rejected).toMatchObject({ status: 'rejected', light: null, allowedActions: [] });
    });

    it.each([
      ['reported', 'reported'],
      ['assigned', 'assigned'],
      ['in_progress', 'working'],
      ['verifying', 'verifying'],
      ['on_hold', 'held'],
    ] as const)('is terminated while %s, with everything that waited on it', async (_status, reach) => {
      const ref = await story[reach](kind);
      expect(refusal(await story.act(story.office, ref, 'terminate', { ground: 'boredom' }))).toBe(
        '400 VALIDATION_FAILED',
      );
      expect((await story.act(story.leads, ref, 'terminate', { ground: 'merged' })).status).toBe(403);
      expect(await story.done(story.office, ref, 'terminate', { ground: 'bankrupt' })).toMatchObject({
        status: 'terminated',
        light: null,
        allowedActions: [],
      });
      const waiting = await story.world.query(
        `SELECT 1 FROM assignments a LEFT JOIN closure_requests r ON r.assignment_id = a.id
          WHERE $1 IN (a.case_id, a.problem_id) AND (a.ended_at IS NULL OR (r.id IS NOT NULL AND r.decided_at IS NULL))`,
        [ref.id],
      );
      expect(waiting).toEqual([]);
    });

    /** Actions that a state refuses even to whom they belong; the unit table has every role. */
    const REFUSED: Array<[Reach, string]> = [
      ['reported', 'acknowledge'],
      ['reported', 'hold'],
      ['reported', 'approve-closure'],
      ['reported', 'reopen'],
      ['assigned', 'assign'],
      ['assigned', 'reject'],
      ['assigned', 'hold'],
      ['assigned', 'request-closure'],
      ['working', 'acknowledge'],
      ['working', 'return'],
      ['working', 'send-back'],
      ['verifying', 'reassign'],
      ['verifying', 'hold'],
      ['verifying', 'request-closure'],
      ['held', 'hold'],
      ['held', 'reassign'],
      ['held', 'request-closure'],
      ['resolved', 'terminate'],
      ['resolved', 'approve-closure'],
      ['resolved', 'reassign'],
    ];
    it('is not changed by an action that its state refuses, which says what is allowed', async () => {
      const byLead = new Set(['acknowledge', 'return', 'request-closure']);
      for (const [reach, action] of REFUSED) {
        const ref = await story[reach](kind);
        const before = await story.world.events(ref);
        const { status, version } = await story.view(ref);
        const client = byLead.has(action) && reach !== 'reported' ? story.leads : story.office;
        const expected =
          client === story.office && byLead.has(action)
            ? '403 ACTION_NOT_YOURS'
            : '409 CASE_TRANSITION_REFUSED';
        const answer = await story.act(client, ref, action, story.body(action));
        expect([action, status, refusal(answer)]).toEqual([action, status, expected]);
        const { params } = refused(answer);
        const own = await client.get<CaseView>(pathOf(ref));
        expect(params).toEqual({
          status,
          action: action.replace('-', '_'),
          allowedActions: own.body.allowedActions,
        });
        expect([await story.world.events(ref), (await story.view(ref)).version]).toEqual([before, version]);
      }
    });

    it('refused for what is asked, not for the state, says where it stands as well', async () => {
      const past = { ...story.answerable(), dueOn: '2021-10-29' };
      const mixed = { ...story.answerable(), officialId: story.desks.other.officialId, complexity: 'simple' };
      const far = { ...story.answerable(story.desks.bureau), reason: '改派', dueOn: '2021-12-01' };
      const hold = { ground: 'litigation', reviewOn: '2022-11-20' };
      const closing = {
        outcome: kind === 'case' ? 'recovered' : 'solved',
        statement: '已办',
        evidenceFileIds: [],
      };
      const extension = (dueOn: string) => ({ dueOn, reason: '等待省厅批复' });
      const cases: Array<[Reach, Client, string, object, string]> = [
        ['reported', story.office, 'assign', past, '400 DUE_DATE_PAST'],
        ['reported', story.office, 'assign', mixed, '400 ANSWERABLE_INVALID'],
        [
          'reported',
          story.county,
          'assign',
          { ...mixed, ...story.answerable() },
          '403 DEPARTMENT_OUTSIDE_TERRITORY',
        ],
        ['working', story.county, 'reassign', far, '403 DUE_DATE_NOT_YOURS'],
        ['working', story.office, 'hold', hold, '400 REVIEW_DATE_INVALID'],
        [
          'working',
          story.leads,
          'request-closure',
          closing,
          kind === 'case' ? '409 RECOVERY_NOT_SHOWN' : '409 EVIDENCE_MISSING',
        ],
        ['working', story.leads, 'extensions', extension('2022-11-10'), '400 EXTENSION_TOO_LONG'],
      ];
      const names: Record<string, string> = { extensions: 'request_extension' };
      for (const [reach, client, path, body, expected] of cases) {
        const ref = await story[reach](kind);
        const { status, allowedActions } = (await client.get<CaseView>(pathOf(ref))).body;
        const answer = await story.act(client, ref, path, body);
        expect(refusal(answer)).toBe(expected);
        const action = names[path] ?? path.replace('-', '_');
        expect(refused(answer).params).toMatchObject({ status, action, allowedActions });
      }
      const ref = await story.working(kind);
      const ask = () => story.act(story.leads, ref, 'extensions', extension('2021-12-01'));
      const { id } = (await ask()).body;
      const decide = () => story.office.post(`/extensions/${id}/approve`);
      const standing = { status: 'in_progress', allowedActions: expect.any(Array) };
      expect(refused(await ask()).params).toEqual({ ...standing, action: 'request_extension' });
      await decide();
      expect(refused(await decide()).params).toEqual({
        ...standing,
        action: 'approve_extension',
        decision: 'approved',
      });
    });

    it('takes the version that was seen, for every action', async () => {
      const ref = await story.reported(kind);
      for (const [action, body] of ACTIONS_BY_PATH.map((action) => [action, story.body(action)] as const)) {
        const stale = await story.office.post(`${pathOf(ref)}/${action}`, body, { 'if-match': '"99"' });
        expect([action, refusal(stale)]).toEqual([action, '412 VERSION_STALE']);
      }
    });
  });

  it('claimed by who never saw it in the pool is not there, whatever happens to it just then', async () => {
    const ref = await story.working('case');
    story.clock.advance(61_000);
    await story.done(story.office, ref, 'reassign', story.body('reassign'));
    const claim = { officialId: story.desks.helper.officialId };
    expect(refusal(await story.act(story.helpers, ref, 'claim', claim))).toBe('404 NOT_FOUND');
  });

  it('claimed a moment after another did is told so', async () => {
    const ref = await story.reported('case');
    const [first, second] = [story.desks.lead, story.desks.helper];
    await story.done(story.leads, ref, 'claim', { officialId: first.officialId });
    story.clock.advance(30_000);
    const late = { officialId: second.officialId };
    expect(refusal(await story.act(story.helpers, ref, 'claim', late))).toBe('409 CASE_TRANSITION_REFUSED');
    story.clock.advance(31_000);
    expect(refusal(await story.act(story.helpers, ref, 'claim', late))).toBe('404 NOT_FOUND');
  });

  it('claimed a moment after another did, by who never sees the pool, is not there', async () => {
    const ref = await story.reported('case');
    await story.done(story.leads, ref, 'claim', { officialId: story.desks.lead.officialId });
    const { id: reportingUnitId } = await story.world.make.unit('610921');
    const { username, password } = await story.world.make.account('county', { reportingUnitId });
    const elsewhere = await story.world.app.signIn(username, password);
    const claim = { officialId: story.desks.helper.officialId };
    expect(refusal(await story.act(elsewhere, ref, 'claim', claim))).toBe('404 NOT_FOUND');
  });

  it('co-handled by who leads it is refused', async () => {
    const ref = await story.reported('case');
    const { departmentId } = story.desks.lead;
    const coHandlers = [{ departmentId: story.desks.helper.departmentId }, { departmentId }];
    const body = { ...story.answerable(), complexity: 'simple', coHandlers };
    const answer = await story.act(story.office, ref, 'assign', body);
    expect([refusal(answer), refused(answer).errors]).toEqual([
      '400 ANSWERABLE_INVALID',
      [expect.objectContaining({ pointer: '/coHandlers/1/departmentId', code: 'CO_HANDLER_LEADS' })],
    ]);
  });

  it('is not reported where something stands in the way, which is named', async () => {
    const ref = await story.verifying('case');
    const { enterpriseId } = await story.world.row<{ enterpriseId: string }>(ref);
    const again = await story.office.post('/cases', { enterpriseId, distressType: 'stalled' });
    const problem = { title: '用地手续', category: 'land', cause: 'government' };
    const more = await story.office.post(`/cases/${ref.id}/problems`, problem);
    expect([refusal(again), refusal(more)]).toEqual(['409 LIVE_CASE_EXISTS', '409 CASE_BEING_VERIFIED']);
    for (const answer of [again, more])
      expect(refused(answer).params).toEqual({ status: 'verifying', action: 'report', allowedActions: [] });
  });
});
