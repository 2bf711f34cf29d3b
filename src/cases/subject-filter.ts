import type { LightMarks } from './deadlines/light.js';

/** A closed map from what a list may be sorted by to the expression that sorts; what has no deadline comes last. */
export const SUBJECT_SORTS = {
  dueAt: { expression: `coalesce(s.due_at, 'infinity')`, type: 'timestamptz' },
  reportedAt: { expression: 's.reported_at', type: 'timestamptz' },
  number: { expression: 's.number', type: 'text' },
} as const;
export const SORTS = ['dueAt', '-dueAt', 'reportedAt', '-reportedAt', 'number', '-number'] as const;
export type Sort = (typeof SORTS)[number];

const IS_LIVE = `s.status NOT IN ('resolved', 'rejected', 'terminated')`;

/** Collects conditions and numbers their parameters; every value of a user is a parameter. */
export class Conditions {
  readonly sql: string[] = [];
  readonly parameters: unknown[] = [];
  /** One plan serves all values. Not so for a pattern: whether its index helps depends on its text. */
  isPlannedOnce = true;

  /** `{}` in the condition stands for the value. */
  add(condition: string, value: unknown): this {
    this.parameters.push(value);
    this.sql.push(condition.replaceAll('{}', `$${this.parameters.length}`));
    return this;
  }

  /** One value is an equality, which an index can follow in order; several are any of them. */
  anyOf(expression: string, values: readonly unknown[] | undefined, type = 'text'): this {
    if (values === undefined || values.length === 0) return this;
    return values.length === 1
      ? this.add(`${expression} = {}::${type}`, values[0])
      : this.add(`${expression} = ANY ({}::${type}[])`, values);
  }

  where(): string {
    return this.sql.length === 0 ? 'true' : this.sql.join(' AND ');
  }
}

/** The same rule as `isOverdue`, in SQL. */
export function addOverdue(conditions: Conditions, isOverdue: boolean | undefined, now: Date): void {
  if (isOverdue === undefined) return;
  const overdue = `${IS_LIVE} AND s.due_at IS NOT NULL
    AND CASE WHEN s.stopped_at IS NULL THEN s.due_at < {} ELSE s.is_late_when_stopped END`;
  conditions.add(isOverdue ? `(${overdue})` : `NOT (${overdue})`, now);
}

/** The same rule as `lightOf`, in SQL. */
export function addLights(
  conditions: Conditions,
  lights: readonly string[] | undefined,
  marks: LightMarks,
): void {
  if (lights === undefined || lights.length === 0) return;
  conditions.parameters.push(marks.now, marks.fewDaysLeftBefore, marks.silentSince);
  const last = conditions.parameters.length;
  const [now, few, silent] = [`$${last - 2}`, `$${last - 1}`, `$${last}`];
  conditions.add(
    `CASE WHEN NOT (${IS_LIVE}) THEN NULL
          WHEN s.due_at IS NOT NULL
               AND CASE WHEN s.stopped_at IS NULL THEN s.due_at < ${now} ELSE s.is_late_when_stopped END THEN 'red'
          WHEN s.status = 'on_hold' THEN 'grey'
          WHEN s.due_at IS NULL THEN CASE WHEN s.assign_by < ${now} THEN 'red' ELSE 'green' END
          WHEN s.stopped_at IS NOT NULL THEN 'green'
          WHEN s.due_at < ${few} OR s.progressed_at <= ${silent} THEN 'yellow'
          ELSE 'green' END = ANY ({}::text[])`,
    [...lights],
  );
}
