import { COLUMNS, FIGURE_NAMES } from './figure-names.js';
import type { Locale } from '../../platform/errors/message-text.js';

/** What a variable is: text to print; a flag that opens a part of the page; a list whose part repeats for each item. */
export type VariableKind = 'text' | 'flag' | 'list';

export interface TemplateVariable {
  name: string;
  kind: VariableKind;
  says: Record<Locale, string>;
  /** Of a list: the text variables inside its part. */
  fields?: readonly TemplateVariable[];
}

const text = (name: string, chinese: string, english: string): TemplateVariable => ({
  name,
  kind: 'text',
  says: { 'zh-CN': chinese, en: english },
});
const flag = (name: string, chinese: string, english: string): TemplateVariable => ({
  ...text(name, chinese, english),
  kind: 'flag',
});
const list = (
  name: string,
  chinese: string,
  english: string,
  fields: readonly TemplateVariable[],
): TemplateVariable => ({ ...text(name, chinese, english), kind: 'list', fields });

const SENTENCE = [text('text', '一句话', 'the sentence')];
const ROW = [
  text('name', '县（市、区）或单位名称', 'name of the row'),
  ...COLUMNS.map((column) => text(column, FIGURE_NAMES[column]['zh-CN'], FIGURE_NAMES[column].en)),
];
const LATE = [
  text('position', '序号', 'position, from 1'),
  text('number', '编号', 'number'),
  text('enterprise', '企业名称', 'enterprise'),
  text('unit', '县（市、区）', 'reporting unit'),
  text('department', '牵头单位', 'lead department'),
  text('official', '责任人', 'official'),
  text('dueOn', '办理时限', 'due date'),
  text('days', '超期工作日', 'working days overdue'),
];
const CORRECTION = [
  text('week', '周次', 'week'),
  text('subject', '企业或问题', 'enterprises or problems'),
  text('row', '行', 'row'),
  text('figure', '指标', 'figure'),
  text('published', '原公布', 'as published'),
  text('corrected', '更正为', 'as known now'),
];

const tables = (prefix: string, chinese: string, english: string): TemplateVariable[] => [
  list(
    `${prefix}Units`,
    `${chinese}：各县（市、区）各一行`,
    `${english}: a row for each reporting unit`,
    ROW,
  ),
  list(
    `${prefix}Departments`,
    `${chinese}：各牵头单位各一行`,
    `${english}: a row for each lead department`,
    ROW,
  ),
  list(`${prefix}Total`, `${chinese}：全市一行`, `${english}: one row, the city`, ROW),
  flag(`has${capital(prefix)}Overdue`, `有超期的${chinese}`, `there are overdue ${english}`),
  list(
    `${prefix}Overdue`,
    `超期的${chinese}，超期最长的在前`,
    `overdue ${english}, the most overdue first`,
    LATE,
  ),
  list(
    `${prefix}OverdueMore`,
    `超期的${chinese}未全部列出时的说明`,
    `how many overdue ${english} are not listed, where not all are`,
    SENTENCE,
  ),
];

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Every variable that a template may use: the closed list, which docs/exports.md shows. */
export const TEMPLATE_VARIABLES: readonly TemplateVariable[] = [
  text('office', '发文机关', 'issuing office'),
  text(
    'issueLine',
    '期号，如“第 12 期”；未编号的为“（送审稿，未编号）”，本周已发布的注明期号',
    'number of the issue, or that it is a draft, or made anew of a week that was published',
  ),
  text('date', '发文日期', 'date of the issue'),
  text('week', '周次和起止日期', 'the week and its dates'),
  text('knownUntil', '数据截至时刻', 'the moment at which the figures were known'),
  list('provisional', '本周未结束时的说明', 'that the week has not ended, where it has not', SENTENCE),
  list('overall', '总体情况', 'overall situation', SENTENCE),
  list('doneWell', '工作较好的', 'done well', SENTENCE),
  list('shortfalls', '存在问题', 'problems', SENTENCE),
  list('nextWeek', '下周安排', 'next week', SENTENCE),
  ...tables('case', '企业', 'enterprises'),
  ...tables('problem', '问题', 'problems'),
  flag('hasCorrections', '有以前各周的更正', 'there are corrections of earlier weeks'),
  list('corrections', '以前各周的更正', 'corrections of earlier weeks', CORRECTION),
  flag('hasMoreCorrections', '更正未全部列出', 'not all corrections are listed'),
  text('correctionsUnlisted', '未列出的更正条数', 'how many corrections are not listed'),
  text('approver', '签发人；未签发的为“—”', 'who approved it, or “—”'),
  text('copiesTo', '抄送单位；没有的为“—”', 'to whom copies go, or “—”'),
];

const named = new Map(
  TEMPLATE_VARIABLES.flatMap((variable) => [variable, ...(variable.fields ?? [])]).map((variable) => [
    variable.name,
    variable.kind,
  ]),
);

/** `undefined` for a name that no variable has. */
export const kindOf = (name: string): VariableKind | undefined => named.get(name);
