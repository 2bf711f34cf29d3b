import { HELP_BY_CAUSE } from '../lifecycle/states.js';
import { isLive } from '../lifecycle/states.js';
import { isOverdue } from '../deadlines/overdue.js';
import { lightOf, type LightMarks } from '../deadlines/light.js';
import type { CaseRecord } from '../views/case-view.js';
import type { ProblemRecord } from '../views/problem-view.js';
import type { SubjectRecord } from '../views/subject-record.js';
import type { WordList } from './list-words.js';

export type ListValue = string | number | boolean | Date | readonly string[] | null;

/** One column of an exported list: its value as JSON has it, from which the cell follows. */
export interface ListColumn<Row> {
  key: string;
  'zh-CN': string;
  en: string;
  width: number;
  value: (row: Row, marks: LightMarks) => ListValue;
  /** In which closed list the value is. */
  words?: WordList;
}

const LONG = 30;
const NAME = 18;
const MINUTE = 17;
const SHORT = 10;

function column<Row>(
  key: string,
  [chinese, english]: readonly [string, string],
  width: number,
  value: ListColumn<Row>['value'],
  words?: WordList,
): ListColumn<Row> {
  return { key, 'zh-CN': chinese, en: english, width, value, ...(words && { words }) };
}

/** The assignment in force, or the last one of what is closed; a returned one has none. */
const ofAssignment =
  <Value>(value: (row: SubjectRecord) => Value) =>
  (row: SubjectRecord): Value | null =>
    row.assignmentId === null || row.status === 'reported' ? null : value(row);

const STANDING: ReadonlyArray<ListColumn<SubjectRecord>> = [
  column('status', ['办理状态', 'Status'], SHORT, (row) => row.status, 'status'),
  column('outcome', ['销号结果', 'Outcome'], SHORT, (row) => row.outcome, 'outcome'),
  column('light', ['亮灯', 'Light'], 8, (row, marks) => lightOf(row, marks), 'light'),
  column(
    'isOverdue',
    ['是否超期', 'Overdue'],
    SHORT,
    (row, { now }) => isLive(row.status) && isOverdue({ ...row, now }),
    'flag',
  ),
  column('complexity', ['复杂程度', 'Complexity'], SHORT, (row) => row.complexity, 'complexity'),
  column(
    'leadDepartment',
    ['牵头单位', 'Lead department'],
    NAME,
    ofAssignment((row) => row.departmentName),
  ),
  column(
    'official',
    ['责任人', 'Official'],
    SHORT,
    ofAssignment((row) => row.officialName),
  ),
  column('coHandlers', ['配合单位', 'Co-handling units'], NAME, (row) =>
    row.coHandlers.map(({ departmentName }) => departmentName),
  ),
  column('reportedAt', ['上报时间', 'Reported at'], MINUTE, (row) => row.reportedAt),
  column(
    'assignedAt',
    ['交办时间', 'Assigned at'],
    MINUTE,
    ofAssignment((row) => row.assignedAt),
  ),
  column(
    'acknowledgeBy',
    ['签收期限', 'Sign for by'],
    MINUTE,
    ofAssignment((row) => row.acknowledgeBy),
  ),
  column(
    'acknowledgedAt',
    ['签收时间', 'Signed for at'],
    MINUTE,
    ofAssignment((row) => row.acknowledgedAt),
  ),
  column(
    'dueAt',
    ['办理期限', 'Due at'],
    MINUTE,
    ofAssignment((row) => row.assignmentDueAt),
  ),
  column('resolvedAt', ['销号时间', 'Closed at'], MINUTE, (row) => row.resolvedAt),
  column('reopenCount', ['重新打开次数', 'Times reopened'], SHORT, (row) => row.reopenCount),
];

export const CASE_COLUMNS: ReadonlyArray<ListColumn<CaseRecord>> = [
  column('number', ['编号', 'Number'], NAME, (row) => row.number),
  column('enterprise', ['企业名称', 'Enterprise'], LONG, (row) => row.enterpriseName),
  column('creditCode', ['统一社会信用代码', 'Credit code'], 22, (row) => row.creditCode),
  column('reportingUnit', ['所属县区', 'Reporting unit'], 14, (row) => row.unitName),
  column('distressType', ['生产状态', 'Distress'], SHORT, (row) => row.distressType, 'distressType'),
  ...STANDING,
  column('problemsTotal', ['问题总数', 'Problems'], SHORT, (row) => row.problemsTotal),
  column('problemsOpen', ['未销号问题', 'Problems open'], SHORT, (row) => row.problemsOpen),
  column('note', ['备注', 'Note'], LONG, (row) => row.note),
];

export const PROBLEM_COLUMNS: ReadonlyArray<ListColumn<ProblemRecord>> = [
  column('number', ['编号', 'Number'], NAME, (row) => row.number),
  column('enterprise', ['企业名称', 'Enterprise'], LONG, (row) =>
    row.projectId === null ? row.enterpriseName : null,
  ),
  column('creditCode', ['统一社会信用代码', 'Credit code'], 22, (row) =>
    row.projectId === null ? row.creditCode : null,
  ),
  column('project', ['项目名称', 'Project'], LONG, (row) =>
    row.projectId === null ? null : row.projectName,
  ),
  column('caseNumber', ['企业台账编号', 'Case'], NAME, (row) => row.caseNumber),
  column('reportingUnit', ['所属县区', 'Reporting unit'], 14, (row) => row.unitName),
  column('title', ['问题诉求', 'Problem'], 36, (row) => row.title),
  column('description', ['具体情况', 'Description'], LONG, (row) => row.description),
  column('category', ['问题类别', 'Category'], SHORT, (row) => row.category, 'category'),
  column('cause', ['成因', 'Cause'], SHORT, (row) => row.cause, 'cause'),
  column(
    'help',
    ['帮扶方式', 'Help'],
    SHORT,
    (row) => (row.cause === null ? null : HELP_BY_CAUSE[row.cause]),
    'help',
  ),
  ...STANDING,
];
