import { Injectable } from '@nestjs/common';
import { CalendarService } from '../../calendar/calendar.service.js';
import { plusDays } from '../../calendar/calendar-date.js';
import { Reader } from '../../platform/database/reader.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { StatisticsService } from '../statistics.service.js';
import { SCORE_VERSION } from '../table/score.js';
import { parseWeek, weekOf } from '../week.js';
import type { WeeklyAnswer } from '../weekly-answer.js';
import { cellsOf, type Correction, corrected, correctionsOf } from './corrections.js';
import type { IssueContent, IssuedTable, IssueParameters } from './issue-content.js';
import { Issues } from './issues.repository.js';

/** How far back an issue corrects what was published: a year of weeks. */
const WEEKS_CORRECTED = 53;

const CALENDAR = `
SELECT max(recorded_at) AS "loadedAt",
       encode(sha256(convert_to(coalesce(string_agg(day::text || ' ' || is_working, ',' ORDER BY day), ''), 'UTF8')), 'hex')
         AS sha256
  FROM (SELECT DISTINCT ON (day) day, is_working, recorded_at FROM calendar_days
         WHERE recorded_at < $1 ORDER BY day, recorded_at DESC) known`;

export type ComposedIssue = Pick<IssueContent, 'week' | 'asOf' | 'parameters' | 'tables' | 'corrections'>;

/** Computes what an issue says. */
@Injectable()
export class ComposeIssue {
  constructor(
    private readonly statistics: StatisticsService,
    private readonly issues: Issues,
    private readonly calendars: CalendarService,
    private readonly reader: Reader,
  ) {}

  /**
   * As known at the latest settled moment.
   * @throws Refusal 404 WEEK_UNKNOWN, 422 WEEK_IN_FUTURE, 409 WEEK_NOT_OVER, TABLE_NOT_RECONCILED
   */
  async run(week: string): Promise<ComposedIssue> {
    const answers = await this.statistics.allTables(week);
    const [first] = answers;
    if (first === undefined) throw new Error('a week has no tables');
    if (first.isProvisional) throw new Refusal(409, 'WEEK_NOT_OVER', { week });
    const asOf = new Date(first.asOf);
    return {
      week,
      asOf: first.asOf,
      parameters: await this.parameters(answers, asOf),
      tables: answers.map(issued),
      corrections: await this.corrections(week, asOf),
    };
  }

  /** What is known otherwise at `asOf` than was last stated of the weeks published before `week`. */
  async corrections(week: string, asOf: Date): Promise<Correction[]> {
    const from = weekOf(plusDays(parseWeek(week).mondayOn, -7 * WEEKS_CORRECTED)).name;
    const corrections: Correction[] = [];
    for (const earlier of await this.issues.publishedWeeks(from, week)) {
      const stated = await this.issues.stated(earlier);
      // Withdrawn meanwhile.
      if (stated === null) continue;
      const known = await this.statistics.allTables(earlier, asOf);
      const of = { week: earlier, issueNumber: stated.number };
      const last = corrected(cellsOf(stated.tables), stated.corrections);
      corrections.push(...correctionsOf(of, last, cellsOf(known.map(issued))));
    }
    return corrections;
  }

  private async parameters(answers: readonly WeeklyAnswer[], asOf: Date): Promise<IssueParameters> {
    const [loaded] = await this.reader.query<{ loadedAt: Date | null; sha256: string }>(CALENDAR, [asOf]);
    if (loaded === undefined) throw new Error('an aggregate answered nothing');
    const { confirmedUntil } = await this.calendars.asOf(asOf);
    return {
      scoreVersion: SCORE_VERSION,
      calendar: {
        loadedAt: loaded.loadedAt?.toISOString() ?? null,
        confirmedUntil,
        sha256: loaded.sha256,
      },
      groupings: answers.map(({ subject, by }) => ({ subject, by })),
    };
  }
}

const issued = ({ subject, by, rows, total }: WeeklyAnswer): IssuedTable => ({ subject, by, rows, total });
