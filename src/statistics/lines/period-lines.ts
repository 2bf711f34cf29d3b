import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/actor.js';
import { caseScope, problemScope } from '../../access/scope.js';
import { OfficeTime } from '../../calendar/office-time.js';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { INDUSTRIES } from '../../enterprises/industries.data.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { Where } from '../../platform/http/list-reader.js';
import { Cursors, DEFAULT_LIMIT } from '../../platform/http/paging.js';
import { chooseAsOf, endOf, requireGrouping } from '../asked-period.js';
import { type Period, parsePeriod, type Stretch, stretchOf } from '../period.js';
import { NO_GROUP } from '../table/dimensions.js';
import type { By } from '../table/groupings.js';
import { LISTED_ROWS } from '../table/listed-rows.js';
import {
  CELL_LINES,
  type CellColumn,
  type CellLines,
  type MadeColumn,
  PARTS_OF,
} from '../tally/cell-lines.js';
import { COLUMN, countsIn, isUndone } from '../tally/counting-statements.js';
import type { KnownTally } from '../tally/known-tally.js';
import { TallyReader } from '../tally/tally-reader.js';
import { COUNT_LINES, PAGE_OF_LINES } from './line-statements.js';
import type { LinePage, LineView } from './line-view.js';

/** A figure of a table. */
export interface Cell {
  period: string;
  subject: SubjectKind;
  by: By;
  /** Key of the row, or `total`. */
  row: string;
  column: CellColumn | MadeColumn;
  asOf?: Date | undefined;
}

interface Paging {
  limit?: number;
  cursor?: string;
  count?: 'exact';
}

type Row = LineView & { id: string };
const SCOPES = { case: caseScope, problem: problemScope };

/** The lines behind a figure. */
@Injectable()
export class PeriodLines {
  constructor(
    private readonly reader: TallyReader,
    private readonly cursors: Cursors,
    private readonly office: OfficeTime,
  ) {}

  /**
   * One line for each counted event, case or problem that the caller may see, in the order in which it happened.
   * @throws Refusal as the table does; 404 ROW_UNKNOWN, 400 COLUMN_HAS_PARTS
   */
  async page(caller: Caller, cell: Cell, paging: Paging): Promise<LinePage> {
    const period = parsePeriod(cell.period);
    requireGrouping(cell.subject, cell.by);
    const lines = linesOf(cell);
    const list = `lines:${cell.period}:${cell.subject}:${cell.by}:${cell.column}:${cell.row}`;
    const [asked, ...after] = this.opened(list, paging.cursor);
    return this.reader.read(
      (latest) => chooseAsOf(period, latest, asked === undefined ? cell.asOf : new Date(asked), this.office),
      async (tally) => {
        const where = await this.whereOf(cell, period, lines, tally);
        const scoped = new Where();
        scoped.parameters.push(...where.parameters);
        scoped.addScope((first) => SCOPES[cell.subject](caller, 's', first));
        const limit = paging.limit ?? DEFAULT_LIMIT;
        const { sql, parameters } = PAGE_OF_LINES(cell.subject, where, scoped, after, limit);
        const rows = await tally.query<Row>(sql, parameters);
        const page = this.cursors.page(list, rows, limit, viewOf, ({ at, subjectId, id }) => [
          tally.asOf.toISOString(),
          at.toISOString(),
          subjectId,
          id,
        ]);
        const counted = paging.count === 'exact' ? await counts(tally, cell.subject, where, scoped) : {};
        return { ...page, asOf: tally.asOf.toISOString(), ...counted };
      },
    );
  }

  /** The moment the first page was known at, and the position of the last item. */
  private opened(list: string, cursor: string | undefined): string[] {
    if (cursor === undefined) return [];
    const position = this.cursors.open(list, cursor).map(String);
    if (position.length !== 4) throw new Refusal(400, 'CURSOR_INVALID');
    return position;
  }

