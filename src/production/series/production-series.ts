import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/actor.js';
import { caseScope } from '../../access/scope.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { EnterpriseRegister } from '../../enterprises/enterprise-register.js';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import type { Locale } from '../../platform/errors/message-text.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { EnterpriseFigures } from '../judging/enterprise-figures.js';
import type { JudgedMonth } from '../rules/judge.js';
import { plusMonths } from '../rules/months.js';
import { judgementText } from '../rules/words/wording.js';
import type { UnreportedReason } from '../unreported/unreported-month.entity.js';
import { baselineLines } from './baseline-lines.js';
import { type CaseEpisode, caseEpisodes, type EpisodeTurn } from './case-episodes.js';
import { MOST_MONTHS, monthsBetween, USUAL_MONTHS } from './months-between.js';
import type { ProductionSeriesView, SeriesMilestoneView, SeriesQuery, SeriesStopView } from './series.dto.js';
import { type NewestFigure, seriesMonths } from './series-months.js';
import { FIGURES, JUDGED, MILESTONES, STOPS, turnsOfCases, UNREPORTED } from './series-statements.js';
import { statusBands } from './status-bands.js';

/** What the page of an enterprise draws: figures, what was judged of them, and what was done about it. */
@Injectable()
export class ProductionSeries {
  constructor(
    private readonly reader: Reader,
    private readonly register: EnterpriseRegister,
    private readonly figures: EnterpriseFigures,
    private readonly clock: Clock,
    private readonly officeTime: OfficeTime,
  ) {}

  /** @throws Refusal 404 NOT_FOUND, 400 MONTHS_REVERSED, MONTHS_TOO_MANY */
  async read(
    actor: Caller,
    enterpriseId: string,
    query: SeriesQuery,
    locale: Locale,
  ): Promise<ProductionSeriesView> {
    const { from, to, months } = this.monthsOf(query);
    await this.register.byId(actor, enterpriseId);
    const [figures, judged, unreported, stops, lines, episodes] = await Promise.all([
      this.ofMonths<NewestFigure>(FIGURES, enterpriseId, from, to),
      this.ofMonths<JudgedMonth>(JUDGED, enterpriseId, from, to),
      this.ofMonths<{ month: string; reason: UnreportedReason }>(UNREPORTED, enterpriseId, from, to),
      this.ofMonths<SeriesStopView>(STOPS, enterpriseId, from, to),
      this.linesOf(enterpriseId, months),
      this.episodes(actor, enterpriseId, from, to),
    ]);
    return {
      from,
      to,
      months: seriesMonths(months, figures, new Map(unreported.map(({ month, reason }) => [month, reason]))),
      bands: statusBands(judged, from, to).map(({ first, ...band }) => ({
        ...band,
        words: judgementText(first.rule, first.facts, locale),
      })),
      ...lines,
      episodes,
      milestones: await this.reader.query<SeriesMilestoneView>(MILESTONES, [
        episodes.map(({ caseId }) => caseId),
        from,
        to,
      ]),
      stops,
    };
  }

  private monthsOf(query: SeriesQuery): { from: string; to: string; months: string[] } {
    const to = query.to ?? this.officeTime.dateOf(this.clock.now()).slice(0, 'YYYY-MM'.length);
    const from = query.from ?? plusMonths(to, 1 - USUAL_MONTHS);
    const months = monthsBetween(from, to, MOST_MONTHS + 1);
    if (months.length === 0) throw refused('MONTHS_REVERSED', { from, to });
    if (months.length > MOST_MONTHS) throw refused('MONTHS_TOO_MANY', { most: MOST_MONTHS });
    return { from, to, months };
  }

  private ofMonths<Row>(statement: string, enterpriseId: string, from: string, to: string): Promise<Row[]> {
    return this.reader.prepared<Row>(statement, [enterpriseId, `${from}-01`, `${to}-01`]);
  }

  private async linesOf(enterpriseId: string, months: readonly string[]) {
    const known = (await this.figures.load(this.reader, [enterpriseId])).get(enterpriseId);
    return known === undefined
      ? { outputBaseline: [], electricityBaseline: [] }
      : baselineLines(known, months);
  }

  /** A key has no case in its scope by this route: it asks for cases by their own. */
  private async episodes(
    actor: Caller,
    enterpriseId: string,
    from: string,
    to: string,
  ): Promise<CaseEpisode[]> {
    if (actor.kind === 'api_key') return [];
    const scope = caseScope(actor, 'c', 3);
    const turns = await this.reader.prepared<EpisodeTurn>(turnsOfCases(scope.sql), [
      enterpriseId,
      this.officeTime.zone,
      ...scope.parameters,
    ]);
    return caseEpisodes(turns).filter(
      ({ openedOn, closedOn }) => openedOn.slice(0, 7) <= to && (closedOn ?? to).slice(0, 7) >= from,
    );
  }
}

const refused = (code: string, params: Record<string, unknown>): Refusal =>
  new Refusal(400, code, params, [{ pointer: '?from', code, params }]);
