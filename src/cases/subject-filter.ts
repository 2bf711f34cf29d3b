import type { LightMarks } from './deadlines/light.js';

/** A closed map from what a list may be sorted by to the expression that sorts; what has no deadline comes last. */
export const SUBJECT_SORTS = {
  dueAt: { expression: `coalesce(s.due_at, 'infinity')`, type: 'timestamptz' },
  reportedAt: { expression: 's.reported_at', type: 'timestamptz' },
  number: { expression: 's.number', type: 'text' },
} as const;
export const SORTS = ['dueAt', '-dueAt', 'reportedAt', '-reportedAt', 'number', '-number'] as const;
export type Sort = (typeof SORTS)[number];

/** Whether a case or problem `s` is live, in SQL. */
export const IS_LIVE = `s.status NOT IN ('resolved', 'rejected', 'terminated')`;

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

/** Whether what has a deadline is late, in SQL over a case or problem `s`. @param now name of a parameter */
export const isLateExpression = (now: string): string =>
  `CASE WHEN s.stopped_at IS NULL THEN s.due_at < ${now} ELSE s.is_late_when_stopped END`;

/** The same rule as `isOverdue`, in SQL. */
export function addOverdue(conditions: Conditions, isOverdue: boolean | undefined, now: Date): void {
  if (isOverdue === undefined) return;
  const overdue = `${IS_LIVE} AND s.due_at IS NOT NULL AND ${isLateExpression('{}')}`;
  conditions.add(isOverdue ? `(${overdue})` : `NOT (${overdue})`, now);
}

/**
 * The same rule as `lightOf`, in SQL over a case or problem `s`; each argument is the name of a parameter.
 * @returns an expression: the light, null where it is not live
 */
export const lightExpression = (now: string, fewDaysLeftBefore: string, silentSince: string): string =>
  `CASE WHEN NOT (${IS_LIVE}) THEN NULL
        WHEN s.due_at IS NOT NULL AND ${isLateExpression(now)} THEN 'red'
        WHEN s.status = 'on_hold' THEN 'grey'
        WHEN s.due_at IS NULL THEN CASE WHEN s.assign_by < ${now} THEN 'red' ELSE 'green' END
        WHEN s.stopped_at IS NOT NULL THEN 'green'
        WHEN s.due_at < ${fewDaysLeftBefore} OR s.progressed_at <= ${silentSince} THEN 'yellow'
        ELSE 'green' END`;

export function addLights(
  conditions: Conditions,
  lights: readonly string[] | undefined,
  marks: LightMarks,
): void {
  if (lights === undefined || lights.length === 0) return;
  conditions.parameters.push(marks.now, marks.fewDaysLeftBefore, marks.silentSince);
  const last = conditions.parameters.length;
  const light = lightExpression(`$${last - 2}`, `$${last - 1}`, `$${last}`);
  conditions.add(`${light} = ANY ({}::text[])`, [...lights]);
}
