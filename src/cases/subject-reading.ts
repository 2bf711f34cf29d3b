import type { Actor } from '../access/actor.js';
import { caseScope, problemScope, type ScopeCondition } from '../access/scope.js';
import type { SubjectKind } from './lifecycle/states.js';
import type { ListSource } from './list-page.js';
import { Conditions } from './subject-filter.js';
import { SUBJECT_TABLES } from './subject.js';
import { CASE_JOINS, CASE_SELECT } from './views/case-view.js';
import { PROBLEM_JOINS, PROBLEM_SELECT } from './views/problem-view.js';

/** How one kind is read, and who may read which of it. */
export interface SubjectReading extends ListSource {
  kind: SubjectKind;
  scope: (actor: Actor, alias: string, firstParameter: number) => ScopeCondition;
}

export const CASE_READING: SubjectReading = {
  kind: 'case',
  table: `${SUBJECT_TABLES.case} s`,
  select: CASE_SELECT,
  joins: CASE_JOINS,
  scope: caseScope,
};
export const PROBLEM_READING: SubjectReading = {
  kind: 'problem',
  table: `${SUBJECT_TABLES.problem} s`,
  select: PROBLEM_SELECT,
  joins: PROBLEM_JOINS,
  scope: problemScope,
};

/** What is asked for, of what the asker may see. */
export function scopedFilter(reading: SubjectReading, actor: Actor, conditions: Conditions): Conditions {
  const scope = reading.scope(actor, 's', conditions.parameters.length + 1);
  const all = new Conditions();
  all.sql.push(...conditions.sql, scope.sql);
  all.parameters.push(...conditions.parameters, ...scope.parameters);
  return all;
}
