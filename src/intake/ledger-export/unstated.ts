import { isTellable } from './ledger-text.js';
import { LEDGER_STATUSES, type Standing, type StandingCase, type StandingProblem } from './standing.js';

/** Why a ledger cannot say it, and what the note of the export says of that. */
export const UNSTATED = {
  unassigned: '待交办（未交办，或已退回待重新交办）',
  ended: '不予受理或已终止',
  earlier: '该企业另有以后的台账，一份台账每户只列一行',
  day_taken: '该企业同一日另有以后的交办',
  due_before_assigned: '改派后沿用的办理期限早于交办日期',
  text: '名称或问题描述为空、过长，或含有表格不能写入的字符',
  no_case: '属于企业或项目，没有企业台账',
  case_left_out: '所属企业台账未列入',
  name_shared: '同名企业不止一家，问题无法按企业名称对应',
} as const;
export type Unstated = keyof typeof UNSTATED;

/** Whose row has all that the intake asks of one. */
type Stated<Row extends Standing> = Row & {
  [Field in 'lead' | 'official' | 'assignedOn' | 'dueOn']: string;
};

/** Why neither kind can be said; `null` where it can. */
function unstated(row: Standing, texts: readonly string[]): Unstated | null {
  const { status, lead, official, assignedOn, dueOn } = row;
  if (status === 'rejected' || status === 'terminated') return 'ended';
  if (!LEDGER_STATUSES.includes(status) || lead === null || official === null) return 'unassigned';
  if (assignedOn === null || dueOn === null) return 'unassigned';
  if (dueOn < assignedOn) return 'due_before_assigned';
  return [...texts, lead, official].every(isTellable) ? null : 'text';
}

export function stateCase(row: StandingCase): { stated: Stated<StandingCase> } | { unstated: Unstated } {
  const found =
    unstated(row, [row.enterpriseName, row.unit]) ??
    (row.isEarlier ? 'earlier' : null) ??
    (row.isDayTaken ? 'day_taken' : null);
  return found === null ? { stated: row as Stated<StandingCase> } : { unstated: found };
}

/** What the ledger already holds, by which its problems are told. */
export interface CasesTold {
  isInScope: (caseId: string) => boolean;
  isStated: (caseId: string) => boolean;
  /** Several enterprises bear it. */
  isNameShared: (name: string) => boolean;
}

export function stateProblem(
  row: StandingProblem,
  cases: CasesTold,
): { stated: Stated<StandingProblem> } | { unstated: Unstated } {
  if (row.caseId === null) return { unstated: 'no_case' };
  const found = unstated(row, [row.enterpriseName, row.title]);
  if (found !== null) return { unstated: found };
  // One that its reader sees without its case is taken again where that case is known.
  if (cases.isInScope(row.caseId) && !cases.isStated(row.caseId)) return { unstated: 'case_left_out' };
  if (cases.isNameShared(row.enterpriseName)) return { unstated: 'name_shared' };
  return { stated: row as Stated<StandingProblem> };
}