  private async whereOf(cell: Cell, period: Period, lines: CellLines, tally: KnownTally): Promise<Where> {
    const stretch = stretchOf(period, tally.asOf, this.office);
    const where = new Where()
      .add(tally.asOf, (asOf) => tally.isKnown(asOf))
      .add(cell.subject, (subject) => `subject_kind = ${subject}`)
      .addScope(() => ({ sql: `${lines.condition} AND ${countsIn(cell.by)}`, parameters: [] }));
    addWhen(where, lines.when, stretch, tally);
    if (cell.row !== 'total') {
      const groups = await this.groupsOf(cell, period, stretch, tally);
      const isUnstated = groups.includes(NO_GROUP) ? `${COLUMN[cell.by]} IS NULL OR ` : '';
      where.add(groups, (some) => `${isUnstated}${COLUMN[cell.by]}::text = ANY (${some}::text[])`);
    }
    return where;
  }

  /** Rows of one name are told apart by nothing: they are shown together. */
  private async groupsOf(
    { by, row }: Cell,
    period: Period,
    stretch: Stretch,
    tally: KnownTally,
  ): Promise<string[]> {
    const attributes = await tally.attributes(endOf(period, this.office));
    const used = new Set([
      NO_GROUP,
      ...INDUSTRIES.keys(),
      ...attributes.departments.map(({ id }) => id),
      ...attributes.officials.map(({ id }) => id),
    ]);
    const rows = LISTED_ROWS[by]({ attributes, used, at: stretch.until - 1 });
    const groups = rows.filter(({ key }) => key === row).map(({ group }) => group);
    if (groups.length === 0) throw new Refusal(404, 'ROW_UNKNOWN', { row, by });
    return groups;
  }
}

/** @throws Refusal 400 COLUMN_HAS_PARTS */
function linesOf({ column }: Cell): CellLines {
  if (isCount(column)) return CELL_LINES[column];
  const parts = PARTS_OF[column].join(', ');
  throw new Refusal(400, 'COLUMN_HAS_PARTS', { column, parts }, [
    { pointer: '?column', code: 'COLUMN_HAS_PARTS', params: { column, parts } },
  ]);
}

const isCount = (column: CellColumn | MadeColumn): column is CellColumn => column in CELL_LINES;

/** The moment that lines were known at is the first parameter. */
function addWhen(where: Where, when: CellLines['when'], stretch: Stretch, tally: KnownTally): void {
  const [start, end] = [new Date(stretch.startsAt), new Date(stretch.until)];
  const holdsAt = (moment: Date): Where => where.add(moment, (at) => tally.holdsAt(at, '$1'));
  switch (when) {
    case 'at_start':
      holdsAt(start);
      break;
    case 'at_end':
      holdsAt(end);
      break;
    case 'at_end_since_start':
      holdsAt(end).add(start, (at) => `from_at >= ${at}`);
      break;
    case 'within':
      where.add(end, (at) => `from_at < ${at}`).add(start, (at) => `from_at >= ${at}`);
      break;
    case 'within_for_good':
      where
        .add(end, (at) => `from_at < ${at} AND NOT ${isUndone('tally_lines', at, tally.isKnown('$1'))}`)
        .add(start, (at) => `from_at >= ${at}`);
      break;
    case 'before_end':
      where.add(end, (at) => `from_at < ${at}`);
  }
}

const viewOf = ({ id: _id, ...view }: Row): LineView => view;

async function counts(
  tally: KnownTally,
  subject: SubjectKind,
  where: Where,
  scoped: Where,
): Promise<Pick<LinePage, 'total' | 'outOfScope'>> {
  const { sql, parameters } = COUNT_LINES(subject, where, scoped);
  const [row] = await tally.query<{ total: number; seen: number }>(sql, parameters);
  const { total, seen } = row ?? { total: 0, seen: 0 };
  return { total, outOfScope: total - seen };
}
