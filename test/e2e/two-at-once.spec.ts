import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/access/actor.js';
import type { SubjectKind } from '../../src/cases/lifecycle/states.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import { type Desk, LifecycleWorld } from '../support/lifecycle-world.js';
import type { Answer, Client } from '../support/test-app.js';

const TIMES = 50;
/** Set up at the same time. */
const TOGETHER = 10;
/** The office clock of this spec is the real one; these are far enough from it. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** One action: who the two clients are, and what they both send. */
interface Contest {
  action: string;
  event: string;
  by: 'office' | 'lead';
  body: (ref: SubjectRef) => object | Promise<object>;
  /** Both name the version they saw, where the action leaves a state in which it could be done again. */
  isByVersion?: boolean;
}

/** What each leaves behind is what the next one needs. */
interface Life {
  from: State;
  contests: Contest[];
}
type State = 'reported' | 'in_progress' | 'verifying' | 'resolved';

describe('two clients doing the same at the same time', () => {
  let world: LifecycleWorld;
  let taskForce: AccountActor;
  let lead: Desk;
  let other: Desk;
  let office: [Client, Client];
  let leads: [Client, Client];
  let departments: [Client, Client];

  beforeAll(async () => {
    world = await LifecycleWorld.open();
    taskForce = await world.taskForce();
    [lead, other] = [await world.desk(), await world.desk()];
    const { departmentId } = taskForce;
    const colleague = await world.make.account('task_force', { departmentId });
    office = [
      await world.app.as('task_force'),
      await world.app.signIn(colleague.username, colleague.password),
    ];
    leads = [await lead.client(), await lead.client()];
    departments = [await lead.client(), await other.client()];
  });
  afterAll(() => world.close());

  const answerable = (): { departmentId: string; officialId: string } => ({
    departmentId: lead.departmentId,
    officialId: lead.officialId,
  });

  const closing = async (ref: SubjectRef) => ({
    outcome: 'explained' as const,
    statement: '已解释',
    evidenceFileIds: [await world.evidence(ref)],
  });

  async function reported(kind: SubjectKind): Promise<SubjectRef> {
    const ref = await world.case(taskForce);
    if (kind === 'case') return ref;
    return world.problem(taskForce, ref.id);
  }

  /** Brings a new case or problem into a state, by the services. */
  async function inState(kind: SubjectKind, from: State): Promise<SubjectRef> {
    const ref = await reported(kind);
    const { work, closure } = world;
    if (from === 'reported') return ref;
    await work.assign.run(taskForce, ref, { ...answerable(), complexity: 'complex' });
    await work.acknowledge.run(lead.actor, ref, {});
    if (from === 'in_progress') return ref;
    await closure.requestClosure.run(lead.actor, ref, await closing(ref));
    if (from === 'resolved') await closure.approveClosure.run(taskForce, ref, {});
    return ref;
  }

  const LIVES: Life[] = [
    {
      from: 'reported',
      contests: [
        {
          action: 'assign',
          event: 'assigned',
          by: 'office',
          body: () => ({ ...answerable(), complexity: 'complex' }),
        },
        { action: 'acknowledge', event: 'acknowledged', by: 'lead', body: () => ({}) },
        {
          action: 'hold',
          event: 'held',
          by: 'office',
          body: () => ({ ground: 'litigation', reviewOn: inDays(20) }),
        },
        { action: 'resume', event: 'resumed', by: 'office', body: () => ({}) },
        { action: 'request-closure', event: 'closure_requested', by: 'lead', body: closing },
        { action: 'send-back', event: 'sent_back', by: 'office', body: () => ({ reason: '证据不足' }) },
        {
          action: 'extensions',
          event: 'extension_requested',
          by: 'lead',
          body: () => ({ dueOn: inDays(60), reason: '等待批复' }),
        },
        {
          action: 'reassign',
          event: 'reassigned',
          by: 'office',
          body: () => ({ departmentId: other.departmentId, officialId: other.officialId, reason: '改派' }),
          isByVersion: true,
        },
        { action: 'terminate', event: 'terminated', by: 'office', body: () => ({ ground: 'merged' }) },
      ],
    },
    {
      from: 'verifying',
      contests: [
        { action: 'approve-closure', event: 'resolved', by: 'office', body: () => ({}) },
        {
          action: 'reopen',
          event: 'reopened',
          by: 'office',
          body: () => ({ ...answerable(), reason: '反弹', dueOn: inDays(60) }),
        },
        {
          action: 'return',
          event: 'returned',
          by: 'lead',
          body: () => ({ ground: 'other', reason: '不属于' }),
        },
        { action: 'reject', event: 'rejected', by: 'office', body: () => ({ reason: '不属实' }) },
      ],
    },
  ];

  const pathOf = ({ kind, id }: SubjectRef): string => (kind === 'case' ? `/cases/${id}` : `/problems/${id}`);

  /** Both send at once, the first one first as often as the second. */
  async function contest(
    at: number,
    clients: [Client, Client],
    send: (client: Client) => Promise<Answer>,
  ): Promise<Answer[]> {
    const [one, two] = clients;
    return Promise.all((at % 2 === 0 ? [one, two] : [two, one]).map(send));
  }

  /** Exactly one won, the other was told why not, and one event says so. */
  async function settle(ref: SubjectRef, event: string, answers: readonly Answer[]): Promise<void> {
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(`${event}: ${statuses.join(' and ')}`).toMatch(/: 20[01] and 4(09|12)$/);
    const story = await world.events(ref);
    expect(story.filter(({ type }) => type === event)).toHaveLength(1);
    expect(story.at(-1)?.type).toBe(event);
  }

  /** Fifty contests, a fifth of them over problems; each is set up by the services beforehand, several at a time. */
  async function fifty(
    from: State,
    run: (ref: SubjectRef, at: number) => Promise<void>,
    kindOf = (at: number): SubjectKind => (at % 5 === 4 ? 'problem' : 'case'),
  ): Promise<void> {
    for (let at = 0; at < TIMES; at += TOGETHER) {
      const places = Array.from({ length: TOGETHER }, (_, place) => at + place);
      const refs = await Promise.all(places.map((place) => inState(kindOf(place), from)));
      for (const [place, ref] of refs.entries()) await run(ref, at + place);
    }
  }

  it.each(LIVES)('each action of a life, from $from', ({ from, contests }) =>
    fifty(from, async (ref, at) => {
      for (const { action, event, by, isByVersion, body } of contests) {
        const { version } = await world.row<{ version: number }>(ref);
        const seen: Record<string, string> = isByVersion === true ? { 'if-match': `"${version}"` } : {};
        const sent = await body(ref);
        const send = (client: Client): Promise<Answer> => client.post(`${pathOf(ref)}/${action}`, sent, seen);
        await settle(ref, event, await contest(at, by === 'office' ? office : leads, send));
      }
    }),
  );

  it('claim, by two departments', () =>
    fifty('reported', async (ref, at) => {
      const send = (client: Client): Promise<Answer> => {
        const { officialId } = client === departments[0] ? lead : other;
        return client.post(`${pathOf(ref)}/claim`, { officialId });
      };
      await settle(ref, 'claimed', await contest(at, departments, send));
    }));

  const asked = { dueOn: inDays(60), reason: '等待批复' };
  it.each([
    ['approve', 'extension_approved', {}],
    ['refuse', 'extension_refused', { reason: '理由不足' }],
  ])('%s of an extension', (decision, event, body) =>
    fifty('in_progress', async (ref, at) => {
      const id = await world.extensions.request(lead.actor, ref, asked);
      const send = (client: Client): Promise<Answer> => client.post(`/extensions/${id}/${decision}`, body);
      await settle(ref, event, await contest(at, office, send));
    }),
  );

  it('approve and refuse of one extension: one of the two', () =>
    fifty('in_progress', async (ref, at) => {
      const id = await world.extensions.request(lead.actor, ref, asked);
      const answers = await contest(at, office, (client) =>
        client === office[0]
          ? client.post(`/extensions/${id}/approve`)
          : client.post(`/extensions/${id}/refuse`, { reason: '理由不足' }),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      const decided = (await world.events(ref)).filter(({ type }) =>
        /^extension_(approved|refused)$/.test(type),
      );
      expect(decided).toHaveLength(1);
    }));

  it('report of a case of one enterprise', async () => {
    for (let at = 0; at < TIMES; at += 1) {
      const { id: enterpriseId } = await world.make.enterprise();
      const send = (client: Client): Promise<Answer> =>
        client.post('/cases', { enterpriseId, distressType: 'stalled' });
      const answers = await contest(at, office, send);
      expect(answers.map(({ status, body }) => [status, body['code']]).toSorted()).toEqual([
        [201, undefined],
        [409, 'LIVE_CASE_EXISTS'],
      ]);
    }
  });

  it('a report and a reopening of one enterprise: one live case', () =>
    fifty(
      'resolved',
      async (ref, at) => {
        const { enterpriseId } = await world.row<{ enterpriseId: string }>(ref);
        const answers = await contest(at, office, (client) =>
          client === office[0]
            ? client.post('/cases', { enterpriseId, distressType: 'stalled' })
            : client.post(`/cases/${ref.id}/reopen`, {
                ...answerable(),
                reason: '反弹',
                dueOn: inDays(60),
              }),
        );
        expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
        const [loser] = answers.filter(({ status }) => status >= 300);
        expect([loser?.status, loser?.body['code']]).toEqual([409, 'LIVE_CASE_EXISTS']);
      },
      () => 'case',
    ));
});
