import type { EntityManager } from 'typeorm';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { grouped } from '../../platform/grouped.js';
import { BYS } from '../table/groupings.js';
import { addToCells } from './counting-statements.js';
import type { TallyLine } from './tally-line.js';

/** A line as a row, instants in milliseconds; `chainId`, which hangs together with the subject, apart from what it says. */
export interface StoredLine {
  chainId: string;
  subjectId: string;
  subjectKind: SubjectKind;
  line: TallyLine;
}

type Value = string | number | boolean | null;

/** Columns of a line, each with its type in statements and where its value is found. Instants go as milliseconds. */
const COLUMNS: ReadonlyArray<readonly [name: string, type: string, value: (row: StoredLine) => Value]> = [
  ['chain_id', 'uuid', ({ chainId }) => chainId],
  ['subject_id', 'uuid', ({ subjectId }) => subjectId],
  ['subject_kind', 'text', ({ subjectKind }) => subjectKind],
  ['what', 'text', ({ line }) => line.what],
  ['began', 'text', ({ line }) => line.began],
  ['state', 'text', ({ line }) => line.state],
  ['outcome', 'text', ({ line }) => line.outcome],
  ['is_good', 'boolean', ({ line }) => line.isGood],
  ['days', 'int', ({ line }) => line.days],
  ['moved', 'smallint', ({ line }) => line.moved],
  ['source_id', 'uuid', ({ line }) => line.sourceId],
  ['reporting_unit_id', 'uuid', ({ line }) => line.dimensions.reportingUnit],
  ['lead_department_id', 'uuid', ({ line }) => line.dimensions.leadDepartment],
  ['department_id', 'uuid', ({ line }) => line.dimensions.department],
  ['official_id', 'uuid', ({ line }) => line.dimensions.official],
  ['distress_type', 'text', ({ line }) => line.dimensions.distressType],
  ['category', 'text', ({ line }) => line.dimensions.category],
  ['cause', 'text', ({ line }) => line.dimensions.cause],
  ['size_class', 'text', ({ line }) => line.dimensions.size],
  ['industry_code', 'text', ({ line }) => line.dimensions.industry],
  ['due_at', 'instant', ({ line }) => line.dueAt],
  ['from_at', 'instant', ({ line }) => Math.floor(line.from)],
  ['to_at', 'instant', ({ line }) => Math.floor(line.to)],
  ['recorded_from', 'instant', ({ line }) => Math.floor(line.recordedFrom)],
  ['end_recorded_at', 'instant', ({ line }) => Math.floor(line.endRecordedAt)],
  ['recorded_until', 'instant', ({ line }) => Math.floor(line.recordedUntil)],
];

const NAMES = COLUMNS.map(([name]) => name).join(', ');
const read = (name: string, type: string): string =>
  type === 'instant' ? `(extract(epoch FROM ${name}) * 1000)::float8 AS ${name}` : name;
const written = (name: string, type: string): string =>
  type === 'instant' ? `to_timestamp(${name} / 1000)` : name;

const INSERT = `
INSERT INTO tally_lines (${NAMES})
SELECT ${COLUMNS.map(([name, type]) => written(name, type)).join(', ')}
  FROM unnest(${COLUMNS.map(([, type], at) => `$${at + 1}::${type === 'instant' ? 'float8' : type}[]`).join(', ')})
       AS row (${NAMES})
RETURNING id`;
const OF_CHAINS = `
SELECT id, ${COLUMNS.map(([name, type]) => read(name, type)).join(', ')}
  FROM tally_lines WHERE chain_id = ANY ($1::uuid[]) ORDER BY id`;
const DELETE = 'DELETE FROM tally_lines WHERE id = ANY ($1::bigint[])';
/** Lines that come and lines that go, by their ids. */
const CHANGED = 'unnest($1::bigint[], $2::int[]) AS changed (id, weight) JOIN tally_lines USING (id)';

/** Lines in the database, and the cells that follow from them. */
export class LineStore {
  constructor(
    private readonly manager: EntityManager,
    private readonly zone: string,
  ) {}

  async insert(rows: readonly StoredLine[]): Promise<string[]> {
    if (rows.length === 0) return [];
    const inserted: Array<{ id: string }> = await this.manager.query(
      INSERT,
      COLUMNS.map(([, , value]) => rows.map((row) => value(row))),
    );
    return inserted.map(({ id }) => id);
  }

  /** Makes the lines of these chains be `rows`. @returns how many came and went */
  async replace(chains: readonly string[], rows: readonly StoredLine[]): Promise<number> {
    const { missing, left } = await this.differences(chains, rows);
    const gone = left.map(({ id }) => id);
    const come = await this.insert(missing);
    const changed = [...come, ...gone];
    if (changed.length === 0) return 0;
    const weights = [...come.map(() => 1), ...gone.map(() => -1)];
    for (const by of BYS) {
      await this.manager.query(addToCells(by, CHANGED, 'weight', '$3'), [changed, weights, this.zone]);
    }
    await this.manager.query(DELETE, [gone]);
    return changed.length;
  }

  /** What of `rows` is not stored, and what is stored of these chains besides. */
  async differences(
    chains: readonly string[],
    rows: readonly StoredLine[],
  ): Promise<{ missing: StoredLine[]; left: Array<{ id: string; chainId: string }> }> {
    const stored: Array<Record<string, Value> & { id: string; chain_id: string }> = await this.manager.query(
      OF_CHAINS,
      [chains],
    );
    const byContent = grouped(stored, (row) => contentOf(COLUMNS.map(([name]) => row[name] ?? null)));
    const missing = rows.filter((row) => {
      const equal = byContent.get(contentOf(COLUMNS.map(([, , value]) => value(row))));
      return equal?.pop() === undefined;
    });
    const left = [...byContent.values()].flat().map(({ id, chain_id: chainId }) => ({ id, chainId }));
    return { missing, left };
  }
}

/** What a row says, to be compared. JSON knows no infinity. */
const contentOf = (values: Value[]): string =>
  JSON.stringify(values.map((value) => (value === Infinity ? 'infinity' : value)));

/** All cells from all lines. */
export async function buildCells(manager: EntityManager, zone: string): Promise<void> {
  await manager.query('TRUNCATE tally_cells');
  for (const by of BYS) await manager.query(addToCells(by, 'tally_lines', '1', '$1'), [zone]);
}
