import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubjectRef } from '../../src/cases/subject.js';
import { type Desk, LifecycleWorld } from '../support/lifecycle-world.js';
import { type Statement, Statements } from '../support/statements.js';
import type { Client } from '../support/test-app.js';

interface Items {
  items: unknown[];
}

const FEW = 25;
const MANY = 100;
/** Of responsibility lists and of bulks, of which each one costs more to make. */
const SOME = { few: 3, many: 12 };

describe('what a request asks of the database', () => {
  let world: LifecycleWorld;
  let statements: Statements;
  let office: Client;
  let desk: Desk;
  let cases: SubjectRef[];
  /** With three problems, and with twelve. */
  let small: SubjectRef;
  let large: SubjectRef;

  beforeAll(async () => {
    world = await LifecycleWorld.open();
    statements = Statements.of(world.app.app);
    office = await world.app.as('task_force');
    desk = await world.desk();
    const actor = await world.taskForce();
    cases = [];
    for (let made = 0; made < MANY; made += 1) cases.push(await world.case(actor));
    [small, large] = [cases[0] ?? never(), cases[1] ?? never()];
    for (let made = 0; made < SOME.few; made += 1) await world.problem(actor, small.id);
    for (let made = 0; made < MANY; made += 1) await world.problem(actor, large.id);
    const assign = { departmentId: desk.departmentId, officialId: desk.officialId, complexity: 'general' };
    const coHandlers = [await world.desk(), await world.desk()].map(({ departmentId }) => ({ departmentId }));
    const ids = cases.slice(0, MANY - 2 * SOME.many).map(({ id }) => id);
    const bulk = { action: 'assign', ids, body: { ...assign, coHandlers } };
    expect((await office.post('/cases/bulk', bulk)).body).toMatchObject({ done: ids.length, refused: 0 });
  }, 120_000);
  afterAll(() => world.close());

  /** Of three times that in which the least was sent: what is kept in memory is read again by itself now and then. */
  const fewest = async (work: () => Promise<void>): Promise<Statement[]> => {
    const times = [
      await statements.during(work),
      await statements.during(work),
      await statements.during(work),
    ];
    return times.reduce((least, one) => (one.length < least.length ? one : least));
  };

  /** What is sent for a read, once what is kept in memory is there. */
  const sent = async (path: string, client = office): Promise<{ rows: number; statements: string[] }> => {
    await client.get(path);
    let rows = 1;
    const asked = await fewest(async () => {
      const { status, body } = await client.get<Partial<Items>>(path);
      expect(status).toBe(200);
      rows = body.items?.length ?? 1;
    });
    // The session of the asker, at least: else nobody listened.
    expect(asked.length).toBeGreaterThan(0);
    return { rows, statements: asked.map(({ sql }) => sql.trim().split(/\s+/, 6).join(' ')) };
  };

  it.each([
    ['cases', '/cases?'],
    ['cases that match a fragment', '/cases?q=AK-&'],
    ['cases with their number', '/cases?count=exact&'],
    ['problems', '/problems?'],
    ['problems by a fragment', '/problems?q=P-2&'],
    ['the claim pool', '/claim-pool?'],
  ])('is the same for many %s as for few', async (_what, path) => {
    const few = await sent(`${path}limit=${FEW}`);
    const many = await sent(`${path}limit=${MANY}`);
    expect([few.rows, many.rows]).toEqual([FEW, expect.any(Number)]);
    expect(many.rows).toBeGreaterThan(3 * FEW);
    expect(many.statements).toEqual(few.statements);
    expect(few.statements.length).toBeLessThanOrEqual(4);
  });

  it('is the same for a department that reads what it leads and may claim', async () => {
    const client = await desk.client();
    const few = await sent(`/cases?limit=${FEW}`, client);
    const many = await sent(`/cases?limit=${MANY}`, client);
    expect([few.rows, many.rows]).toEqual([FEW, MANY]);
    expect(many.statements).toEqual(few.statements);
  });

  it.each(['', '/problems?limit=200', '/timeline?limit=200', '/assignments?limit=200'])(
    'is the same for a case with many problems as with few: /cases/{id}%s',
    async (path) => {
      const few = await sent(`/cases/${small.id}${path}`);
      const many = await sent(`/cases/${large.id}${path}`);
      if (!['', '/assignments?limit=200'].includes(path)) expect(many.rows).toBeGreaterThan(10 * few.rows);
      expect(many.statements).toEqual(few.statements);
      expect(few.statements.length).toBeLessThanOrEqual(4);
    },
  );

  it('is the same for a long responsibility list as for a short one, and for many lists as for few', async () => {
    const item = { title: '用地', category: 'land', cause: 'government' };
    const ids: string[] = [];
    for (const [at, length] of [SOME.few, SOME.many, 1, 1, 1, 1].entries()) {
      const items: object[] = [];
      for (let made = 0; made < length; made += 1) {
        items.push({ ...item, enterpriseId: (await world.make.enterprise()).id });
      }
      const list = { number: `ZRQD-${at}`, title: '座谈会', source: 'forum', issuedOn: '2021-08-24', items };
      const { status, body } = await office.post<{ id: string }>('/responsibility-lists', list);
      expect(status).toBe(201);
      ids.push(body.id);
    }
    const few = await sent(`/responsibility-lists/${ids[0]}/items`);
    const many = await sent(`/responsibility-lists/${ids[1]}/items`);
    expect([few.rows, many.rows]).toEqual([SOME.few, SOME.many]);
    expect(many.statements).toEqual(few.statements);
    const one = await sent('/responsibility-lists?limit=1');
    const all = await sent('/responsibility-lists?limit=200');
    expect([one.rows, all.rows]).toEqual([1, ids.length]);
    expect(all.statements).toEqual(one.statements);
  });

  // A bulk does each action as it is, and a preview does it and takes it back: what must not grow is what one costs.
  it('is for each case of a bulk what it is for any other', async () => {
    const { departmentId, officialId } = desk;
    const preview = async (count: number): Promise<number> => {
      const ids = cases.slice(-count).map(({ id }) => id);
      const request = {
        action: 'assign',
        preview: true,
        ids,
        body: { departmentId, officialId, complexity: 'general' },
      };
      const asked = await fewest(async () => {
        const { body } = await office.post<{ done: number }>('/cases/bulk', request);
        expect(body.done).toBe(count);
      });
      return asked.length;
    };
    await preview(1);
    const [one, few, many] = [await preview(1), await preview(SOME.few), await preview(SOME.many)];
    const each = (few - one) / (SOME.few - 1);
    expect(Number.isInteger(each)).toBe(true);
    expect(many - one).toBe(each * (SOME.many - 1));
    expect(each).toBeLessThanOrEqual(30);
  });
});

function never(): never {
  throw new Error('there is no such case');
}
