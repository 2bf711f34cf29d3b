import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Seeded } from '../faults/seeded.js';
import type { Client } from '../support/test-app.js';
import { ALL_TABLES } from './weekly/plain-groups.js';
import type { PlainLedger } from './weekly/plain-ledger.js';
import { periodNamed } from './weekly/plain-periods.js';
import { NOTHING } from './weekly/plain-table.js';
import { PlainRecount, type PlainWeekly } from './weekly/plain-weekly.js';
import { type Asker, ASKERS, type AskerName, askersOf } from './weekly/weekly-askers.js';
import { drawnBy } from './weekly/weekly-draw.js';
import { WeeklyWorld } from './weekly/weekly-world.js';

const SEED = Number(process.env['WEEKLY_SEED'] ?? 20_211_102);
const CELLS = Number(process.env['WEEKLY_CELLS'] ?? 20);
const CHAINS = 60;
const NOW = Date.parse('2021-11-23T09:00:00+08:00');
const AS_OFS = [NOW, Date.parse('2021-11-08T12:00:00+08:00')];
const PERIODS = ['2021-W42', '2021-W44', '2021-W45', '2021-10', '2021-Q4', '2021', '2021-W40..2021-W44'];
/** These are no counts of lines. */
const MADE: ReadonlySet<string> = new Set(['longestOverdueWorkingDays', 'handlingDays']);
const COUNTS = Object.keys(NOTHING).filter((name): name is Count => name in NOTHING && !MADE.has(name));
type Count = keyof typeof NOTHING;

interface Lines {
  items: Array<Record<string, unknown> & { subjectId: string }>;
  nextCursor: string | null;
  total?: number;
  outOfScope?: number;
}

describe(`lines behind random cells, seed ${SEED}`, () => {
  let world: WeeklyWorld;
  let ledger: PlainLedger;
  let askers: Record<AskerName, Asker>;

  beforeAll(async () => {
    world = await WeeklyWorld.open(drawnBy(SEED, CHAINS));
    await world.comeTo(NOW);
    askers = await askersOf(world);
    ledger = await world.ledger.read();
  });
  afterAll(() => world.close());

  it.each(ASKERS)(
    'are as many as the cell says, for %s those in scope, on all pages together',
    async (name) => {
      const random = new Seeded('weekly-lines', SEED, name);
      const { client, seen } = askers[name];
      const found: unknown[] = [];
      let [lines, hidden] = [0, 0];
      const isSeen = (subject: string): boolean => seen.has(subject);
      const recounts = AS_OFS.map(
        (asOf) => [asOf, new PlainRecount(ledger, asOf), new PlainRecount(ledger, asOf, isSeen)] as const,
      );
      for (let cell = 0; cell < CELLS; cell += 1) {
        const [asOf, all, own] = random.pick(recounts);
        const period = periodNamed(random.pick(PERIODS));
        const { subject, by } = random.pick(ALL_TABLES);
        const table = all.table(subject, by, period);
        const row = random.pick(['total', ...table.rows.keys()]);
        // Of something rather than of nothing, where there is a choice.
        const filled = COUNTS.filter((count) => countOf(table, row, count) > 0);
        const column = random.pick(filled.length === 0 ? COUNTS : filled);
        const total = countOf(table, row, column);
        const inScope = countOf(own.table(subject, by, period), row, column);
        const query = {
          subject,
          by,
          row,
          column: subject === 'problem' && column === 'recovered' ? 'solved' : column,
          asOf: new Date(asOf).toISOString(),
          limit: String(random.between(1, 9)),
        };
        const told = await walked(client, `/statistics/periods/${period.name}/lines`, query);
        lines += told.items.length;
        hidden += total - inScope;
        const foreign = told.items.filter(({ subjectId }) => !isSeen(subjectId));
        const distinct = new Set(told.items.map((item) => JSON.stringify(item)));
        const is = [told.total, told.outOfScope, told.items.length, distinct.size, foreign.length];
        const expected = [total, total - inScope, inScope, inScope, 0];
        if (is.some((count, place) => count !== expected[place]))
          found.push({ period: period.name, ...query, is, expected });
      }
      expect(found).toEqual([]);
      expect(lines).toBeGreaterThan(0);
      expect(hidden > 0).toBe(name !== 'task_force' && name !== 'key');
    },
  );

  it.each(['auditor', 'system_admin', 'security_admin'] as const)('are not for %s', async (role) => {
    const client = await world.app.as(role);
    const path = '/statistics/periods/2021-W44/lines?row=total&column=closing';
    expect((await client.get(path)).status).toBe(403);
  });
});

const countOf = (table: PlainWeekly, row: string, column: Count): number =>
  (row === 'total' ? table.total : table.rows.get(row))?.[column] ?? 0;

/** All pages. */
async function walked(client: Client, path: string, query: Record<string, string>): Promise<Lines> {
  const pages: Lines[] = [];
  for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.nextCursor ?? null) {
    const asked = new URLSearchParams({ ...query, count: 'exact', ...(cursor !== '' && { cursor }) });
    const { status, body } = await client.get<Lines>(`${path}?${asked}`);
    if (status !== 200) throw new Error(`${path}?${asked}: ${status} ${JSON.stringify(body)}`);
    pages.push(body);
  }
  const [first] = pages;
  if (first === undefined) throw new Error('no page');
  return { ...first, items: pages.flatMap(({ items }) => items) };
}
