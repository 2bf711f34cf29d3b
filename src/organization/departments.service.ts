import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { given } from '../platform/http/fields.js';
import { requireIfMatch } from '../platform/http/etag.js';
import { fragment, type List, ListReader, Where } from '../platform/http/list-reader.js';
import type { Page } from '../platform/http/paging.js';
import { addDepartment, addDepartmentRevision } from './add-department.js';
import { Department } from './department.entity.js';
import type {
  DepartmentBody,
  DepartmentChangeBody,
  DepartmentQuery,
  DepartmentView,
} from './departments.dto.js';
import { reportingUnitName } from './reporting-unit.view.js';

const DEPARTMENTS: List<DepartmentView> = {
  name: 'departments',
  select: `d.id, d.code, d.name, d.level, ${reportingUnitName('u')} AS "reportingUnit",
    d.is_task_force AS "isTaskForce", d.is_active AS "isActive", d.version`,
  from: 'departments d LEFT JOIN reporting_units u ON u.id = d.reporting_unit_id',
  keys: ['d.name', 'd.id'],
  types: ['text', 'uuid'],
  positionOf: (row) => [row.name, row.id],
};

@Injectable()
export class DepartmentsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: Reader,
    private readonly lists: ListReader,
    private readonly clock: Clock,
  ) {}

  /** By name. */
  list(query: DepartmentQuery): Promise<Page<DepartmentView>> {
    const where = new Where()
      .add(query.level, (levels) => `d.level = ANY(${levels}::text[])`)
      .add(query.reportingUnit, (codes) => `u.code = ANY(${codes}::text[])`)
      .add(query.isActive, (isActive) => `d.is_active = ${isActive}`)
      .add(query.q && fragment(query.q), (pattern) => `d.name ILIKE ${pattern}`);
    return this.lists.page(DEPARTMENTS, where, query, (row) => row);
  }

  /** @throws Refusal 404 NOT_FOUND */
  async byId(id: string): Promise<DepartmentView> {
    const sql = `SELECT ${DEPARTMENTS.select} FROM ${DEPARTMENTS.from} WHERE d.id = $1`;
    const [department] = await this.reader.query<DepartmentView>(sql, [id]);
    if (department === undefined) throw notFound('department', id);
    return department;
  }

  async add(body: DepartmentBody): Promise<DepartmentView> {
    const fields = {
      name: body.name,
      code: body.code ?? null,
      level: body.level,
      reportingUnitId: body.reportingUnitId ?? null,
    };
    requirePlace(fields);
    const { id } = await this.transactions.run(async (tx) => {
      await requireFree(tx, fields, null);
      return addDepartment(tx, this.clock.now(), fields);
    });
    return this.byId(id);
  }

  /** A new name, code or level holds from now on; weeks before keep the old one. */
  async change(id: string, ifMatch: string | undefined, body: DepartmentChangeBody): Promise<DepartmentView> {
    await this.transactions.run(async (tx) => {
      const before = await tx.manager.findOne(Department, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (before === null) throw notFound('department', id);
      requireIfMatch(ifMatch, before.version);
      const after = Object.assign(new Department(), before, given(body), { version: before.version + 1 });
      requirePlace(after);
      await requireFree(tx, after, id);
      const isMoved = after.level !== before.level || !after.isActive;
      if (before.isTaskForce && isMoved) throw new Refusal(409, 'DEPARTMENT_FIXED');
      if (before.isActive && !after.isActive) await requireIdle(tx, id);
      await tx.manager.update(Department, { id, version: before.version }, after);
      const isRenamed =
        after.name !== before.name || after.code !== before.code || after.level !== before.level;
      const now = this.clock.now();
      if (isRenamed) await addDepartmentRevision(tx, after, now, now);
    });
    return this.byId(id);
  }
}

type Fields = Pick<Department, 'code' | 'name' | 'level' | 'reportingUnitId'>;

/** A city department belongs to the city, any other to a reporting unit. */
function requirePlace(department: Fields): void {
  const isOfCity = department.reportingUnitId === null;
  if ((department.level === 'city') === isOfCity) return;
  const code = isOfCity ? 'FIELD_REQUIRED' : 'FIELD_UNEXPECTED';
  throw new Refusal(400, 'DEPARTMENT_PLACE_INVALID', { level: department.level }, [
    { pointer: '/reportingUnitId', code },
  ]);
}

async function requireFree(tx: Transaction, { name, code }: Fields, ownId: string | null): Promise<void> {
  const [twin] = await tx.query<{ name: string }>(
    `SELECT name FROM departments WHERE (name = $1 OR code = $2) AND id IS DISTINCT FROM $3::uuid`,
    [name, code, ownId],
  );
  if (twin === undefined) return;
  if (twin.name === name)
    throw new Refusal(409, 'DEPARTMENT_NAME_TAKEN', { name }, [
      { pointer: '/name', code: 'DEPARTMENT_NAME_TAKEN' },
    ]);
  throw new Refusal(409, 'DEPARTMENT_CODE_TAKEN', { code }, [
    { pointer: '/code', code: 'DEPARTMENT_CODE_TAKEN' },
  ]);
}

/** What it leads, co-handles and is paired with as a unit. */
const IN_USE = `
SELECT (SELECT count(*)::int FROM assignments WHERE department_id = $1 AND ended_at IS NULL) AS assignments,
       (SELECT count(*)::int FROM co_handlers h JOIN assignments a ON a.id = h.assignment_id AND a.ended_at IS NULL
         WHERE h.department_id = $1 AND h.opinion_at IS NULL) AS "coHandling",
       (SELECT count(*)::int FROM pairings WHERE department_id = $1 AND to_on IS NULL) AS pairings`;

/** The row is locked: whoever assigns to it now waits on its foreign key, and is seen here or comes after. */
async function requireIdle(tx: Transaction, id: string): Promise<void> {
  const [use] = await tx.query<Record<'assignments' | 'coHandling' | 'pairings', number>>(IN_USE, [id]);
  if (use !== undefined && Object.values(use).some((count) => count > 0))
    throw new Refusal(409, 'DEPARTMENT_IN_USE', { ...use });
}
