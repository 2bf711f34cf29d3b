import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import type { Actor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { camelRow } from '../../platform/database/rows.js';
import { onSnapshot } from '../../platform/database/snapshot.js';
import type { Locale } from '../../platform/errors/message-text.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { Draft } from '../../platform/files/draft.js';
import { ExportFiles } from '../../platform/files/export-files.js';
import type { ExportFormat } from '../../platform/spreadsheet/export-format.js';
import { CasesRepository } from '../cases.repository.js';
import { ListFilters } from '../list-filters.js';
import { pageStatement } from '../list-page.js';
import type { Conditions, Sort } from '../subject-filter.js';
import { CASE_READING, PROBLEM_READING, scopedFilter, type SubjectReading } from '../subject-reading.js';
import type { CaseRecord } from '../views/case-view.js';
import type { ProblemRecord } from '../views/problem-view.js';
import type { SubjectRecord } from '../views/subject-record.js';
import { listBytes } from './list-bytes.js';
import { CASE_COLUMNS, type ListColumn, PROBLEM_COLUMNS } from './list-columns.js';
import { minuteIn } from './minute-of.js';
import type { CaseExportQuery, ProblemExportQuery } from './export-query.js';

/** Read at a time, by a statement of its own. */
const BATCH = 2_000;

export interface ExportFile {
  draft: Draft;
  format: ExportFormat;
  rows: number;
}

/** Lists of cases and of problems as files, whole: what `GET /cases` and `GET /problems` give by the page. */
@Injectable()
export class SubjectExports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cases: CasesRepository,
    private readonly filters: ListFilters,
    private readonly files: ExportFiles,
    private readonly config: AppConfig,
    private readonly office: OfficeTime,
  ) {}

  /** @throws Refusal 422 EXPORT_TOO_LARGE, 503 EXPORTS_BUSY */
  async ofCases(actor: Actor, query: CaseExportQuery): Promise<ExportFile> {
    const conditions = await this.filters.ofCases(query);
    return this.write<CaseRecord>(actor, CASE_READING, CASE_COLUMNS, conditions, query);
  }

  /** @throws Refusal 422 EXPORT_TOO_LARGE, 503 EXPORTS_BUSY */
  async ofProblems(actor: Actor, query: ProblemExportQuery): Promise<ExportFile> {
    const conditions = await this.filters.ofProblems(query);
    return this.write<ProblemRecord>(actor, PROBLEM_READING, PROBLEM_COLUMNS, conditions, query);
  }

  private write<Row extends SubjectRecord>(
    actor: Actor,
    reading: SubjectReading,
    columns: ReadonlyArray<ListColumn<Row>>,
    conditions: Conditions,
    { format = 'xlsx', lang = this.config.locale, sort = 'dueAt' }: Asked,
  ): Promise<ExportFile> {
    return this.files.write(async (save) => {
      const marks = await this.cases.marks();
      const filter = scopedFilter(reading, actor, conditions);
      return onSnapshot(this.dataSource, async (runner) => {
        const count = await countOf(runner, reading, filter, this.config.exportMaxRows);
        const batches = batchesOf<Row>(runner, reading, filter, sort);
        const wording = { locale: lang, minuteOf: minuteIn(this.office.zone) };
        const list = { kind: reading.kind, columns, marks, count, batches };
        const draft = await save(listBytes(list, format, wording));
        return { draft, format, rows: count };
      });
    });
  }
}

interface Asked {
  format?: ExportFormat;
  lang?: Locale;
  sort?: Sort;
}

/** Told before anything is written: a longer list is asked for in parts. */
async function countOf(
  runner: QueryRunner,
  { table }: SubjectReading,
  filter: Conditions,
  most: number,
): Promise<number> {
  const [few]: Array<{ count: number }> = await runner.query(
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM ${table} WHERE ${filter.where()} LIMIT ${most + 1}) few`,
    filter.parameters,
  );
  const count = few?.count ?? 0;
  if (count > most) throw new Refusal(422, 'EXPORT_TOO_LARGE', { most });
  return count;
}

async function* batchesOf<Row extends SubjectRecord>(
  runner: QueryRunner,
  reading: SubjectReading,
  filter: Conditions,
  sort: Sort,
): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  do {
    const last = rows.at(-1);
    const after = last === undefined ? undefined : [last.sortKey ?? null, last.id];
    const { sql, parameters } = pageStatement(reading, filter, sort, after, BATCH);
    const page: Array<Record<string, unknown>> = await runner.query(sql, parameters);
    rows = page.map((row) => camelRow<Row>(row));
    yield rows;
  } while (rows.length === BATCH);
}
