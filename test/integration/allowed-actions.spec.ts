import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/access/actor.js';
import { ROLES } from '../../src/access/role.js';
import { CasesRepository } from '../../src/cases/cases.repository.js';
import { type Action, ACTIONS } from '../../src/cases/lifecycle/actions.js';
import type { Status, SubjectKind } from '../../src/cases/lifecycle/states.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Refusal } from '../../src/platform/errors/refusal.js';
import { pastTriggers } from '../support/as-owner.js';
import { type Desk, LifecycleWorld } from '../support/lifecycle-world.js';

const COUNTY = '610902';
/** The office clock of this spec is the real one; these are far enough from it. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

interface Asking {
  who: string;
  actor: AccountActor;
}

/** What a reader is told that he may do, held to what becomes of it when he does it, and it is taken back. */
describe('the allowed actions of every state × role', () => {
  let world: LifecycleWorld;
  let taskForce: AccountActor;
  let lead: Desk;
  let other: Desk;
  let askers: Asking[];

  beforeAll(async () => {
    world = await LifecycleWorld.open();
    taskForce = await world.taskForce();
    [lead, other] = [await world.desk(COUNTY), await world.desk()];
    const { id: reportingUnitId } = await world.make.unit(COUNTY);
    const { id: elsewhereId } = await world.make.unit('610921');
    const leader = await world.someone('leader', { officialId: other.officialId });
    askers = [
      { who: 'task_force', actor: taskForce },
      { who: 'lead department', actor: lead.actor },
      { who: 'another department', actor: other.actor },
      { who: 'county', actor: await world.someone('county', { reportingUnitId }) },
      { who: 'another county', actor: await world.someone('county', { reportingUnitId: elsewhereId }) },
      { who: 'leader', actor: leader },
      { who: 'auditor', actor: await world.someone('auditor') },
      { who: 'system_admin', actor: await world.someone('system_admin') },
      { who: 'security_admin', actor: await world.someone('security_admin') },
    ];
  });
  afterAll(() => world.close());

  const answerable = (): { departmentId: string; officialId: string } => ({
    departmentId: lead.departmentId,
    officialId: lead.officialId,
  });

  async function closing(ref: SubjectRef) {
    const evidenceFileIds = [await world.evidence(ref)];
    return { outcome: 'explained', statement: '已解释', evidenceFileIds } as const;
  }

  async function bringTo(ref: SubjectRef, status: Status): Promise<SubjectRef> {
    const { work, closure } = world;
    if (status === 'reported') return ref;
    if (status === 'rejected') await closure.reject.run(taskForce, ref, { reason: '不属实' });
    else await work.assign.run(taskForce, ref, { ...answerable(), complexity: 'complex' });
    if (status === 'rejected' || status === 'assigned') return ref;
    if (status === 'terminated') {
      await closure.terminate.run(taskForce, ref, { ground: 'merged' });
      return ref;
    }
    await work.acknowledge.run(lead.actor, ref, {});
    if (status === 'on_hold') {
      await work.hold.run(taskForce, ref, { ground: 'litigation', reviewOn: inDays(20) });
    }
    if (status === 'verifying' || status === 'resolved') {
      await closure.requestClosure.run(lead.actor, ref, await closing(ref));
    }
    if (status === 'resolved') {
      await closure.approveClosure.run(taskForce, ref, {});
    }
    return ref;
  }

  async function inState(kind: SubjectKind, status: Status): Promise<SubjectRef> {
    const whole = await world.case(taskForce, COUNTY);
    return bringTo(kind === 'case' ? whole : await world.problem(taskForce, whole.id), status);
  }

  /** With all that the action needs; only who asks and how the subject stands can be against it. */
  async function act(action: Action, actor: AccountActor, ref: SubjectRef): Promise<void> {
    const { work, closure } = world;
    switch (action) {
      case 'report':
        return;
      case 'assign':
        return work.assign.run(actor, ref, { ...answerable(), complexity: 'simple' });
      case 'claim': {
        const own = actor.departmentId === other.departmentId ? other : lead;
        return work.claim.run(actor, ref, { officialId: own.officialId });
      }
      case 'acknowledge':
        return work.acknowledge.run(actor, ref, {});
      case 'return':
        return work.giveBack.run(actor, ref, { ground: 'other', reason: '不属于我局' });
      case 'reassign':
        return work.reassign.run(actor, ref, { ...answerable(), reason: '改派' });
      case 'hold':
        return work.hold.run(actor, ref, { ground: 'litigation', reviewOn: inDays(20) });
      case 'resume':
        return work.resume.run(actor, ref, {});
      case 'request_closure':
        return closure.requestClosure.run(actor, ref, await closing(ref));
      case 'approve_closure':
        return closure.approveClosure.run(actor, ref, {});
      case 'send_back':
        return closure.sendBack.run(actor, ref, { reason: '证据不足' });
      case 'reopen':
        return closure.reopen.run(actor, ref, { ...answerable(), reason: '反弹', dueOn: inDays(20) });
      case 'reject':
        return closure.reject.run(actor, ref, { reason: '不属实' });
      case 'terminate':
        return closure.terminate.run(actor, ref, { ground: 'merged' });
    }
  }

  /** The actions that are done, each tried on its own and taken back. */
  async function done(actor: AccountActor, ref: SubjectRef): Promise<Action[]> {
    const found: Action[] = [];
    for (const action of ACTIONS.filter((candidate) => candidate !== 'report')) {
      try {
        await world.app.app.get(Transactions).rehearse(() => act(action, actor, ref));
        found.push(action);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
    return found;
  }

  /** `null`: the asker does not see it. */
  async function told(actor: AccountActor, { kind, id }: SubjectRef): Promise<Action[] | null> {
    const views = world.app.app.get(CasesRepository);
    try {
      const { allowedActions } = await (kind === 'case'
        ? views.getCase(actor, id)
        : views.getProblem(actor, id));
      return allowedActions;
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return null;
      throw error;
    }
  }

  async function differences(ref: SubjectRef): Promise<string[]> {
    const found: string[] = [];
    for (const { who, actor } of askers) {
      const [said, could] = [(await told(actor, ref)) ?? [], await done(actor, ref)];
      if (said.join() !== could.join()) found.push(`${who} is told: ${said.join()}; could: ${could.join()}`);
    }
    return found;
  }

  it('are asked for by every role', () => {
    expect(new Set(askers.map(({ actor }) => actor.role))).toEqual(new Set(ROLES));
  });

  describe.each(['case', 'problem'] as const)('of a %s', (kind) => {
    it.each([
      'reported',
      'assigned',
      'in_progress',
      'verifying',
      'resolved',
      'on_hold',
      'rejected',
      'terminated',
    ] as const)('that is %s', async (status) => {
      const ref = await inState(kind, status);
      expect(await differences(ref)).toEqual([]);
      // Something is told to someone, unless it is over for good.
      const office = await told(taskForce, ref);
      expect(office?.length === 0).toBe(status === 'rejected' || status === 'terminated');
    });
  });

  it('are those of a final assignment, which is not returned', async () => {
    const ref = await inState('case', 'reported');
    for (const returned of [1, 2]) {
      await bringTo(ref, 'assigned');
      await world.work.giveBack.run(lead.actor, ref, { ground: 'other', reason: `第 ${returned} 次` });
    }
    await bringTo(ref, 'assigned');
    expect(await told(lead.actor, ref)).toEqual(['acknowledge']);
    expect(await differences(ref)).toEqual([]);
  });

  it('are those of a case with an open problem, which is not closed', async () => {
    const ref = await inState('case', 'in_progress');
    await world.problem(taskForce, ref.id);
    expect(await told(lead.actor, ref)).toEqual([]);
    expect(await differences(ref)).toEqual([]);
  });

  it('are those of a closed problem whose case is closed, being verified or terminated', async () => {
    const whole = await world.case(taskForce, COUNTY);
    const problem = await bringTo(await world.problem(taskForce, whole.id), 'resolved');
    expect(await told(taskForce, problem)).toEqual(['reopen']);
    await bringTo(whole, 'verifying');
    expect([await told(taskForce, problem), await differences(problem)]).toEqual([[], []]);
    await world.closure.terminate.run(taskForce, whole, { ground: 'merged' });
    expect([await told(taskForce, problem), await differences(problem)]).toEqual([[], []]);
  });

  it('are those of whoever asked for the closure, who does not decide on it', async () => {
    const ref = await inState('case', 'in_progress');
    await world.closure.requestClosure.run(lead.actor, ref, await closing(ref));
    await pastTriggers(
      world.app.database,
      `UPDATE closure_requests SET requested_by = '${taskForce.accountId}'
        WHERE assignment_id IN (SELECT assignment_id FROM cases WHERE id = '${ref.id}')`,
    );
    expect(await told(taskForce, ref)).toEqual(['terminate']);
    expect(await differences(ref)).toEqual([]);
  });
});
