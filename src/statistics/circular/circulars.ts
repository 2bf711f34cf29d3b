import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { Reader } from '../../platform/database/reader.js';
import type { Locale } from '../../platform/errors/message-text.js';
import { InSight } from '../export/in-sight.js';
import { StatisticsService } from '../statistics.service.js';
import { StandingLists } from '../tally/standing-lists.js';
import { parseWeek, previousWeek } from '../week.js';
import type { WeeklyAnswer } from '../weekly-answer.js';
import { circular } from './circular.js';
import type {
  CircularFacts,
  CorrectedFigure,
  IssueFacts,
  OverdueFacts,
  SubjectFacts,
} from './circular-facts.js';
import { CircularTemplates } from './circular-templates.js';
import { NOTHING } from './figure-names.js';
import { MOST_OVERDUE_LISTED } from './template-values.js';
import { WeekAhead } from './week-ahead.js';

/** Which circular is wanted. */
export interface CircularAsk {
  /** `2021-W44`. */
  week: string;
  asOf?: Date | undefined;
  locale: Locale;
  /** For whose eyes the lists are; `nobody`: it has none, as an issue, which is read in every scope. */
  reader: Actor | 'everybody' | 'nobody';
  issue?: IssueFacts;
  corrections?: readonly CorrectedFigure[];
}

/** The file, and by which template it was written: an issue has both among its parameters. */
export interface WrittenCircular {
  bytes: Buffer;
  /** Known until then. */
  asOf: Date;
  template: { version: number; sha256: string };
}

/** Names as they were known at `$1`. */
const OFFICE_NAME = `
SELECT coalesce((SELECT r.name FROM department_revisions r WHERE r.department_id = d.id AND r.recorded_at < $1
                  ORDER BY r.effective_at DESC, r.recorded_at DESC, r.id DESC LIMIT 1), d.name) AS name
  FROM departments d WHERE d.is_task_force ORDER BY d.id LIMIT 1`;

/** The circular 通报 of a week, with everything as it was known at one moment. */
@Injectable()
export class Circulars {
  constructor(
    private readonly statistics: StatisticsService,
    private readonly lists: StandingLists,
    private readonly ahead: WeekAhead,
    private readonly sight: InSight,
    private readonly templates: CircularTemplates,
    private readonly office: OfficeTime,
    private readonly reader: Reader,
  ) {}

  /**
   * The same ask with the same `asOf` gives the same bytes.
   * @throws Refusal as a table of the week does; 422 CIRCULAR_TEMPLATE_INVALID
   */
  async write(ask: CircularAsk): Promise<WrittenCircular> {
    const facts = await this.facts(ask);
    const { bytes, version, sha256 } = await this.templates.inForce(ask.locale, facts.asOf);
    return {
      bytes: await circular(facts.told, bytes, ask.locale),
      asOf: facts.asOf,
      template: { version, sha256 },
    };
  }

  private async facts(ask: CircularAsk): Promise<{ told: CircularFacts; asOf: Date }> {
    const week = parseWeek(ask.week);
    const tables = await this.statistics.allTables(week.name, ask.asOf);
    const { asOf: knownAt = '', issue: published } = tables[0] ?? {};
    const asOf = new Date(knownAt);
    // As known at the same moment.
    const before = await this.statistics.allTables(previousWeek(week).name, asOf);
    const [office] = await this.reader.query<{ name: string }>(OFFICE_NAME, [asOf]);
    const told = {
      week,
      knownUntil: `${this.office.dateOf(asOf)} ${this.office.timeOf(asOf)}`,
      isProvisional: tables.some(({ isProvisional }) => isProvisional),
      office: office?.name ?? NOTHING,
      issue: ask.issue ?? null,
      publishedIn: published?.number ?? null,
      subjects: {
        case: await this.subject('case', ask, tables, before, asOf),
        problem: await this.subject('problem', ask, tables, before, asOf),
      },
      corrections: ask.corrections ?? [],
    };
    return { told, asOf };
  }

  private async subject(
    subject: SubjectKind,
    ask: CircularAsk,
    tables: readonly WeeklyAnswer[],
    before: readonly WeeklyAnswer[],
    asOf: Date,
  ): Promise<SubjectFacts> {
    const former = tableOf(before, subject, 'reportingUnit').total;
    return {
      byUnit: tableOf(tables, subject, 'reportingUnit'),
      byLead: tableOf(tables, subject, 'leadDepartment'),
      before: former.cumulativeAssigned === 0 ? null : former,
      overdue: await this.overdue(subject, ask, asOf),
      ahead: await this.ahead.of(ask.week, subject, asOf),
    };
  }

  /** So many as are listed, and no more are read than that. */
  private async overdue(
    subject: SubjectKind,
    { week, reader }: CircularAsk,
    asOf: Date,
  ): Promise<OverdueFacts> {
    // Keys have no lists of cases by this route.
    if (reader === 'nobody' || (reader !== 'everybody' && reader.kind === 'api_key'))
      return { lines: [], isWhole: false };
    const isWhole = reader === 'everybody' || this.sight.isEverything(reader);
    const all = this.lists.overdue(week, subject, asOf);
    const lines: OverdueFacts['lines'][number][] = [];
    for await (const batch of isWhole ? all : this.sight.of(reader, subject, all)) {
      for (const { dueAt, department, official, ...entry } of batch)
        lines.push({
          ...entry,
          department: department ?? NOTHING,
          official: official ?? NOTHING,
          dueOn: this.office.dateOf(dueAt),
        });
      if (lines.length >= MOST_OVERDUE_LISTED) break;
    }
    return { lines: lines.slice(0, MOST_OVERDUE_LISTED), isWhole };
  }
}

function tableOf(
  tables: readonly WeeklyAnswer[],
  subject: SubjectKind,
  by: WeeklyAnswer['by'],
): WeeklyAnswer {
  const found = tables.find((table) => table.subject === subject && table.by === by);
  if (found === undefined) throw new Error(`a week without its table of ${subject} by ${by}`);
  return found;
}
