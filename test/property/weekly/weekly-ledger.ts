import { Client as DatabaseClient } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { pastTriggers } from '../../support/as-owner.js';
import type { TestDatabase } from '../../support/test-database.js';
import { nameOf } from '../plain-days.js';
import { type PlainLedger, readLedger } from './plain-ledger.js';
import { datesOf, type Drawn, FIRST_DAY, type Revised } from './weekly-draw.js';
import { type Rows, rowsOf } from './weekly-rows.js';
import { type Story, storyOf } from './weekly-story.js';

const UNITS = ['610902', '610981', 'AK-GX'];
const LEVELS = ['city', 'county', 'town'];
const DEPARTMENTS = [
  { name: '市工信局', level: 'city', unit: null },
  { name: '市金融办', level: 'city', unit: null },
  { name: '汉滨区经贸局', level: 'county', unit: 0 },
  { name: '旬阳某镇', level: 'town', unit: 1 },
] as const;
const OFFICIALS = 2;
const SINCE_ALWAYS = '1900-01-01T00:00:00Z';

/** Of days that are loaded later. */
const loadedAt = (knownOn: number): number => (FIRST_DAY + knownOn) * 86_400_000;

interface Desk {
  id: string;
  officials: string[];
}

/** A drawn ledger that becomes known bit by bit, as rows of a database. */
export class WeeklyLedger {
  private knownUntil = 0;

  private constructor(
    private readonly database: TestDatabase,
    readonly desks: readonly Desk[],
    readonly units: readonly string[],
    private readonly drawn: Drawn,
    private readonly story: Story,
  ) {}

  static async on(database: TestDatabase, drawn: Drawn): Promise<WeeklyLedger> {
    const found = await database.dataSource.query<Array<{ id: string; code: string }>>(
      'SELECT id, code FROM reporting_units',
    );
    const units = UNITS.map((code) => found.find((unit) => unit.code === code)?.id ?? '');
    const desks = DEPARTMENTS.map(() => ({
      id: uuidv7(),
      officials: Array.from({ length: OFFICIALS }, () => uuidv7()),
    }));
    const story = storyOf(drawn, { departments: desks, newId: uuidv7 }, units);
    const ledger = new WeeklyLedger(database, desks, units, drawn, story);
    await ledger.hire();
    return ledger;
  }

  /** The first moment from which on nothing is learnt for so long. */
  quietFrom(moment: number, forMs: number): number {
    const { story, drawn } = this;
    const learnt = [
      ...story.events.map(({ known }) => known),
      ...story.owners.flatMap(({ revisions }) => revisions.map(({ known }) => known)),
      ...drawn.levels.flat().map((revised) => datesOf(revised).known),
      ...drawn.days.map(({ knownOn }) => loadedAt(knownOn)),
    ].toSorted((one, other) => one - other);
    let from = moment;
    for (const known of learnt) if (known >= from && known < from + forMs) from = known + 1;
    return from;
  }

  /** Writes what is learnt before the moment. */
  async comeTo(moment: number): Promise<void> {
    const { story, units, knownUntil: from } = this;
    const rows: Rows = [
      ['department_revisions', this.levels(from, moment)],
      ['calendar_days', this.days(from, moment)],
      ...rowsOf(story, units, from, moment),
    ];
    await this.write(this.database.url, rows);
    this.knownUntil = moment;
  }

  /** All of it that is written, as it is stored. */
  read(): Promise<PlainLedger> {
    return readLedger((sql) => this.database.dataSource.query(sql));
  }

  private async hire(): Promise<void> {
    const departments = DEPARTMENTS.map(({ name, level, unit }, place) => ({
      id: this.desks[place]?.id,
      name,
      level,
      code: null,
      reporting_unit_id: unit === null ? null : this.units[unit],
      is_task_force: false,
      is_active: true,
      version: 1,
    }));
    const since = { effective_at: SINCE_ALWAYS, recorded_at: SINCE_ALWAYS };
    const people = this.desks.flatMap(({ id: department_id, officials }, desk) =>
      officials.map((id, place) => ({ id, department_id, name: `办事员${desk + 1}${place + 1}` })),
    );
    await this.write(this.database.url, [
      ['departments', departments],
      [
        'department_revisions',
        departments.map(({ id, name, level }) => ({
          id: uuidv7(),
          department_id: id,
          name,
          level,
          ...since,
        })),
      ],
    ]);
    // Past the trigger that would have them known from this very day on only.
    await pastTriggers(this.database, 'TRUNCATE official_revisions');
    const officials = people.map((one) => ({
      ...one,
      post: '科长',
      duty: 'handler',
      is_active: true,
      is_mobile: false,
      version: 1,
    }));
    const revisions = people.map(({ id, department_id, name }) => ({
      id: uuidv7(),
      official_id: id,
      department_id,
      duty: 'handler',
      name,
      recorded_at: SINCE_ALWAYS,
    }));
    await this.write(
      this.database.ownerUrl,
      [
        ['officials', officials],
        ['official_revisions', revisions],
      ],
      'SET session_replication_role = replica',
    );
  }

  private levels(from: number, until: number): Array<Record<string, unknown>> {
    const revised = (revision: Revised, place: number): Array<Record<string, unknown>> => {
      const { at, known } = datesOf(revision);
      if (known < from || known >= until) return [];
      return [
        {
          id: uuidv7(),
          department_id: this.desks[place]?.id,
          name: `${DEPARTMENTS[place]?.name}${revision.industry === 0 ? '（筹）' : ''}`,
          level: LEVELS[revision.size % LEVELS.length],
          effective_at: new Date(at),
          recorded_at: new Date(known),
        },
      ];
    };
    return this.drawn.levels.flatMap((all, place) => all.flatMap((revision) => revised(revision, place)));
  }

  /** Days of which the calendar says, when it is loaded again, the contrary of what one would think. */
  private days(from: number, until: number): Array<Record<string, unknown>> {
    const loaded = new Map(this.drawn.days.map(({ day, knownOn }) => [day, knownOn]));
    return [...loaded].flatMap(([day, knownOn]) => {
      const recordedAt = new Date(loadedAt(knownOn));
      if (recordedAt.getTime() < from || recordedAt.getTime() >= until) return [];
      const isWeekend = [2, 3].includes((FIRST_DAY + day) % 7);
      return [{ day: nameOf(FIRST_DAY + day), recorded_at: recordedAt, is_working: isWeekend }];
    });
  }

  private async write(url: string, rows: Rows, first = 'SELECT 1'): Promise<void> {
    const client = new DatabaseClient({ connectionString: url });
    await client.connect();
    await client.query(first);
    await client.query('BEGIN');
    for (const [table, all, key] of rows) {
      const columns = Object.keys(all[0] ?? {}).join(', ');
      if (columns === '') continue;
      const again =
        key === undefined
          ? ''
          : ` ON CONFLICT (${key}) DO UPDATE SET (${columns}) = (SELECT ${columns.replaceAll(/\w+/g, 'excluded.$&')})`;
      await client.query(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)${again}`,
        [JSON.stringify(all)],
      );
    }
    await client.query('COMMIT');
    await client.end();
  }
}
