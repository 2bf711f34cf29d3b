import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/access/actor.js';
import type { SubjectRef } from '../../src/cases/subject.js';
import { FakeClock } from '../support/fake-clock.js';
import { type Desk, LifecycleWorld } from '../support/lifecycle-world.js';
import { Statements } from '../support/statements.js';

describe('statements of an action', () => {
  const clock = new FakeClock(new Date('2021-09-22T10:00:00+08:00'));
  let world: LifecycleWorld;
  let taskForce: AccountActor;
  let lead: Desk;
  let helper: Desk;
  let statements: Statements;

  beforeAll(async () => {
    world = await LifecycleWorld.open(clock);
    taskForce = await world.taskForce();
    [lead, helper] = [await world.desk(), await world.desk()];
    statements = Statements.of(world.app.app);
  });
  afterAll(() => world.close());

  const work = async (ref: SubjectRef): Promise<void> => {
    const { departmentId, officialId } = lead;
    const coHandlers = [{ departmentId: helper.departmentId }];
    await world.work.assign.run(taskForce, ref, {
      departmentId,
      officialId,
      complexity: 'general',
      coHandlers,
    });
    await world.work.acknowledge.run(lead.actor, ref, {});
  };
  const caseWith = async (problems: number, isWorked: boolean): Promise<SubjectRef> => {
    clock.set('2021-09-22T10:00:00+08:00');
    const ref = await world.case(taskForce);
    for (let made = 0; made < problems; made += 1) {
      const problem = await world.problem(taskForce, ref.id);
      if (isWorked) await work(problem);
    }
    if (isWorked) await work(ref);
    return ref;
  };
  const count = async (action: () => Promise<unknown>): Promise<number> =>
    (await statements.during(action)).length;
  const hold = (ref: SubjectRef) =>
    world.work.hold.run(taskForce, ref, { ground: 'litigation', reviewOn: '2021-10-20' });

  it('are as many for a case of twelve problems as for a case of two', async () => {
    const counted: Array<Record<string, number>> = [];
    // The first one finds caches empty.
    for (const problems of [1, 2, 12]) {
      const rejected = await caseWith(problems, false);
      const worked = await caseWith(problems, true);
      const held = await count(() => hold(worked));
      clock.set('2021-10-12T10:00:00+08:00');
      counted.push({
        reject: await count(() => world.closure.reject.run(taskForce, rejected, { reason: '不属实' })),
        hold: held,
        resume: await count(() => world.work.resume.run(taskForce, worked, {})),
        terminate: await count(() => world.closure.terminate.run(taskForce, worked, { ground: 'merged' })),
      });
      const [told] = await world.query(
        `SELECT (SELECT problems_open FROM cases WHERE id = $1) AS open,
                (SELECT count(*)::int FROM problems WHERE case_id = $1 AND status = 'terminated') AS ended,
                (SELECT count(DISTINCT due_at)::int FROM problems WHERE case_id = $1) AS due`,
        [worked.id],
      );
      expect(told).toEqual({ open: 0, ended: problems, due: 0 });
    }
    expect(counted[2]).toEqual(counted[1]);
    for (const number of Object.values(counted[1] ?? {})) expect(number).toBeLessThanOrEqual(22);
  });

  it('are few for a transition', async () => {
    const ref = await caseWith(0, false);
    const { departmentId, officialId } = lead;
    const assign = await count(() =>
      world.work.assign.run(taskForce, ref, { departmentId, officialId, complexity: 'general' }),
    );
    const acknowledge = await count(() => world.work.acknowledge.run(lead.actor, ref, {}));
    expect(assign).toBeLessThanOrEqual(12);
    expect(acknowledge).toBeLessThanOrEqual(12);
  });
});
