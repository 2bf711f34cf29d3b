import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { LifecycleStory } from '../support/lifecycle-story.js';

// What the application refuses is tested where it refuses it. Here: what the database refuses to the application.

let story: LifecycleStory;
let colleagueId: string;

beforeAll(async () => {
  story = await LifecycleStory.open();
  colleagueId = (await story.colleague.get<{ id: string }>('/auth/me')).body.id;
});

afterAll(() => story.world.close());

const refusedByDatabase = async (sql: string, parameters: unknown[]): Promise<string> => {
  try {
    await story.world.query(sql, parameters);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing refused it';
};

describe('an account of an administrator', () => {
  const INSERT = `INSERT INTO accounts (id, username, password_hash, role, department_id, official_id, reporting_unit_id, created_at)
    VALUES ($1, $2, 'x', $3, $4, $5, $6, now())`;

  it.each(['auditor', 'system_admin', 'security_admin'])(
    '%s is bound to nobody who handles',
    async (role) => {
      const { departmentId, officialId } = story.desks.lead;
      const { id: unitId } = await story.world.make.unit();
      const bindings = [
        [departmentId, null, null],
        [null, officialId, null],
        [null, null, unitId],
      ];
      for (const binding of bindings) {
        const id = uuidv7();
        expect(await refusedByDatabase(INSERT, [id, id, role, ...binding])).toContain(
          'accounts_administrator_check',
        );
      }
      const id = uuidv7();
      expect(await refusedByDatabase(INSERT, [id, id, role, null, null, null])).toBe('nothing refused it');
      expect(
        await refusedByDatabase('UPDATE accounts SET department_id = $2 WHERE id = $1', [id, departmentId]),
      ).toContain('accounts_administrator_check');
    },
  );

  it('is not made of one that handles, but without what it was bound to', async () => {
    const { accountId } = story.desks.other.actor;
    const promote = `UPDATE accounts SET role = 'system_admin' WHERE id = $1`;
    expect(await refusedByDatabase(promote, [accountId])).toContain('accounts_administrator_check');
  });
});

describe('a request to strike off', () => {
  const DECIDE = `UPDATE closure_requests SET decided_at = now(), decision = $2, decided_by = $3 WHERE id = $1`;

  async function requested(): Promise<string> {
    const { id } = await story.verifying('case');
    const [row] = await story.world.query<{ id: string }>(
      `SELECT r.id FROM closure_requests r JOIN cases c USING (assignment_id) WHERE c.id = $1`,
      [id],
    );
    if (row === undefined) throw new Error('there is no request');
    return row.id;
  }

  it.each(['approved', 'sent_back'])('is %s by the task force, and by no one else', async (decision) => {
    const id = await requested();
    const sameDepartment = await story.world.someone('department', {
      departmentId: story.desks.lead.departmentId,
    });
    const { actor: requester } = story.desks.lead;
    const { actor: otherDepartment } = story.desks.other;
    for (const decider of [requester, sameDepartment, otherDepartment, { accountId: uuidv7() }])
      expect(await refusedByDatabase(DECIDE, [id, decision, decider.accountId])).toContain(
        'closure_requests_separation_check',
      );
    expect(await refusedByDatabase(DECIDE, [id, decision, null])).toContain('closure_requests_decider_check');
    expect(await refusedByDatabase(DECIDE, [id, decision, story.taskForce.accountId])).toBe(
      'nothing refused it',
    );
    const [row] = await story.world.query(
      'SELECT decided_by_department_id AS of FROM closure_requests WHERE id = $1',
      [id],
    );
    expect(row).toEqual({ of: story.taskForce.departmentId });
  });

  it('is not decided by who made it, even where that is the task force, nor by a colleague of the same department', async () => {
    const id = await requested();
    const [row] = await story.world.query<{ assignmentId: string }>(
      'SELECT assignment_id AS "assignmentId" FROM closure_requests WHERE id = $1',
      [id],
    );
    const own = uuidv7();
    await story.world.query(
      `UPDATE closure_requests SET decided_at = now(), decision = 'terminated' WHERE id = $1`,
      [id],
    );
    await story.world.query(
      `INSERT INTO closure_requests (id, assignment_id, requested_at, requested_by, requested_by_department_id, outcome,
                                     statement, evidence_file_ids, verify_by)
       VALUES ($1, $2, now(), $3, $4, 'explained', '已解释', '{}', now())`,
      [own, row?.assignmentId, story.taskForce.accountId, story.taskForce.departmentId],
    );
    for (const decider of [story.taskForce.accountId, colleagueId])
      expect(await refusedByDatabase(DECIDE, [own, 'approved', decider])).toContain(
        'closure_requests_separation_check',
      );
  });

  it('cannot claim another department for its decider', async () => {
    const id = await requested();
    const claim = `UPDATE closure_requests SET decided_at = now(), decision = 'approved', decided_by = $2,
      decided_by_department_id = $3 WHERE id = $1`;
    const parameters = [id, story.desks.other.actor.accountId, story.taskForce.departmentId];
    expect(await refusedByDatabase(claim, parameters)).toContain('closure_requests_separation_check');
  });

  it.each([
    ['given another requester', 'UPDATE closure_requests SET requested_by = gen_random_uuid() WHERE id = $1'],
    ['moved', 'UPDATE closure_requests SET requested_by_department_id = NULL WHERE id = $1'],
    ['taken away', 'DELETE FROM closure_requests WHERE id = $1'],
  ])('is not %s', async (_, sql) => {
    expect(await refusedByDatabase(sql, [await requested()])).toContain('never changed');
  });

  it('is neither decided twice nor made decided', async () => {
    const id = await requested();
    await story.world.query(DECIDE, [id, 'sent_back', story.taskForce.accountId]);
    expect(await refusedByDatabase(DECIDE, [id, 'approved', story.taskForce.accountId])).toContain(
      'never changed',
    );
    const copy = `INSERT INTO closure_requests SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).*
      FROM closure_requests r WHERE id = $1`;
    expect(await refusedByDatabase(copy, [id])).toContain('never changed');
  });
});

describe('a request for more time', () => {
  const DECIDE = `UPDATE extensions SET decided_at = now(), decision = $2, decided_by = $3 WHERE id = $1`;

  async function asked(): Promise<string> {
    const { id } = await story.working('case');
    const wanted = { dueOn: '2021-11-30', reason: '等待省厅批复' };
    const { body } = await story.leads.post<{ id: string }>(`/cases/${id}/extensions`, wanted);
    return body.id;
  }

  it.each(['approved', 'refused'])('is %s by the task force, and by no one else', async (decision) => {
    const id = await asked();
    const { lead, other } = story.desks;
    for (const { actor } of [lead, other])
      expect(await refusedByDatabase(DECIDE, [id, decision, actor.accountId])).toContain(
        'extensions_separation_check',
      );
    expect(await refusedByDatabase(DECIDE, [id, decision, null])).toContain('extensions_decider_check');
    expect(await refusedByDatabase(DECIDE, [id, decision, colleagueId])).toBe('nothing refused it');
    expect(await refusedByDatabase(DECIDE, [id, decision, colleagueId])).toContain('never changed');
  });

  it('is not decided by the one of the task force who made it', async () => {
    const [row] = await story.world.query<{ assignmentId: string }>(
      'SELECT assignment_id AS "assignmentId" FROM cases WHERE id = $1',
      [(await story.working('case')).id],
    );
    const id = uuidv7();
    await story.world.query(
      `INSERT INTO extensions (id, assignment_id, requested_at, requested_by, due_at, reason)
       VALUES ($1, $2, now(), $3, now(), '等待')`,
      [id, row?.assignmentId, story.taskForce.accountId],
    );
    expect(await refusedByDatabase(DECIDE, [id, 'approved', story.taskForce.accountId])).toContain(
      'extensions_separation_check',
    );
    expect(await refusedByDatabase(DECIDE, [id, 'approved', colleagueId])).toBe('nothing refused it');
  });

  it('is neither changed nor taken away', async () => {
    const id = await asked();
    for (const sql of [
      'UPDATE extensions SET requested_by = gen_random_uuid() WHERE id = $1',
      'DELETE FROM extensions WHERE id = $1',
    ])
      expect(await refusedByDatabase(sql, [id])).toContain('never changed');
  });
});
