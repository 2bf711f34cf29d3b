import { v7 as uuidv7 } from 'uuid';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { type Fault, Refusal } from '../../platform/errors/refusal.js';
import type { ResponsibilityListItem } from './responsibility-list-item.entity.js';
import type { ResponsibilityList } from './responsibility-list.entity.js';
import { type ListItemBody, MAX_ITEMS } from './responsibility-lists.dto.js';

type ItemRow = Omit<ResponsibilityListItem, 'list' | 'enterprise' | 'project' | 'problem'>;
/** Whose an item is: one of the two. */
type Owner = Pick<ItemRow, 'enterpriseId' | 'projectId'>;

/**
 * Adds items to a locked draft, all of them or none.
 * @throws Refusal 400 LIST_ITEM_INVALID with a fault for each item, 409 LIST_TOO_LONG
 */
export async function addItems(
  tx: Transaction,
  list: Pick<ResponsibilityList, 'id' | 'number'>,
  inputs: readonly ListItemBody[],
): Promise<void> {
  if (inputs.length === 0) return;
  const owners = await ownersOf(tx, inputs);
  const faults = [...ownerFaults(inputs, owners), ...(await departmentFaults(tx, inputs))];
  if (faults.length > 0) throw invalid(faults);
  const rows = inputs.map((input, index) => itemRow(list.id, input, owners[index] ?? NOBODY));
  const repeated = await repeatedFaults(tx, list.number, rows);
  if (repeated.length > 0) throw invalid(repeated);
  await requireRoom(tx, list.id, rows.length);
  await bulkInsert(tx, 'responsibility_list_items', rows);
}

const NOBODY: Owner = { enterpriseId: null, projectId: null };

/** By what an item says whose it is, and what is wrong where there is no such thing. */
const NAMED = [
  { field: 'enterpriseId', unknown: 'ENTERPRISE_UNKNOWN' },
  { field: 'caseId', unknown: 'CASE_NOT_LIVE' },
  { field: 'projectId', unknown: 'PROJECT_UNKNOWN' },
] as const;

const invalid = (faults: Fault[]): Refusal =>
  new Refusal(400, 'LIST_ITEM_INVALID', { count: faults.length }, faults.slice(0, 50));

const itemRow = (listId: string, input: ListItemBody, { enterpriseId, projectId }: Owner): ItemRow => ({
  id: uuidv7(),
  listId,
  enterpriseId,
  projectId,
  title: input.title.trim(),
  description: input.description ?? '',
  category: input.category,
  cause: input.cause,
  suggestedDepartmentIds: input.suggestedDepartmentIds ?? [],
  problemId: null,
});

/** The enterprise, given or by its live case, or the project of each; nobody where there is none. */
const ownersOf = (tx: Transaction, inputs: readonly ListItemBody[]): Promise<Owner[]> =>
  tx.query<Owner>(
    `SELECT coalesce(e.id, c.enterprise_id) AS "enterpriseId", j.id AS "projectId"
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[])
              WITH ORDINALITY AS asked (enterprise_id, case_id, project_id, place)
       LEFT JOIN enterprises e ON e.id = asked.enterprise_id
       LEFT JOIN cases c ON c.id = asked.case_id AND c.status NOT IN ('resolved', 'rejected', 'terminated')
       LEFT JOIN projects j ON j.id = asked.project_id
      ORDER BY asked.place`,
    NAMED.map(({ field }) => inputs.map((input) => input[field] ?? null)),
  );

function ownerFaults(inputs: readonly ListItemBody[], owners: readonly Owner[]): Fault[] {
  return inputs.flatMap((input, index): Fault[] => {
    const [named, another] = NAMED.filter(({ field }) => input[field] !== undefined);
    if (another !== undefined)
      return [{ pointer: `/items/${index}/${another.field}`, code: 'LIST_ITEM_OF_ONE' }];
    const owner = owners[index] ?? NOBODY;
    if (named === undefined || (owner.enterpriseId ?? owner.projectId) !== null) return [];
    return [{ pointer: `/items/${index}/${named.field}`, code: named.unknown }];
  });
}

/** What is suggested must be able to lead. */
async function departmentFaults(tx: Transaction, inputs: readonly ListItemBody[]): Promise<Fault[]> {
  const asked = [...new Set(inputs.flatMap(({ suggestedDepartmentIds }) => suggestedDepartmentIds ?? []))];
  if (asked.length === 0) return [];
  const found = await tx.query<{ id: string; isActive: boolean; isTaskForce: boolean }>(
    `SELECT id, is_active AS "isActive", is_task_force AS "isTaskForce" FROM departments WHERE id = ANY ($1::uuid[])`,
    [asked],
  );
  const departments = new Map(found.map((department) => [department.id, department]));
  return inputs.flatMap(({ suggestedDepartmentIds }, index) =>
    (suggestedDepartmentIds ?? []).flatMap((id, place): Fault[] => {
      const pointer = `/items/${index}/suggestedDepartmentIds/${place}`;
      const department = departments.get(id);
      if (department === undefined) return [{ pointer, code: 'DEPARTMENT_UNKNOWN' }];
      if (department.isTaskForce) return [{ pointer, code: 'TASK_FORCE_LEADS_NOTHING' }];
      return department.isActive ? [] : [{ pointer, code: 'DEPARTMENT_INACTIVE' }];
    }),
  );
}

/** One enterprise or project asks for one thing once on a list, whatever the edition. */
async function repeatedFaults(tx: Transaction, number: string, rows: readonly ItemRow[]): Promise<Fault[]> {
  const keyOf = (row: Owner & { title: string }): string =>
    `${row.enterpriseId ?? row.projectId} ${row.title}`;
  const there = await tx.query<Owner & { title: string }>(
    `SELECT i.enterprise_id AS "enterpriseId", i.project_id AS "projectId", i.title FROM responsibility_list_items i
       JOIN responsibility_lists l ON l.id = i.list_id
      WHERE l.number = $1 AND (i.enterprise_id = ANY ($2::uuid[]) OR i.project_id = ANY ($3::uuid[]))`,
    [number, rows.map(({ enterpriseId }) => enterpriseId), rows.map(({ projectId }) => projectId)],
  );
  const seen = new Set(there.map(keyOf));
  return rows.flatMap((row, index) => {
    const key = keyOf(row);
    if (seen.has(key)) return [{ pointer: `/items/${index}/title`, code: 'LIST_ITEM_REPEATED' }];
    seen.add(key);
    return [];
  });
}

async function requireRoom(tx: Transaction, listId: string, added: number): Promise<void> {
  const [there] = await tx.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM responsibility_list_items WHERE list_id = $1',
    [listId],
  );
  if ((there?.count ?? 0) + added > MAX_ITEMS) throw new Refusal(409, 'LIST_TOO_LONG', { most: MAX_ITEMS });
}
