import { camelRow } from '../platform/database/rows.js';
import type { Transaction } from '../platform/database/transactions.js';
import type { Case } from './case.entity.js';
import { isLive, STATUSES } from './lifecycle/states.js';
import type { Problem } from './problem.entity.js';
import type { ClockBearer } from './subject-clocks.js';
import { dependentsOf, NONE } from './subject-lock.js';
import { SUBJECT_TABLES, type SubjectRef } from './subject.js';

type Database = Pick<Transaction, 'query'>;

const LIVE = STATUSES.filter(isLive);

/** Live cases and problems together, in the order of their ids: the next `limit` after one of them. */
export function nextLive(db: Database, after: string | null, limit: number): Promise<SubjectRef[]> {
  const branch = (kind: SubjectRef['kind']): string =>
    `SELECT '${kind}' AS kind, id FROM ${SUBJECT_TABLES[kind]}
      WHERE status = ANY ($2::text[]) AND ($1::uuid IS NULL OR id > $1)`;
  return db.query<SubjectRef>(
    `SELECT kind, id FROM (${branch('case')} UNION ALL ${branch('problem')}) s ORDER BY id LIMIT $3`,
    [after, LIVE, limit],
  );
}

/** `skip_locked` leaves out what a change holds; `wait` waits for that change. */
export type Locking = 'unlocked' | 'skip_locked' | 'wait';
const LOCKS: Record<Locking, string> = {
  unlocked: '',
  skip_locked: 'FOR NO KEY UPDATE SKIP LOCKED',
  wait: 'FOR NO KEY UPDATE',
};

/** Cases and problems with what their clocks hang on. Locked in the order of all changes: cases, then problems, by id. */
export async function bearersOf(
  db: Database,
  refs: readonly SubjectRef[],
  locking: Locking,
): Promise<ClockBearer[]> {
  const read = async <Row>(kind: SubjectRef['kind']): Promise<Row[]> => {
    const ids = refs.filter((ref) => ref.kind === kind).map(({ id }) => id);
    if (ids.length === 0) return [];
    const rows = await db.query(
      `SELECT * FROM ${SUBJECT_TABLES[kind]} WHERE id = ANY ($1::uuid[]) ORDER BY id ${LOCKS[locking]}`,
      [ids],
    );
    return rows.map((row) => camelRow<Row>(row));
  };
  const [cases, problems] = [await read<Case>('case'), await read<Problem>('problem')];
  const dependents = await dependentsOf(db, [...cases, ...problems]);
  const of = (id: string) => dependents.get(id) ?? NONE;
  return [
    ...cases.map((row): ClockBearer => ({ kind: 'case', row, ...of(row.id) })),
    ...problems.map((row): ClockBearer => ({ kind: 'problem', row, ...of(row.id) })),
  ];
}
