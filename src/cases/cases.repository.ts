import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/actor.js';
import { scopeName } from '../access/scope.js';
import { CalendarService } from '../calendar/calendar.service.js';
import { OfficeTime } from '../calendar/office-time.js';
import { Clock } from '../platform/clock/clock.js';
import { Reader } from '../platform/database/reader.js';
import { camelRow } from '../platform/database/rows.js';
import { notFound } from '../platform/errors/refusal.js';
import { Cursors, DEFAULT_LIMIT, type Page, type PageQuery } from '../platform/http/paging.js';
import { type LightMarks, MarksOfDay } from './deadlines/light.js';
import { pageStatement } from './list-page.js';
import type { Conditions, Sort } from './subject-filter.js';
import { CASE_READING, PROBLEM_READING, scopedFilter, type SubjectReading } from './subject-reading.js';
import type { SubjectKind } from './lifecycle/states.js';
import { SUBJECT_TABLES } from './subject.js';
import { type CaseRecord, type CaseView, mapCase } from './views/case-view.js';
import { mapProblem, type ProblemRecord, type ProblemView } from './views/problem-view.js';
import type { ViewContext } from './views/map-subject.js';
import type { SubjectRecord } from './views/subject-record.js';

/** What a list asks for: its filters, already conditions, and its page. */
export interface ListRequest {
  conditions: Conditions;
  sort: Sort;
  page: PageQuery;
}

/** How one kind is shown. */
interface Reading<Row extends SubjectRecord, View> extends SubjectReading {
  map: (record: Row, context: ViewContext) => View;
}

const CASES: Reading<CaseRecord, CaseView> = { ...CASE_READING, map: mapCase };
const PROBLEMS: Reading<ProblemRecord, ProblemView> = { ...PROBLEM_READING, map: mapProblem };

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
      `SELECT ${reading.select} FROM ${reading.table} ${reading.joins} WHERE s.id = $1 AND ${scope.sql}`,
      [id, ...scope.parameters],
    );
    if (row === undefined) throw notFound(reading.kind, id);
    return reading.map(camelRow<Row>(row), { actor, marks: await this.marks() });
  }

  private async list<Row extends SubjectRecord, View>(
    reading: Reading<Row, View>,
    actor: Caller,
    { conditions, sort, page }: ListRequest,
  ): Promise<Page<View>> {
    const { limit = DEFAULT_LIMIT } = page;
    const filter = scopedFilter(reading, actor, conditions);
    const listName = `${reading.kind}:${sort}`;
    const after = page.cursor === undefined ? undefined : this.cursors.open(listName, page.cursor);
    const { sql, parameters } = pageStatement(reading, filter, sort, after, limit + 1);
    const rows = conditions.isPlannedOnce
      ? await this.reader.prepared<Record<string, unknown>>(sql, parameters)
      : await this.reader.query<Record<string, unknown>>(sql, parameters);
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

  private async count(kind: SubjectKind, filter: Conditions): Promise<number> {
    const [row] = await this.reader.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM ${SUBJECT_TABLES[kind]} s WHERE ${filter.where()}`,
      filter.parameters,
    );
    return row?.total ?? 0;
  }
}
