import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/actor.js';
import { caseScope, problemScope, type ScopeCondition, scopeName } from '../access/scope.js';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { camelRow } from '../platform/database/rows.js';
import { notFound } from '../platform/errors/refusal.js';
import { Cursors, DEFAULT_LIMIT, type Page, type PageQuery } from '../platform/http/paging.js';
import { type LightMarks, MarksOfDay } from './deadlines/light.js';
import { Conditions, type Sort, SUBJECT_SORTS } from './subject-filter.js';
import type { SubjectKind } from './lifecycle/states.js';
import { SUBJECT_TABLES } from './subject.js';
import { CASE_JOINS, CASE_SELECT, type CaseRecord, type CaseView, mapCase } from './views/case-view.js';
import {
  mapProblem,
  PROBLEM_JOINS,
  PROBLEM_SELECT,
  type ProblemRecord,
  type ProblemView,
} from './views/problem-view.js';
import type { ViewContext } from './views/map-subject.js';
import type { SubjectRecord } from './views/subject-record.js';

/** What a list asks for: its filters, already conditions, and its page. */
export interface ListRequest {
  conditions: Conditions;
  sort: Sort;
  page: PageQuery;
}

/** How one kind is read. */
interface Reading<Row extends SubjectRecord, View> {
  kind: SubjectKind;
  select: string;
  /** Beyond the table itself, which is `s`. */
  joins: string;
  scope: (actor: Caller, alias: string, firstParameter: number) => ScopeCondition;
  map: (record: Row, context: ViewContext) => View;
}

const CASES: Reading<CaseRecord, CaseView> = {
  kind: 'case',
  select: CASE_SELECT,
  joins: CASE_JOINS,
  scope: caseScope,
  map: mapCase,
};
const PROBLEMS: Reading<ProblemRecord, ProblemView> = {
  kind: 'problem',
  select: PROBLEM_SELECT,
  joins: PROBLEM_JOINS,
  scope: problemScope,
  map: mapProblem,
};

/** Cases and problems as their readers see them. Every lookup and every list passes the reader's scope. */
@Injectable()
export class CasesRepository {
  private readonly marksOfDay: MarksOfDay;

  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
    office: OfficeTime,
    private readonly calendars: CalendarService,
    private readonly cursors: Cursors,
  ) {
    this.marksOfDay = new MarksOfDay(office);
  }

  /** @throws Refusal 404 when absent or out of scope */
  getCase(actor: Caller, id: string): Promise<CaseView> {
    return this.get(CASES, actor, id);
  }

  /** @throws Refusal 404 when absent or out of scope */
  getProblem(actor: Caller, id: string): Promise<ProblemView> {
    return this.get(PROBLEMS, actor, id);
  }

  listCases(actor: Caller, request: ListRequest): Promise<Page<CaseView>> {
    return this.list(CASES, actor, request);
  }

  listProblems(actor: Caller, request: ListRequest): Promise<Page<ProblemView>> {
    return this.list(PROBLEMS, actor, request);
  }

  /** The moments by which lights are told now. */
  async marks(): Promise<LightMarks> {
    return this.marksOfDay.at(this.clock.now(), await this.calendars.current());
  }

  private async get<Row extends SubjectRecord, View>(
    reading: Reading<Row, View>,
    actor: Caller,
    id: string,
  ): Promise<View> {
    const scope = reading.scope(actor, 's', 2);
    const [row] = await this.reader.named<Record<string, unknown>>(
      `${reading.kind}-by-id-${scopeName(actor)}`,
      `SELECT ${reading.select} FROM ${tableOf(reading.kind)} ${reading.joins} WHERE s.id = $1 AND ${scope.sql}`,
      [id, ...scope.parameters],
    );
    if (row === undefined) throw notFound(reading.kind, id);
    return reading.map(camelRow<Row>(row), { actor, marks: await this.marks() });
  }

  /** Keyset: the page begins after the last key of the page before, so that page 10,000 costs what page 1 costs. */
  private async list<Row extends SubjectRecord, View>(
    reading: Reading<Row, View>,
    actor: Caller,
    { conditions, sort, page }: ListRequest,
  ): Promise<Page<View>> {
    const { limit = DEFAULT_LIMIT } = page;
    const filter = this.withScope(reading, actor, conditions);
    const key = SUBJECT_SORTS[sort.replace('-', '') as keyof typeof SUBJECT_SORTS];
    const [direction, beyond] = sort.startsWith('-') ? ['DESC', '<'] : ['ASC', '>'];
    const listName = `${reading.kind}:${sort}`;
    const where = new Conditions();
    where.sql.push(filter.where());
    where.parameters.push(...filter.parameters);
    if (page.cursor !== undefined) {
      where.parameters.push(...this.cursors.open(listName, page.cursor));
      const last = where.parameters.length;
      // In selects of their own, so that a plan made for one page looks no better than the plan for all pages: else
      // PostgreSQL plans anew at every page, which costs more than the page.
      const position = `(SELECT $${last - 1}::${key.type}), (SELECT $${last}::uuid)`;
      where.sql.push(`(${key.expression}, s.id) ${beyond} (${position})`);
    }
    // The keys of the page come first, from the index alone; only its rows are joined with what they show.
    const sql = `
       WITH page AS MATERIALIZED (
         SELECT s.id, ${key.expression} AS sort_key FROM ${tableOf(reading.kind)} WHERE ${where.where()}
          ORDER BY ${key.expression} ${direction}, s.id ${direction} LIMIT ${limit + 1})
       SELECT ${reading.select}, page.sort_key::text 
         FROM page JOIN ${tableOf(reading.kind)} ON s.id = page.id ${reading.joins}
        ORDER BY page.sort_key ${direction}, s.id ${direction}`;
    const rows = conditions.isPlannedOnce
      ? await this.reader.prepared<Record<string, unknown>>(sql, where.parameters)
      : await this.reader.query<Record<string, unknown>>(sql, where.parameters);
    const context = { actor, marks: await this.marks() };
    const answer = this.cursors.page(
      listName,
      rows.map((row) => camelRow<Row>(row)),
      limit,
      (row) => reading.map(row, context),
      (row) => [row.sortKey ?? null, row.id],
    );
    if (page.count !== 'exact') return answer;
    return { ...answer, total: await this.count(reading.kind, filter) };
  }

  private withScope<Row extends SubjectRecord, View>(
    reading: Reading<Row, View>,
    actor: Caller,
    conditions: Conditions,
  ): Conditions {
    const scope = reading.scope(actor, 's', conditions.parameters.length + 1);
    const all = new Conditions();
    all.sql.push(...conditions.sql, scope.sql);
    all.parameters.push(...conditions.parameters, ...scope.parameters);
    return all;
  }

  private async count(kind: SubjectKind, filter: Conditions): Promise<number> {
    const [row] = await this.reader.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM ${tableOf(kind)} WHERE ${filter.where()}`,
      filter.parameters,
    );
    return row?.total ?? 0;
  }
}

const tableOf = (kind: SubjectKind): string => `${SUBJECT_TABLES[kind]} s`;
