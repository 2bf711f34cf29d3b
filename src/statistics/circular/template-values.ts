import type { Locale } from '../../platform/errors/message-text.js';
import type { CircularFacts, CorrectedFigure, OverdueLine, SubjectFacts } from './circular-facts.js';
import { COLUMNS, FIGURE_NAMES, figureText, NOTHING } from './figure-names.js';
import { isSomebody } from './done-well.js';
import type { Phrases } from './phrases.js';
import { CHINESE } from './phrases.zh-CN.js';
import { ENGLISH } from './phrases.en.js';
import { sentencesOf } from './sentences.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { WeeklyColumns } from '../table/columns.js';

export type Item = Readonly<Record<string, string>>;
export type TemplateValues = Readonly<Record<string, string | boolean | readonly Item[]>>;

/** Rows of a list on paper; the workbook has all of them. */
export const MOST_OVERDUE_LISTED = 50;
export const MOST_CORRECTIONS_LISTED = 50;

const PHRASES: Record<Locale, Phrases> = { 'zh-CN': CHINESE, en: ENGLISH };
const TOTAL_KEY = 'total';
const CITY: Record<Locale, string> = { 'zh-CN': '全市', en: 'The city' };

/** Characters that XML 1.0 cannot hold: a name with one in it must not make a file that no program opens. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;
const writable = (text: string): string => text.replaceAll(UNWRITABLE, '');

/** What stands for each variable of a template. */
export function valuesOf(given: CircularFacts, locale: Locale): TemplateValues {
  const phrases = PHRASES[locale];
  const facts = inWordsOf(given, phrases);
  const { issue, subjects, corrections } = facts;
  const told = sentencesOf(facts, phrases);
  const listed = corrections.slice(0, MOST_CORRECTIONS_LISTED);
  return {
    office: writable(facts.office),
    issueLine: phrases.issueLine(issue, facts.publishedIn),
    date: phrases.date(issue?.issuedOn ?? facts.knownUntil.slice(0, 10)),
    week: phrases.weekLine(facts.week),
    knownUntil: phrases.knownLine(facts.knownUntil),
    provisional: sentences(facts.isProvisional ? [phrases.provisional] : []),
    overall: sentences(told.overall),
    doneWell: sentences(told.doneWell),
    shortfalls: sentences(told.shortfalls),
    nextWeek: sentences(told.nextWeek),
    ...tableValues('case', subjects.case, phrases),
    ...tableValues('problem', subjects.problem, phrases),
    hasCorrections: corrections.length > 0,
    corrections: listed.map((one) => correction(one, phrases)),
    hasMoreCorrections: corrections.length > listed.length,
    correctionsUnlisted: String(corrections.length - listed.length),
    approver: writable(issue?.approvedBy ?? NOTHING),
    copiesTo: writable(phrases.copies(issue?.copiesTo ?? []) || NOTHING),
  };
}

/** Its one row that bears no name of anybody's gets that of the language. */
function inWordsOf(facts: CircularFacts, { countyLed }: Phrases): CircularFacts {
  const named = (told: SubjectFacts): SubjectFacts => ({
    ...told,
    byLead: {
      ...told.byLead,
      rows: told.byLead.rows.map((row) => (isSomebody(row) ? row : { ...row, name: countyLed })),
    },
  });
  const { case: cases, problem: problems } = facts.subjects;
  return { ...facts, subjects: { case: named(cases), problem: named(problems) } };
}

const sentences = (told: readonly string[]): Item[] => told.map((text) => ({ text: writable(text) }));

function tableValues(
  subject: SubjectKind,
  { byUnit, byLead, overdue }: SubjectFacts,
  phrases: Phrases,
): TemplateValues {
  const all = byUnit.total.overdue;
  const lines = overdue.lines.slice(0, MOST_OVERDUE_LISTED);
  const prefix = subject === 'case' ? 'Case' : 'Problem';
  return {
    [`${subject}Units`]: byUnit.rows.map((row) => rowValues(row.name, row)),
    [`${subject}Departments`]: byLead.rows.map((row) => rowValues(row.name, row)),
    [`${subject}Total`]: [rowValues(CITY[phrases.locale], byUnit.total)],
    [`has${prefix}Overdue`]: all > 0,
    [`${subject}Overdue`]: lines.map(lateValues),
    [`${subject}OverdueMore`]: sentences(
      all > lines.length ? [phrases.andMore(lines.length, all, subject, overdue.isWhole)] : [],
    ),
  };
}

const rowValues = (name: string, columns: WeeklyColumns): Item => ({
  name: writable(name),
  ...Object.fromEntries(COLUMNS.map((column) => [column, figureText(column, columns[column])])),
});

const lateValues = (line: OverdueLine, index: number): Item => ({
  position: String(index + 1),
  number: line.number,
  enterprise: writable(line.enterprise),
  unit: writable(line.unitName),
  department: writable(line.department),
  official: writable(line.official),
  dueOn: line.dueOn,
  days: String(line.overdueWorkingDays),
});

const correction = (one: CorrectedFigure, { locale, subject }: Phrases): Item => ({
  week: one.week,
  subject: subject[one.subject],
  row: one.key === TOTAL_KEY ? CITY[locale] : writable(one.name),
  figure: FIGURE_NAMES[one.column][locale],
  published: figureText(one.column, one.was),
  corrected: figureText(one.column, one.now),
});
