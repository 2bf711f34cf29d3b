import * as fc from 'fast-check';
import type { Client, TestApp } from '../support/test-app.js';

/** A Monday afternoon. */
export const TODAY = '2021-11-29T15:00:00+08:00';

/** Something that the task force may try with one case or problem, of those that there are. */
export interface Act {
  verb: string;
  kind: string;
  which: number;
  whom: number;
}

interface Target {
  id: string;
  departmentId: string;
  officialId: string;
}

const BODIES: Readonly<Record<string, (to: Target) => object>> = {
  reassign: ({ departmentId, officialId }) => ({ departmentId, officialId, reason: '改派' }),
  hold: () => ({ ground: 'litigation', reviewOn: '2021-12-20' }),
  resume: () => ({ note: '恢复' }),
  terminate: () => ({ ground: 'merged' }),
  reopen: ({ departmentId, officialId }) => ({
    departmentId,
    officialId,
    reason: '反弹',
    dueOn: '2022-01-14',
  }),
};

const act: fc.Arbitrary<Act> = fc.record({
  verb: fc.constantFrom(...Object.keys(BODIES)),
  kind: fc.constantFrom('cases', 'problems'),
  which: fc.nat(),
  whom: fc.nat(),
});

/** Of one day, and of another after it. */
export const actsOf = fc.array(fc.array(act, { minLength: 8, maxLength: 12 }), {
  minLength: 2,
  maxLength: 2,
});

/** @returns whether the lifecycle let it happen */
export async function carryOut(
  { verb, kind, which, whom }: Act,
  office: Client,
  { database: { dataSource } }: TestApp,
): Promise<boolean> {
  const rows: Array<{ id: string }> = await dataSource.query(`SELECT id FROM ${kind} ORDER BY number`);
  const people: Array<Omit<Target, 'id'>> = await dataSource.query(
    `SELECT o.id AS "officialId", o.department_id AS "departmentId" FROM officials o
       JOIN departments d ON d.id = o.department_id WHERE NOT d.is_task_force ORDER BY d.name, o.name`,
  );
  const [row, person] = [rows[which % rows.length], people[whom % people.length]];
  if (row === undefined || person === undefined) return false;
  const { status } = await office.post(`/${kind}/${row.id}/${verb}`, BODIES[verb]?.({ ...row, ...person }));
  if (status === 401 || status >= 500) throw new Error(`${verb}: ${status}`);
  return status === 200;
}
